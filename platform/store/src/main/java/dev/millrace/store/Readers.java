package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read. They are platform threads, because a native call would hold the carrier of
 * a virtual one, and each has a connection of its own, so that reads never wait for the writer.
 */
final class Readers {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
  private static final long IDLE_MILLIS = 200;
  private static final long CANCEL_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ArrayBlockingQueue<Read<?, ?>> queue;
  private final Set<Read<?, ?>> running = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final LongSupplier ticker;
  private final HealthBoard board;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Whether no read may begin; guarded by lock, as are additions to running. */
  private boolean paused;

  private volatile boolean closing;

  /** A read that is under way. */
  record Running(Duration age, String caller) {}

  Readers(StoreConfig config, Connections connections, LongSupplier ticker, HealthBoard board)
      throws SQLException {
    this.ticker = ticker;
    this.board = board;
    queue = new ArrayBlockingQueue<>(config.queuedReads());
    var sessions = new ArrayList<Session>();
    try {
      for (int i = 0; i < config.readers(); i++) {
        sessions.add(connections.reader());
      }
    } catch (SQLException failure) {
      for (Session session : sessions) {
        session.close();
      }
      throw failure;
    }
    for (Session session : sessions) {
      threads.add(
          Thread.ofPlatform()
              .name("store-reader-" + threads.size())
              .daemon(true)
              .unstarted(() -> runUntilClosed(session)));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  boolean isCurrentThread() {
    return threads.contains(Thread.currentThread());
  }

  <T extends @Nullable Object, E extends Exception> T read(ReadWork<T, E> work) throws E {
    if (closing) {
      throw closed();
    }
    var read = new Read<T, E>(work);
    if (!queue.offer(read)) {
      throw new StoreException(
          Reason.LIMIT,
          queue.size() + " reads wait already; read less at once or raise readers and queuedReads");
    }
    if (closing) {
      refuseQueued();
    }
    if (!read.awaitDoneOrInterrupted()) {
      read.cancel(Read.interrupted());
      if (!queue.remove(read)) {
        // It runs: wait for the moment it needs to notice, for it may use what the caller captured.
        // A statement that was just about to start did not notice, so it is told again.
        while (!read.awaitDoneFor(CANCEL_AGAIN_NANOS)) {
          read.cancel(Read.interrupted());
        }
      }
      throw Read.interrupted();
    }
    return read.outcome();
  }

  private void runUntilClosed(Session session) {
    while (!closing) {
      try {
        Read<?, ?> read = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (read != null) {
          run(read, session);
        }
      } catch (InterruptedException ignored) {
        // A work that interrupts its thread stops nothing but itself.
      }
    }
    try {
      session.close();
    } catch (SQLException ignored) {
      // The process lets go of the file in any case.
    }
  }

  private <T extends @Nullable Object, E extends Exception> void run(
      Read<T, E> read, Session session) {
    enter(read);
    Throwable failure = null;
    T value = null;
    try {
      session.asks(read);
      session.begin();
      value = read.run(session);
    } catch (SQLException refused) {
      failure = Errors.of(refused, "at the begin of a read");
    } catch (Exception | Error thrown) {
      StoreException cancelled = read.cancelled();
      failure = cancelled != null ? cancelled : thrown;
    }
    try {
      session.rollback();
    } catch (SQLException stuck) {
      failure = failure != null ? failure : Errors.of(stuck, "at the end of a read");
    }
    leave(read);
    if (failure instanceof StoreException store && store.reason() == Reason.CORRUPT) {
      board.failed(failure);
    }
    if (failure != null) {
      read.fail(failure);
    } else {
      read.succeed(value);
    }
  }

  private void enter(Read<?, ?> read) {
    lock.lock();
    try {
      while (paused) {
        changed.awaitUninterruptibly();
      }
      read.began(ticker.getAsLong());
      running.add(read);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Read<?, ?> read) {
    running.remove(read);
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets no read begin until {@link #resume}, and waits for those under way.
   *
   * @return whether none is left; {@link #resume} is due in any case
   */
  boolean pauseUntilIdle(Duration patience) {
    lock.lock();
    try {
      paused = true;
      long left = patience.toNanos();
      while (!running.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return running.isEmpty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      paused = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int busy() {
    return running.size();
  }

  int queued() {
    return queue.size();
  }

  Optional<Running> oldest() {
    long now = ticker.getAsLong();
    return running.stream()
        .min(Comparator.comparingLong(read -> read.since() - now))
        .map(read -> new Running(Duration.ofNanos(now - read.since()), Callers.of(read.caller())));
  }

  List<Read<?, ?>> runningFor(Duration limit) {
    long now = ticker.getAsLong();
    return running.stream().filter(read -> now - read.since() > limit.toNanos()).toList();
  }

  /** The plan of a statement, asked on a reader. */
  List<String> plan(String sql) {
    return this.<List<String>, RuntimeException>read(view -> ((ReaderView) view).session.plan(sql));
  }

  /** Lets running reads end for a moment, then stops them; queued ones are refused. */
  void close() {
    closing = true;
    refuseQueued();
    boolean interrupted = false;
    long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        if (System.nanoTime() - deadline > 0) {
          running.forEach(read -> read.cancel(closed()));
        }
        try {
          thread.join(Duration.ofMillis(50));
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    refuseQueued();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseQueued() {
    for (Read<?, ?> read = queue.poll(); read != null; read = queue.poll()) {
      read.fail(closed());
    }
  }

  private static StoreException closed() {
    return new StoreException(Reason.CLOSED, "the store is closed; nothing was read");
  }
}
