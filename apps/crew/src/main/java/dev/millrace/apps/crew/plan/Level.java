package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** Tasks that can run at the same time. */
@Doc("Tasks that can run at the same time.")
public record Level(
    @Doc("Their ids.") List<String> tasks, @Doc("The longest of them.") double hours) {}
