package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;

/** How the check at the end of a stage went before. */
@Doc("How the check at the end of a stage went before, for requests of the same domain.")
public record CheckHistory(
    @Doc("How often it was decided.") long checks,
    @Doc("Share of them that passed, 0 to 1.") double passRate) {}
