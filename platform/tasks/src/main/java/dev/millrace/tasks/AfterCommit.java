package dev.millrace.tasks;

import dev.millrace.tasks.ledger.RunningLedger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has memory follow a commit: counts, windows, the ledger, and whoever waits or watches. Called on
 * the writer's thread in the order of commits, before those who asked for them are answered.
 */
final class AfterCommit {
  private final InstantSource clock;
  private final Counts counts;
  private final TaskMetrics metrics;
  private final Watches watches;
  private final Hooks hooks;
  private final Waiters waiters;
  private final RunningTasks running;
  private final RunningLedger ledger;
  private final Queues queues;
  private final Gates gates;
  private final DueTimer due;
  private final Trials trials;
  private final ScheduleStore schedules;
  private final Expiry expiry;
  private final TenantBounds bounds;
  private final BooleanSupplier isStarted;

  /**
   * @param isStarted whether tasks may start, or start again
   */
  AfterCommit(
      InstantSource clock,
      Counts counts,
      TaskMetrics metrics,
      Watches watches,
      Hooks hooks,
      Waiters waiters,
      RunningTasks running,
      RunningLedger ledger,
      Queues queues,
      Gates gates,
      DueTimer due,
      Trials trials,
      ScheduleStore schedules,
      Expiry expiry,
      TenantBounds bounds,
      BooleanSupplier isStarted) {
    this.bounds = bounds;
    this.clock = clock;
    this.counts = counts;
    this.metrics = metrics;
    this.watches = watches;
    this.hooks = hooks;
    this.waiters = waiters;
    this.running = running;
    this.ledger = ledger;
    this.queues = queues;
    this.gates = gates;
    this.due = due;
    this.trials = trials;
    this.schedules = schedules;
    this.expiry = expiry;
    this.isStarted = isStarted;
  }

  void committed(TaskCommit commit) {
    counts.add(commit.counts);
    bounds.committed(commit);
    var changed = new QueueChanges();
    for (TaskRow row : commit.submitted) {
      if (commit.over(row.key()) != null) {
        continue; // Cancelled in the same commit.
      }
      if (row.state() == TaskState.READY) {
        changed.of(row).ready.add(row);
      } else if (row.runAt() != 0) {
        due.note(row.runAt());
      }
      if (row.expiresAt() != 0) {
        expiry.note(row.expiresAt());
      }
      tell(row, row.state());
    }
    for (Outcome outcome : commit.outcomes) {
      ended(outcome);
      TaskRow row = outcome.row();
      changed.of(row).left.add(row);
      if (outcome.event() == Transition.Event.PUT_BACK
          && commit.over(row.key()) == null
          && isStarted.getAsBoolean()) {
        changed.of(row).ready.add(row.putBack()); // It was not the server that stopped it.
      }
    }
    for (TaskCommit.Moved moved : commit.moved.values()) {
      moved(commit, changed, moved);
    }
    for (TaskRow row : commit.readied) {
      if (commit.over(row.key()) == null) { // Not cancelled in the same commit.
        changed.of(row).ready.add(row);
        tell(row, TaskState.READY);
      }
    }
    for (TaskRow row : commit.discarded) {
      tell(row, TaskState.CANCELLED);
    }
    for (TaskRow row : commit.wentOn) {
      tell(row, row.state());
    }
    gates.committed(commit);
    changed.apply();
    commit.last.forEach(Runnable::run);
    commit.submitted.forEach(metrics::submitted); // No task waits for its figures.
  }

  private void moved(TaskCommit commit, QueueChanges changed, TaskCommit.Moved moved) {
    TaskRow after = moved.after();
    changed.of(moved.before()).left.add(moved.before());
    if (commit.over(after.key()) != null) {
      return; // It was cancelled in the same commit.
    }
    if (after.state() == TaskState.READY) {
      changed.of(after).ready.add(after);
    } else if (after.runAt() != 0) {
      due.note(after.runAt());
    }
    if (after.expiresAt() != moved.before().expiresAt()) {
      expiry.note(after.expiresAt());
    }
    tell(after, after.state());
  }

  private void ended(Outcome outcome) {
    LiveRun run = outcome.run();
    if (run != null) {
      running.remove(run);
      if (run.slot >= 0) {
        ledger.release(run.slot);
      }
      trials.settled(run);
    }
    TaskState to = outcome.to();
    if (!to.finished() && outcome.runAt() != 0) {
      due.note(outcome.runAt());
    }
    metrics.ended(outcome, to);
    if (to.finished()) {
      waiters.finished(outcome.row().key());
      schedules.ended(outcome.row().key());
    }
    if (watches.isWatched()) {
      watches.tell(outcome.change(to));
    }
    if (hooks.areAny() && (to.finished() || to == TaskState.RETRYING)) {
      hooks.tell(outcome.change(to));
    }
  }

  private void tell(TaskRow row, TaskState state) {
    if (watches.isWatched()) {
      watches.tell(
          TaskChange.of(
              row, state, row.attempt(), clock.instant(), Json.tags(row.tags()), null, null));
    }
  }

  /** The changes of one commit by queue, so that each queue's lock is taken once. */
  private final class QueueChanges {
    private final Map<String, Change> byName = new HashMap<>();
    private @Nullable Change last;

    private static final class Change {
      final String queue;
      final List<TaskRow> left = new ArrayList<>();
      final List<TaskRow> ready = new ArrayList<>();

      Change(String queue) {
        this.queue = queue;
      }
    }

    Change of(TaskRow row) {
      if (last == null || !last.queue.equals(row.queue())) {
        last = byName.computeIfAbsent(row.queue(), Change::new);
      }
      return last;
    }

    void apply() {
      for (Change change : byName.values()) {
        queues.of(change.queue).committed(change.left, change.ready);
      }
    }
  }
}
