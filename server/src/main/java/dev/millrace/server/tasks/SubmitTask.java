package dev.millrace.server.tasks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.AfterOutcome;
import dev.millrace.tasks.Submission;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A task to submit, as clients send it. */
public record SubmitTask(
    @Doc("The name of a registered task type.") @Size(min = 1, max = 100) String type,
    @Doc("What the type takes; an empty object if it is left out.") @Nullable JsonNode input,
    @Doc("The queue to wait in, if not the type's own.") @Nullable @Size(min = 1, max = 100)
        String queue,
    @Doc("0 urgent to 9 idle, if not the type's own. Waiting makes a task more urgent.")
        @Nullable
        @Range(min = 0, max = 9)
        Integer priority,
    @Doc("How long to wait before it may start, such as PT30S. Not together with runAt.")
        @Nullable Duration delay,
    @Doc("When it may start. Not together with delay.") @Nullable Instant runAt,
    @Doc(
            "While a task with this key is unfinished, a second submission answers with the first"
                + " one's id.")
        @Nullable
        @Size(min = 1, max = 200)
        String uniqueKey,
    @Doc("On whose behalf; tenants share the workers fairly.") @Nullable @Size(min = 1, max = 100)
        String tenant,
    @Doc("What it is about, such as an order's number.") @Nullable @Size(min = 1, max = 100)
        String key,
    @Doc("Words to find it by.") @Default("[]") @Size(max = 20) List<String> tags,
    @Doc("Ids of tasks that must have ended first, mostly with success; it waits for them.")
        @Default("[]")
        @Size(max = 100)
        List<TaskId> after,
    @Doc(
            "How long after it is due it may be started, such as PT10M; then it is cancelled. The"
                + " type's own if it is left out.")
        @Nullable Duration expiry,
    @Doc(
            "How long uniqueKey stays taken from the submission on, also when the task has"
                + " succeeded meanwhile; a cancelled or dead one gives it back.")
        @Nullable Duration uniqueFor,
    @Doc(
            "How many units it takes of each rate that it falls under; the type's own if it is left"
                + " out, mostly 1.")
        @Nullable
        @Range(min = 1, max = 1_000_000)
        Integer cost,
    @Doc(
            "Which end of the tasks in after it waits for: their success, their death (failed), or"
                + " any end. With one that comes to another end it is cancelled.")
        @Default("succeeded")
        AfterOutcome afterOutcome,
    @Doc(
            "What becomes of the unfinished task that has uniqueKey already; it stays as it is if"
                + " this is left out.")
        @Nullable OnDuplicateWire onDuplicate,
    @Doc(
            "A name under which tasks run one at a time, in the order of their submission, and none"
                + " behind one that is dead.")
        @Nullable
        @Size(min = 1, max = 100)
        String chain) {

  static final SubmitTask EXAMPLE =
      new SubmitTask(
          "sample.steps",
          JsonNodeFactory.instance.objectNode().put("steps", 3).put("ms", 200),
          null,
          5,
          null,
          null,
          null,
          null,
          null,
          List.of("demo"),
          List.of(),
          null,
          null,
          null,
          AfterOutcome.SUCCEEDED,
          null,
          null);

  JsonNode inputOrEmpty() {
    return input == null ? JsonNodeFactory.instance.objectNode() : input;
  }

  Submission submission(String traceparent) {
    return new Submission(type, inputOrEmpty(), options(traceparent));
  }

  SubmitOptions options(String traceparent) {
    return new SubmitOptions(
        queue,
        priority,
        delay,
        runAt,
        uniqueKey,
        tags,
        tenant,
        key,
        traceparent,
        after,
        expiry,
        uniqueFor,
        cost,
        afterOutcome,
        onDuplicate == null ? null : onDuplicate.wanted(),
        chain);
  }
}
