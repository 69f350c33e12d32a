package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task of a run. */
@Doc("A task of a run.")
public record AgentTask(
    @Doc("Its id in the plan.") String id,
    @Doc("The role that does it.") String agent,
    @Doc("The task type that does it: crew.person, crew.shell, crew.http or another.") String type,
    String description,
    int priority,
    WorkState state,
    List<String> dependsOn,
    @Doc("The platform's task that is at work for it, by which people answer.")
        @Nullable String taskId,
    @Doc("Whether the fallback of its agent does it.") boolean fallback,
    @Doc("What it has come to.") @Nullable JsonNode result,
    @Doc("Why it failed or was left out.") @Nullable String error,
    @Doc("Attempts after the first so far; null if it is not known.") @Nullable Integer retries,
    @Doc("How many there may be; null for a task type with rules of its own.")
        @Nullable Integer maxRetries,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
