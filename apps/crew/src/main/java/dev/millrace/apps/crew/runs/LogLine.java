package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the log of a run. */
@Doc("A line of the log of a run.")
public record LogLine(
    @Doc("From 1 on, in the order in which they were written.") long id,
    @Doc("The run.") String workflow,
    @Doc("When its commit was made.") Instant at,
    @Doc("What happened: the type of an event, workflow.started or workflow.ended.") String type,
    @Doc("The stage.") @Nullable String stage,
    @Doc("Who was at work.") @Nullable String agent,
    @Doc("What was concluded, or what went wrong.") @Nullable String detail,
    @Doc(
            "Of sync points and gates: entry before a stage, process while it is at work, exit at"
                + " its end.")
        @Nullable String gate) {}
