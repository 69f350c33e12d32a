package dev.millrace.tasks;

import dev.millrace.tasks.Transition.Event;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.News;
import dev.millrace.tasks.workflow.Status;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Takes runs on in commits that are made anyway: the first step in the one that starts a run, a
 * further one in the one that ends the task which the run waits for. The step is decided beforehand
 * by whoever asks for that commit. So a run of stages of one task each never waits for a slot of
 * its own, and has one commit a stage.
 *
 * <p>This is a short cut and no other way: what it writes is what {@link WorkflowDriver} would have
 * written a moment later. Where anything is unusual, such as a pause, a limit, a signal, a time
 * limit or a failure, and where things have changed before the commit, it stands back, and the task
 * of the run is released and drives it as ever. Thread-safe.
 */
final class WorkflowRelay {
  private static final Logger LOG = LoggerFactory.getLogger(WorkflowRelay.class);

  /** For a row that is only looked at. */
  private static final Ranks ANY = new Ranks(0);

  private final InstantSource clock;
  private final WorkflowSteps steps;
  private final RunMemory memory;
  private final Submitter submitter;
  private final BatchStore batches;
  private final Vault vault;
  private final KnownType<WorkflowDriver.Order, JsonNode> type;
  private final Predicate<TaskRow> free;

  /**
   * @param free whether neither a pause nor a limit holds the task of a run up
   */
  WorkflowRelay(
      InstantSource clock,
      WorkflowSteps steps,
      RunMemory memory,
      Submitter submitter,
      BatchStore batches,
      Vault vault,
      KnownType<WorkflowDriver.Order, JsonNode> type,
      Predicate<TaskRow> free) {
    this.clock = clock;
    this.steps = steps;
    this.memory = memory;
    this.submitter = submitter;
    this.batches = batches;
    this.vault = vault;
    this.type = type;
    this.free = free;
  }

  /** A run that begins with this book, with its first step if that can be made at once. */
  Draft first(WorkflowVersion version, Book book, SubmitOptions options) {
    boolean later =
        options.delay() != null || options.runAt() != null || !options.after().isEmpty();
    WorkflowStep step = later ? null : firstStep(version, book, options);
    if (step == null) {
      return steps.draft(version, book, options);
    }
    WorkflowDriver.Order order = step.order();
    return submitter
        .draft(type, order, options)
        .begun(step.run(), Hold.FOR_NEWS)
        .with((tx, commit, row) -> {
          WorkflowRow.begin(commit, row.key(), order.name(), order.version(), step.json());
          steps.follow(tx, row, step);
        });
  }

  private @Nullable WorkflowStep firstStep(
      WorkflowVersion version, Book book, SubmitOptions options) {
    var order = new WorkflowDriver.Order(version.workflow().name(), version.version());
    long run = submitter.nextKey();
    Draft draft = submitter.draft(type, order, options);
    if (!free.test(draft.row(run, TaskId.millisOf(run), ANY, true, 0, draft.input()))) {
      return null;
    }
    try {
      WorkflowSteps.Decided decided =
          steps.decide(run, order, book, List.of(), options.tenant(), options.traceparent());
      return decided.isPassing() && decided.decision().status() == Status.RUNNING
          ? steps.ready(decided, Set.of())
          : null;
    } catch (RuntimeException failure) {
      standsBack(run, failure);
      return null;
    }
  }

  /** What follows from the success of the only task of a batch; null if the run drives itself. */
  @Nullable Sequel after(TaskRow ended, @Nullable String output) {
    RunMemory.Kept kept = memory.awaiting(ended.batch());
    if (kept == null || !free.test(kept.row())) {
      return null;
    }
    try {
      JsonNode result = output == null ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(output);
      var over = new News.Over(new BatchId(ended.batch()).toString(), List.of(result), null);
      TaskRow row = kept.row();
      WorkflowSteps.Decided decided =
          steps.decide(
              kept.key(),
              kept.order(),
              kept.book(),
              List.of(over),
              row.tenant(),
              row.traceparent());
      return decided.isPassing()
          ? sequel(ended.batch(), kept, steps.ready(decided, kept.alone()))
          : null;
    } catch (RuntimeException failure) {
      standsBack(kept.key(), failure);
      return null;
    }
  }

  /** The run fails in its own task, if it does. */
  private static void standsBack(long run, RuntimeException failure) {
    LOG.debug("run {} is not taken on in passing", new TaskId(run), failure);
  }

  private Sequel sequel(long batch, RunMemory.Kept kept, WorkflowStep step) {
    TaskRow row = kept.row();
    long now = clock.millis();
    Outcome end = step.status() == Status.SUCCEEDED ? end(row, step, now) : null;
    return (tx, commit) -> {
      if (commit.over(row.key()) != null
          || !memory.stands(tx, kept)
          || !(end == null
              ? WorkflowRow.pass(tx, row.key(), step.json())
              : WorkflowRow.passOut(tx, row.key(), step.json(), now))) {
        return false;
      }
      batches.endAlone(tx, commit, batch);
      steps.follow(tx, row, step);
      if (end == null) {
        commit.wentOn.add(row);
      } else {
        commit.end(tx, end);
      }
      return true;
    };
  }

  /** The end of the run's task, as if it had run for this step. */
  private Outcome end(TaskRow row, WorkflowStep step, long now) {
    JsonNode output = step.decision().output();
    String json = type.encodeOutput(output == null ? Json.MAPPER.nullNode() : output);
    return new Outcome(
        row,
        null,
        Event.SUCCEEDED,
        row.attempt() + 1,
        Math.max(1, now),
        now,
        0,
        vault.sealIfAny(row.type(), row.key(), Vault.OUTPUT, json),
        null,
        null,
        null,
        row.details(),
        List.of(),
        null,
        null);
  }
}
