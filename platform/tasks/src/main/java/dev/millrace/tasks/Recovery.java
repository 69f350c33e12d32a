package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.Transition.Event;
import dev.millrace.tasks.ledger.Claim;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what a process left that ended while tasks ran: they count a crash and stand at the head
 * of their queues. A claim whose task is not ready any more says nothing: its outcome was committed
 * before the ledger knew, or the ledger is older than the database.
 */
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final String FIND =
      "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ? AND state = 'ready'";
  private static final String CRASHED =
      "UPDATE tasks SET crashes = crashes + 1, rank = 0, details = 1 WHERE id = ?";

  /**
   * So often a task has to die alone. A process that is killed from outside again and again soon
   * after its start may be hit in the same trial twice; who ends it by himself does so each time.
   */
  private static final int TRIES_ALONE = 3;

  private static final String ALONE = "the process ended while this task ran alone";
  private static final String DIED_ALONE =
      "SELECT count(*) FROM task_attempts WHERE task = ? AND number = ? AND error = ?";
  private static final String SUSPECTS =
      "SELECT "
          + TaskRow.COLUMNS
          + " FROM tasks WHERE crashes > 1 AND state = 'ready' ORDER BY crashes DESC, id LIMIT "
          + RunningLedger.SLOTS;

  private final Store store;
  private final InstantSource clock;
  private final RunningLedger ledger;
  private final TaskCommit.Effects effects;

  Recovery(Store store, InstantSource clock, RunningLedger ledger, TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.ledger = ledger;
    this.effects = effects;
  }

  /**
   * Does it.
   *
   * @return the tasks that are to run again
   */
  List<TaskRow> run() {
    List<Claim> claims = ledger.interrupted();
    if (!claims.isEmpty()) {
      List<TaskRow> again = store.compute(tx -> record(tx, claims)).value();
      LOG.info("{} tasks go on that were running when the last process ended", again.size());
      ledger.forgetInterrupted();
      return again;
    }
    ledger.forgetInterrupted();
    return List.of();
  }

  /** The tasks that ran during two crashes or more. */
  static List<TaskRow> suspects(Snapshot view) {
    return view.query(SUSPECTS, TaskRow::read);
  }

  private List<TaskRow> record(Tx tx, List<Claim> claims) {
    boolean alone = claims.size() == 1 && claims.getFirst().key() == ledger.interruptedAlone();
    var again = new ArrayList<TaskRow>();
    for (Claim claim : claims) {
      Optional<TaskRow> found = tx.find(FIND, TaskRow::read, claim.key());
      if (found.isPresent()) {
        if (record(tx, claim, found.get(), alone)) {
          again.add(found.get());
        }
      }
    }
    return again;
  }

  /** Whether the task is to run again. */
  private boolean record(Tx tx, Claim claim, TaskRow row, boolean alone) {
    tx.update(CRASHED, row.key());
    long now = clock.millis();
    if (row.cancelling()) {
      end(tx, row, claim, Event.CANCELLED, null);
      return false;
    } else if (alone
        && tx.number(DIED_ALONE, row.key(), row.attempt() + 1, ALONE) >= TRIES_ALONE - 1) {
      int crashes = row.crashes() + 1;
      LOG.warn("task {} of type {} is parked: it ends its process", row.id(), row.type());
      end(
          tx,
          row,
          claim,
          Event.PARKED,
          "the process ended "
              + crashes
              + " times while this task ran, the last "
              + TRIES_ALONE
              + " times while it ran alone; mend what it does, then drive it again");
      return false;
    } else {
      var attempt =
          new Attempt(
              row.attempt() + 1,
              Instant.ofEpochMilli(claim.startedAt()),
              Instant.ofEpochMilli(now),
              Event.INTERRUPTED,
              alone ? ALONE : null);
      Trails.addAttempt(tx, effects.vault(), row, attempt);
      return true;
    }
  }

  private void end(
      Tx tx,
      TaskRow row,
      Claim claim,
      Event event,
      @org.jspecify.annotations.Nullable String error) {
    TaskCommit.of(tx, effects)
        .end(
            tx,
            new Outcome(
                row,
                null,
                event,
                row.attempt() + 1,
                Math.max(1, claim.startedAt()),
                clock.millis(),
                0,
                null,
                error,
                error,
                null,
                true,
                List.of(),
                null,
                error == null ? null : Failure.of("ProcessEnded", row.type(), error, error)));
  }
}
