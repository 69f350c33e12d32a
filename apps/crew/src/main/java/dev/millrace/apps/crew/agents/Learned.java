package dev.millrace.apps.crew.agents;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What executions say about an agent. */
@Doc("What executions say about an agent.")
public record Learned(
    @Doc(
            "How well its work turns out, in percent: what is said about it, as ten executions, and"
                + " what was seen.")
        double performance,
    @Doc("How long its work takes on average where it succeeds; null if fewer than three say.")
        @Nullable Double meanSeconds,
    @Doc("Executions that it was learned from.") long executions,
    @Doc("When.") Instant at) {}
