package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import dev.millrace.tasks.Transition.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up tasks that were not started in time. Slots do so with those that come to them too late;
 * this is for those that wait: in a paused queue, for a limit, for others, for their next attempt.
 * Thread-safe.
 */
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
  private static final int PIECE = 250;
  private static final long AGAIN_MILLIS = 1_000;

  /** The clock may be set meanwhile. */
  private static final long LONGEST_MILLIS = TimeUnit.HOURS.toMillis(1);

  private static final String NEXT = "SELECT coalesce(min(at), 0) FROM task_expiries";
  private static final String DUE =
      "SELECT at, task FROM task_expiries WHERE at <= ? ORDER BY at, task LIMIT " + PIECE;
  private static final String DROP = "DELETE FROM task_expiries WHERE at = ? AND task = ?";

  private final Store store;
  private final InstantSource clock;
  private final Errands errands;
  private final Changes changes;

  /** When the next look is to be, in Unix ms; guarded by this. */
  private long next = Long.MAX_VALUE;

  private record Entry(long at, long task) {}

  Expiry(Store store, InstantSource clock, Errands errands, Changes changes) {
    this.store = store;
    this.clock = clock;
    this.errands = errands;
    this.changes = changes;
  }

  /** What becomes of a task that expires, whether or not a slot has just taken it. */
  static Outcome outcome(TaskRow row, @Nullable LiveRun run, long now) {
    String error =
        "it was not started by "
            + Instant.ofEpochMilli(row.expiresAt())
            + ", after which it was not to start";
    Outcome given = Outcome.ofWaiting(row, Event.EXPIRED, now, error);
    return run == null ? given : given.of(run);
  }

  void load(Snapshot view) {
    long first = view.number(NEXT);
    if (first > 0) {
      note(first);
    }
  }

  /** Takes note of a task that expires at {@code at}. */
  synchronized void note(long at) {
    if (at < next) {
      next = at;
      long millis = Math.clamp(at - clock.millis(), 0, LONGEST_MILLIS);
      errands.startIn(millis, "tasks-expiry", this::look);
    }
  }

  private void look() {
    synchronized (this) {
      next = Long.MAX_VALUE;
    }
    try {
      while (piece() == PIECE) {
        // The next piece is a commit of its own.
      }
      long following = store.<Long, RuntimeException>read(view -> view.number(NEXT));
      if (following > 0) {
        note(following);
      }
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.CLOSED) {
        throw failure;
      }
      LOG.warn("expired tasks were not given up, trying again", failure);
      note(clock.millis() + AGAIN_MILLIS);
    }
  }

  private int piece() {
    List<Entry> due =
        store.read(view ->
            view.query(DUE, row -> new Entry(row.getLong(1), row.getLong(2)), clock.millis()));
    if (!due.isEmpty()) {
      changes.expire(due.stream().map(Entry::task).toList(), tx -> drop(tx, due));
    }
    return due.size();
  }

  private static void drop(Tx tx, List<Entry> due) {
    due.forEach(entry -> tx.update(DROP, entry.at, entry.task));
  }
}
