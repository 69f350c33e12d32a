package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Times;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Instant;

/**
 * A definition as it is kept.
 *
 * @param version from 1
 * @param definedAt when it was kept
 * @param estimate the critical path by the estimates of its tasks
 */
public record WorkflowVersion(Workflow workflow, int version, Instant definedAt, Times estimate) {}
