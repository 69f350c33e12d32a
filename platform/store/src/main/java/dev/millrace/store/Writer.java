package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes. It takes the works that wait, runs them in one transaction, commits
 * once and then answers all of them; while it does, the next ones gather, so groups fill by
 * themselves as the load grows and a lone write waits for nobody.
 *
 * <p>A group runs without savepoints, which would cost every work for the sake of the rare one that
 * fails. When anything throws, the whole transaction is rolled back and each work runs again in a
 * transaction of its own, so that only those that fail by themselves fail.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final StoreConfig config;
  private final Session session;
  private final LongSupplier ticker;
  private final ArrayBlockingQueue<Write<?>> queue;
  private final Write<?> last = new Write<@Nullable Void>(_ -> null);
  private final List<CommitHook> hooks = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile Position position;
  private volatile boolean closing;
  private volatile boolean ended;

  Writer(StoreConfig config, Session session, Position position, LongSupplier ticker) {
    this.config = config;
    this.session = session;
    this.position = position;
    this.ticker = ticker;
    this.queue = new ArrayBlockingQueue<>(config.queuedWrites() + 1);
    this.thread =
        Thread.ofPlatform().name("store-writer").daemon(true).unstarted(this::runUntilClosed);
  }

  void start() {
    thread.start();
  }

  void inEveryCommit(CommitHook hook) {
    hooks.add(hook);
  }

  Position position() {
    return position;
  }

  boolean isCurrentThread() {
    return thread.equals(Thread.currentThread());
  }

  int queued() {
    return queue.size();
  }

  <T extends @Nullable Object, E extends Exception> Written<T> write(TxCall<T, E> work) throws E {
    var write = new Write<T>(work);
    enqueue(write);
    write.awaitDone();
    return write.outcome();
  }

  private void enqueue(Write<?> write) {
    if (closing) {
      throw closed();
    }
    if (!queue.offer(write)) {
      enqueueWaiting(write);
    }
    if (ended) {
      refuseQueued();
    }
  }

  private void enqueueWaiting(Write<?> write) {
    Duration wait = config.queueWait();
    try {
      if (!queue.offer(write, wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(
            Reason.LIMIT,
            config.queuedWrites()
                + " writes wait already and none was taken for "
                + wait
                + "; write less at once, in larger works, or raise queuedWrites");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Reason.INTERRUPTED,
          "interrupted while the queue of writes was full; nothing was written",
          interrupted);
    }
  }

  private void runUntilClosed() {
    var works = new ArrayList<Write<?>>(config.groupWorks());
    while (!closing || !queue.isEmpty()) {
      try {
        works.add(queue.take());
        queue.drainTo(works, config.groupWorks() - 1);
        commitAll(works);
      } catch (InterruptedException ignored) {
        // Nobody is meant to interrupt this thread; a work that does stops nothing.
      } catch (RuntimeException | Error bug) {
        LOG.error("the writer failed outside any work; this is a bug", bug);
        failAll(works, new StoreException(Reason.INTERNAL, "the writer failed: " + bug, bug));
      }
      works.clear();
    }
    ended = true;
    refuseQueued();
  }

  /** Commits in as many groups as the time of a group asks for. */
  private void commitAll(List<Write<?>> works) {
    works.remove(last);
    int from = 0;
    while (from < works.size()) {
      from += commitSome(works.subList(from, works.size()));
    }
  }

  /** Commits the first works, those that fit into the time of one group; returns how many. */
  private int commitSome(List<Write<?>> works) {
    Commit commit = new Commit(session, position);
    try {
      session.begin();
    } catch (SQLException failure) {
      failAll(works, Errors.of(failure, "at the begin of a transaction"));
      return works.size();
    }
    long deadline = ticker.getAsLong() + config.groupTime().toNanos();
    int ran = 0;
    try {
      do {
        run(works.get(ran++), commit);
      } while (ran < works.size() && ticker.getAsLong() - deadline < 0);
      end(commit);
    } catch (Exception | Error failure) {
      replay(works.subList(0, ran), failure);
      return ran;
    }
    publish(commit, works.subList(0, ran));
    return ran;
  }

  private void run(Write<?> write, Commit commit) throws Exception {
    long from = ticker.getAsLong();
    write.run(commit);
    long elapsed = ticker.getAsLong() - from;
    if (elapsed > config.longWork().toNanos()) {
      LOG.warn(
          "a write held the writer for {} ms and all others waited; make it smaller: {}",
          TimeUnit.NANOSECONDS.toMillis(elapsed),
          Callers.of(write.caller()));
    }
  }

  private void end(Commit commit) throws SQLException {
    commit.finishShares();
    commit.runHooks(hooks);
    if (session.transactionLost()) {
      throw new StoreException(
          Reason.STATEMENT,
          "a statement made the database end the transaction, and the work went on; let such an "
              + "exception leave the work");
    }
    HistoryTable.advance(session, commit.number());
    session.commit();
  }

  private void publish(Commit commit, List<Write<?>> works) {
    // The actions first: who sees the position may rely on what they did.
    commit.runAfterCommit();
    position = commit.position();
    for (Write<?> write : works) {
      write.committed(position);
    }
  }

  private void replay(List<Write<?>> works, Throwable failure) {
    try {
      session.rollback();
    } catch (SQLException stuck) {
      LOG.error("the transaction could not be rolled back", stuck);
      failure.addSuppressed(stuck);
    }
    if (works.size() == 1) {
      works.getFirst().fail(asThrown(failure));
      return;
    }
    for (Write<?> write : works) {
      commitSome(List.of(write));
    }
  }

  private static Throwable asThrown(Throwable failure) {
    return failure instanceof SQLException sql ? Errors.of(sql, "at COMMIT") : failure;
  }

  private static void failAll(List<Write<?>> works, StoreException failure) {
    for (Write<?> write : works) {
      if (!write.isDone()) {
        write.fail(failure);
      }
    }
  }

  /** Waits for the queued writes and ends the thread. Writes that come later are refused. */
  void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      // The queue may be full; then the writer is awake anyway.
      var _ = queue.offer(last);
      try {
        thread.join(Duration.ofMillis(100));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void refuseQueued() {
    for (Write<?> write = queue.poll(); write != null; write = queue.poll()) {
      write.fail(closed());
    }
  }

  private static StoreException closed() {
    return new StoreException(Reason.CLOSED, "the store is closed; nothing was written");
  }
}
