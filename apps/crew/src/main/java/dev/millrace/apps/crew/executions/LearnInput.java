package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;

/** What is learned from. */
@Doc("What is learned from.")
public record LearnInput(
    @Doc("Executions of so many days.") @Range(min = 1, max = 3_650) @Default("90") int days) {}
