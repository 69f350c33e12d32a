package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outcomes into the database, many in a commit, while their slots run the next tasks. Two
 * threads take turns, so that one batch is collected while another is committed. Thread-safe.
 *
 * <p>The backlog is bounded: when the database does not take outcomes, slots wait here and nothing
 * more is started.
 */
final class Completer {
  private static final Logger LOG = LoggerFactory.getLogger(Completer.class);
  private static final int BACKLOG = 4_096;
  private static final int BATCH = 1_000;
  private static final int THREADS = 2;

  /** All failures but an outcome's own end some day, or with the store. */
  private static final Set<Reason> PASSING =
      EnumSet.complementOf(
          EnumSet.of(Reason.CONSTRAINT, Reason.STATEMENT, Reason.INTERNAL, Reason.CLOSED));

  private final Store store;
  private final TaskCommit.Effects effects;
  private final Patience patience;
  private final ArrayBlockingQueue<Outcome> backlog = new ArrayBlockingQueue<>(BACKLOG);
  private final List<Thread> threads = new ArrayList<>();
  private final boolean direct;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  /** Outcomes that were put and are not settled; guarded by the lock, as is atWork. */
  private long open;

  private boolean atWork;

  /**
   * @param direct whether an outcome is written before {@link #put} returns, and without threads
   */
  Completer(Store store, TaskCommit.Effects effects, Patience patience, boolean direct) {
    this.direct = direct;
    this.store = store;
    this.effects = effects;
    this.patience = patience;
  }

  void start() {
    atWork = true;
    for (int i = 0; i < THREADS && !direct; i++) {
      threads.add(Thread.ofPlatform().daemon().name("tasks-outcomes-" + i).start(this::work));
    }
  }

  /** Hands over an outcome; waits while the backlog is full. */
  void put(Outcome outcome) throws InterruptedException {
    if (direct) {
      settle(List.of(outcome));
      return;
    }
    opened(1);
    try {
      backlog.put(outcome);
    } catch (InterruptedException interrupted) {
      opened(-1);
      throw interrupted;
    }
  }

  /** Writes outcomes in one commit, on this thread; returns when they are written. */
  void putTogether(List<Outcome> outcomes) throws InterruptedException {
    opened(outcomes.size());
    try {
      settle(outcomes);
    } finally {
      opened(-outcomes.size());
    }
  }

  private void opened(int change) {
    lock.lock();
    try {
      open += change;
      if (open == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all outcomes are in the database, then ends.
   *
   * @param patienceMillis how long to wait for a database that takes nothing
   */
  void close(long patienceMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    lock.lock();
    try {
      while (open > 0 && atWork && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
      if (open > 0) {
        LOG.error(
            "{} outcomes could not be written; their tasks run again at the next start", open);
      }
    } finally {
      lock.unlock();
    }
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work() {
    try {
      while (true) {
        var batch = new ArrayList<Outcome>();
        batch.add(backlog.take());
        backlog.drainTo(batch, BATCH - 1);
        settle(batch);
        opened(-batch.size());
      }
    } catch (InterruptedException _) {
      ended();
    }
  }

  private void ended() {
    lock.lock();
    try {
      atWork = false;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False once the store was closed under it. */
  boolean isAtWork() {
    lock.lock();
    try {
      return atWork;
    } finally {
      lock.unlock();
    }
  }

  private void settle(List<Outcome> batch) throws InterruptedException {
    try {
      patience.insist(PASSING, () -> false, () -> write(batch));
    } catch (StoreException failure) {
      if (failure.reason() == Reason.CLOSED) {
        throw new InterruptedException("the store is closed");
      }
      settleEach(batch, failure);
    } catch (RuntimeException failure) {
      settleEach(batch, failure);
    }
  }

  /** One outcome must not hold up the others. */
  private void settleEach(List<Outcome> batch, RuntimeException failure)
      throws InterruptedException {
    LiveRun run = batch.getFirst().run();
    if (batch.size() == 1 && run != null && run.sequel != null) {
      LOG.warn(
          "what follows task {} in its commit failed; it follows behind it", run.id(), failure);
      run.sequel = null;
      settle(batch);
      return;
    }
    if (batch.size() == 1) {
      LOG.error(
          "the outcome of task {} is refused by the database; it runs again at the next start",
          batch.getFirst().row().id(),
          failure);
      return;
    }
    for (Outcome outcome : batch) {
      settle(List.of(outcome));
    }
  }

  private Position write(List<Outcome> batch) {
    return store.write(tx -> {
      TaskCommit commit = TaskCommit.of(tx, effects);
      for (Outcome outcome : batch) {
        commit.end(tx, outcome);
      }
    });
  }
}
