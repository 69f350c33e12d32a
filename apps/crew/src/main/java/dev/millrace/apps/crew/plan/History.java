package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;

/** How requests of the same domain and complexity went before. */
@Doc("How requests of the same domain and complexity went before.")
public record History(
    @Doc("Executions recorded.") long executions,
    @Doc("Share of them that succeeded, 0 to 1.") double successRate,
    @Doc("How long a successful one took on average.") double meanHours) {}
