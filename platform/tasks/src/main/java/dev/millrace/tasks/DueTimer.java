package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes scheduled and retrying tasks ready when their time comes. Sleeps until the next one; every
 * minute it looks at the clock anew, in case that was set. Thread-safe.
 */
final class DueTimer {
  private static final Logger LOG = LoggerFactory.getLogger(DueTimer.class);
  private static final int BATCH = 500;
  private static final long LONGEST_SLEEP_MILLIS = 60_000;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  private static final String DUE =
      "SELECT "
          + TaskRow.COLUMNS
          + " FROM tasks WHERE state IN ('scheduled', 'retrying', 'waiting') AND run_at <= ?"
          + " ORDER BY run_at LIMIT "
          + BATCH;
  private static final String NEXT =
      "SELECT min(run_at) FROM tasks WHERE state IN ('scheduled', 'retrying', 'waiting') AND run_at"
          + " > ?";
  private static final String READY =
      "UPDATE tasks SET state = 'ready', waits_for = NULL WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final TaskCommit.Effects effects;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();

  /** Guarded by the lock. */
  private long next = 0;

  private boolean closed;
  private @Nullable Thread thread;

  DueTimer(Store store, InstantSource clock, TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.effects = effects;
  }

  void start() {
    thread = Thread.ofVirtual().name("tasks-due").start(this::work);
  }

  /** Takes note of a task that is due at {@code runAt}. */
  void note(long runAt) {
    lock.lock();
    try {
      if (runAt < next) {
        next = runAt;
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the clock now. */
  void wake() {
    note(0);
  }

  /** Makes ready what is due, on this thread; for tasks that are stepped. */
  void promoteNow() {
    promote();
  }

  /** When the next task is due, in Unix ms; 0 for never. */
  long next() {
    return store.read(view -> view.number(NEXT, -1));
  }

  void close() throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      earlier.signal();
    } finally {
      lock.unlock();
    }
    if (thread != null) {
      thread.join();
    }
  }

  private void work() {
    try {
      while (awaitDue()) {
        promote();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (StoreException closed) {
      LOG.debug("the store is closed", closed);
    }
  }

  /** False when closed. */
  private boolean awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long millis = next - clock.millis();
        if (millis <= 0) {
          next = Long.MAX_VALUE;
          return true;
        }
        boolean _ = earlier.await(Math.min(millis, LONGEST_SLEEP_MILLIS), TimeUnit.MILLISECONDS);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void promote() {
    try {
      int promoted;
      do {
        promoted = store.compute(this::promote).value();
      } while (promoted == BATCH);
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.CLOSED) {
        throw failure;
      }
      LOG.warn("due tasks could not be made ready, trying again: {}", failure.getMessage());
      note(clock.millis() + PAUSE_AFTER_FAILURE_MILLIS);
    }
  }

  private int promote(Tx tx) {
    long now = clock.millis();
    List<TaskRow> due = tx.query(DUE, TaskRow::read, now);
    var keys = new ArrayList<@Nullable Object[]>(due.size());
    TaskCommit commit = TaskCommit.of(tx, effects);
    for (TaskRow row : due) {
      keys.add(new Object[] {row.key()});
      commit.ready(row.ready(row.rank()), row.state());
    }
    tx.batch(READY, keys);
    long following = tx.number(NEXT, now);
    tx.afterCommit(() -> {
      if (following > 0) {
        note(following);
      }
    });
    return due.size();
  }
}
