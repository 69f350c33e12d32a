package dev.millrace.apps.crew.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;

/** What agents are ranked for. */
public record RankQuery(
    @Doc("The request, in Chinese or English.") @Size(min = 1, max = 4_000) String request,
    @Doc("How many at most.") @Range(min = 1, max = 200) @Default("10") int limit) {}
