package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read. They are platform threads, because a native call would hold the carrier of
 * a virtual one, and each has a connection of its own, so that reads never wait for the writer.
 */
final class Readers {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long IDLE_MILLIS = 200;

  private final ArrayBlockingQueue<Read<?, ?>> queue;
  private final Set<Read<?, ?>> running = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  Readers(StoreConfig config, Connections connections) throws SQLException {
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
        read.awaitDone();
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
    running.add(read);
    Throwable failure = null;
    T value = null;
    try {
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
    running.remove(read);
    if (failure != null) {
      read.fail(failure);
    } else {
      read.succeed(value);
    }
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
