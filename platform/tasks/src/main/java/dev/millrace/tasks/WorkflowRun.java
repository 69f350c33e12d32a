package dev.millrace.tasks;

import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.Times;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run of a workflow as people see it.
 *
 * @param id of the task that drives it
 * @param version of the definition it began with, and keeps
 * @param failure why it failed or is failing
 * @param stages by name, in the order of the definition; a task that a limit holds up has not begun
 * @param waitsFor what holds tasks up that were submitted, by batch: {@code limit crm-at-night}
 * @param times the longest way through its stages so far
 */
public record WorkflowRun(
    TaskId id,
    String name,
    int version,
    Status status,
    @Nullable String failure,
    JsonNode input,
    Map<String, StageRun> stages,
    Map<String, String> waitsFor,
    Times times,
    Instant startedAt,
    @Nullable Instant finishedAt) {}
