package dev.millrace.server.tasks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.server.tasks.BatchWire.BatchItem;
import dev.millrace.tasks.Attempt;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.Kept;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Progress;
import dev.millrace.tasks.Step;
import dev.millrace.tasks.TaskChange;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tasks and queues as they are on the wire. */
final class TaskWire {
  private TaskWire() {}

  private static @Nullable String shown(@Nullable BatchId batch) {
    return batch == null ? null : batch.toString();
  }

  /** The answer to a submission. */
  public record Accepted(
      @Doc("The task's id.") String id,
      @Doc("Where it stands.") TaskState state,
      @Doc("Whether an unfinished task with the same unique key was there already.")
          boolean duplicate,
      @Doc("The commit it stands in.") String position,
      @Doc("Where to look how it goes.") String statusUrl) {}

  /** Several tasks to submit in one commit. */
  public record SubmitTasks(
      @Doc("The tasks; all are accepted or none.") @Size(min = 1, max = 10_000)
          List<SubmitTask> tasks) {}

  /** The answer to a bulk submission. */
  public record AcceptedAll(
      @Doc("The ids in the order of the submission.") List<String> ids,
      @Doc("The commit they stand in.") String position) {}

  /** The answer to a request that changes a task. */
  public record Changed(
      @Doc("The task's id.") String id, @Doc("Where it stands now.") TaskState state) {}

  /** How long to wait for the end of a task. */
  public record FindQuery(
      @Doc(
              "Answer when the task is over, or after this time at the latest, up to PT1M; at once"
                  + " if it is left out.")
          @Nullable Duration await) {}

  /** What is to be different about a task that waits. */
  public record Move(
      @Doc("0 urgent to 9 idle.") @Nullable @Range(min = 0, max = 9) Integer priority,
      @Doc("The queue to wait in.") @Nullable @Size(min = 1, max = 100) String queue,
      @Doc("When it may start; a time in the past means now. Not together with delay.")
          @Nullable Instant runAt,
      @Doc("How long from now it is to wait. Not together with runAt.") @Nullable Duration delay,
      @Doc("What its next attempt is given.") @Nullable JsonNode input) {}

