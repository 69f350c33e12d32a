package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.util.List;

/** One of the options that were weighed. */
@Doc("One of the options that were weighed.")
public record Choice(
    @Doc("What it is.") @Size(min = 1, max = 500) String name,
    @Doc("What speaks for it.") @Default("[]") @Size(max = 100) List<String> pros,
    @Doc("What speaks against it.") @Default("[]") @Size(max = 100) List<String> cons) {}
