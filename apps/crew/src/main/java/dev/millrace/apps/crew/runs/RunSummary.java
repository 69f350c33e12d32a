package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run in a list. */
@Doc("A run in a list.")
public record RunSummary(
    String id,
    @Nullable String name,
    String request,
    @Doc("The project that the decision about it is counted in.") String project,
    @Doc("What the request is about.") String domain,
    @Doc("The template it was planned by; null for the layout by roles.")
        @Nullable String templateId,
    RunState state,
    @Doc("How far it is, in percent.") double progress,
    Instant startedAt,
    @Nullable Instant endedAt) {}