  /** Which tasks a list shows. */
  public record TaskQuery(
      @JsonUnwrapped TaskMatch match,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** What a stream of tasks tells. */
  public record StreamQuery(
      @JsonUnwrapped TaskMatch match,
      @Doc("Whether it also tells the counts of each part of the filter.") @Default("false")
          boolean facets) {}

  /** How far a task has come. */
  public record Done(
      @Doc("In units of its own.") long done,
      @Doc("In the same units; 0 if unknown.") long total,
      @Doc("For people.") @Nullable String message) {
    static @Nullable Done of(@Nullable Progress progress) {
      return progress == null
          ? null
          : new Done(progress.done(), progress.total(), progress.message());
    }
  }

  /** A task in a list. */
  public record TaskItem(
      String id,
      String type,
      String queue,
      @Doc("0 urgent to 9 idle.") int priority,
      TaskState state,
      @Doc("The attempt that runs or ran last; 0 before the first.") int attempt,
      @Doc("How often the process ended while it ran.") int crashes,
      @Doc("Whether a cancellation waits for the handler to end.") boolean cancelling,
      List<String> tags,
      @Nullable String uniqueKey,
      @Doc("On whose behalf it was submitted.") @Nullable String tenant,
      @Doc("What it is about.") @Nullable String key,
      @Doc("The batch that counts it.") @Nullable String batch,
      @Doc(
              "What it waits for: 'signal <name>', 'batch <id>', 'limit <name>', 'tasks', the end"
                  + " of 'task <id>' with the same unique key, or 'news' of its workflow.")
          @Nullable String waitsFor,
      @Doc("When it is given up if it has not been started.") @Nullable Instant expiresAt,
      @Nullable Done progress,
      @Doc("What the last failed attempt said.") @Nullable String error,
      Instant createdAt,
      @Doc("When it is due.") @Nullable Instant runAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Doc("How long the last attempt took, in milliseconds.") @Nullable Long durationMs) {
    static TaskItem of(TaskView view) {
      Instant started = view.startedAt();
      Instant finished = view.finishedAt();
      return new TaskItem(
          view.id().toString(),
          view.type(),
          view.queue(),
          view.priority(),
          view.state(),
          view.attempt(),
          view.crashes(),
          view.cancelling(),
          view.tags(),
          view.uniqueKey(),
          view.tenant(),
          view.key(),
          shown(view.batch()),
          view.waitsFor(),
          view.expiresAt(),
          Done.of(view.progress()),
          view.error(),
          view.createdAt(),
          view.runAt(),
          started,
          finished,
          started == null || finished == null
              ? null
              : Duration.between(started, finished).toMillis());
    }
  }

  /** A page of tasks. */
  public record TaskList(
      List<TaskItem> items,
      @Doc("Where to go on; null at the end.") @Nullable String next,
      @Doc(
              "How far back the look for text, tenant, key or input has gone, by the time of"
                  + " submission; null if it has seen all there is, or needed no look.")
          @Nullable Instant lookedBackTo) {}

  /** A task with all that is known of it but its log. */
  public record TaskDetail(
      @JsonUnwrapped TaskItem task,
      @Doc("The W3C trace context of the request that submitted it.") @Nullable String traceparent,
      @Doc("What it was given.") @Nullable JsonNode input,
      @Doc("What it answered.") @Nullable JsonNode result,
      @Doc("Whether its input, result, steps and log are encrypted in the database.")
          boolean encrypted,
      @Doc("Until when it stays in history, at least; null while it is unfinished.")
          @Nullable Instant keptUntil,
      @Doc("Until when its result stays, if that is not as long as the task.")
          @Nullable Instant resultKeptUntil,
      @Doc("The runs that ended.") List<AttemptItem> attempts,
      @Doc("The steps that are done and will not be run again.") List<StepItem> steps,
      @Doc("The task whose child it is.") @Nullable Parent parent,
      @Doc("The tasks whose success it waits for, up to 100.") List<String> before,
      @Doc("The tasks that wait for its success, up to 100.") List<String> after,
      @Doc("Its newest batches of children, up to 20.") List<BatchItem> children,
      @Doc("The fingerprint of the group of errors that it is dead of.")
          @Nullable String errorGroup) {
    static TaskDetail of(TaskView view, Trail trail, Family family, boolean encrypted, Kept kept) {
      return new TaskDetail(
          TaskItem.of(view),
          view.traceparent(),
          view.input(),
          view.output(),
          encrypted,
          kept.task(),
          kept.result(),
          trail.attempts().stream().map(AttemptItem::of).toList(),
          trail.steps().stream().map(StepItem::of).toList(),
          family.parent(),
          family.links().before().stream().map(TaskId::toString).toList(),
          family.links().after().stream().map(TaskId::toString).toList(),
          family.children().stream().map(BatchItem::of).toList(),
          family.error());
    }
  }

  /** A task that has children. */
  public record Parent(
      String id,
      @Doc("Its type; null if it has left history.") @Nullable String type,
      @Doc("Whether it is a run of a workflow, with the same id.") boolean workflow,
      @Doc("The name of the batch of these children.") String name) {}

  /** One run of a task that ended. */
  public record AttemptItem(
      int number,
      Instant startedAt,
      Instant finishedAt,
      @Doc("How it ended.") String outcome,
      @Nullable String error) {
    static AttemptItem of(Attempt attempt) {
      return new AttemptItem(
          attempt.number(),
          attempt.startedAt(),
          attempt.endedAt(),
          attempt.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          attempt.error());
    }
  }

  /** A step that is done. */
  public record StepItem(
      String name,
      Instant startedAt,
      Instant finishedAt,
      @Doc("In milliseconds.") long durationMs,
      @Nullable JsonNode result) {
    static StepItem of(Step step) {
      return new StepItem(
          step.name(),
          step.startedAt(),
          step.endedAt(),
          Duration.between(step.startedAt(), step.endedAt()).toMillis(),
          step.result());
    }
  }

  /** Which part of a log. */
  public record LogQuery(
      @Doc("The largest number of lines.") @Default("500") @Range(min = 1, max = 2000) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A line of a task's log. */
  public record LogItem(Instant at, LogLine.Level level, String text) {
    static LogItem of(LogLine line) {
      return new LogItem(line.at(), line.level(), line.text());
    }
  }

  /** News of a task, in a stream. */
  public record Change(
      String id,
      String type,
      String queue,
      TaskState state,
      int attempt,
      Instant at,
      List<String> tags,
      @Nullable Done progress,
      @Nullable String error,
      @Nullable String tenant,
      @Nullable String key,
      @Nullable String batch) {
    static Change of(TaskChange change) {
      return new Change(
          change.id().toString(),
          change.type(),
          change.queue(),
          change.state(),
          change.attempt(),
          change.at(),
          change.tags(),
          Done.of(change.progress()),
          change.error(),
          change.tenant(),
          change.key(),
          shown(change.batch()));
    }
  }
}
