package dev.millrace.apps.crew.work;

import dev.millrace.apps.crew.agents.Executor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an agent is asked to do: the input of its task.
 *
 * @param workflow id of the run
 * @param task its name in the plan
 * @param priority 1 to 10; a failure of up to 5 leaves the task out, if nothing else is said
 * @param timeLimit of an attempt
 * @param hasFallback whether another agent takes over when this one fails
 * @param context what the stages before have come to, by task
 */
public record Work(
    String workflow,
    String task,
    String agent,
    String stage,
    String description,
    String thinking,
    String request,
    int priority,
    Duration timeLimit,
    boolean hasFallback,
    Executor executor,
    @Nullable JsonNode context) {}
