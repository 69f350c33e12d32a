package dev.millrace.tasks;

import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;

/**
 * A sync point at which a run waits: for what a person says, or for metrics that are missing.
 *
 * @param run the run's id
 * @param workflow the name of its workflow
 * @param version of the definition that the run keeps
 * @param stage the stage at whose end it is
 * @param title what people call that stage
 * @param point what is looked at
 * @param state how it fares
 */
public record WaitingSync(
    TaskId run,
    String workflow,
    int version,
    String stage,
    String title,
    SyncPoint point,
    SyncRun state) {}
