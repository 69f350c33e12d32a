package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;

/** How the part of one agent in a piece of work went. */
@Doc("How the part of one agent in a piece of work went.")
public record AgentWork(
    @Doc("How long it was at work.") @Range(min = 0, max = 31_536_000) double seconds,
    @Doc(
            "Whether its part succeeded: nothing failed or was left out, and the checks of its"
                + " stages passed.")
        boolean success) {}
