package dev.millrace.apps.crew.analysis;

import dev.millrace.http.schema.Doc;

/** How much there is to make. */
@Doc("How much there is to make.")
public record Size(
    @Doc("Lines of code, estimated.") int linesOfCode, @Doc("Modules, estimated.") int modules) {}
