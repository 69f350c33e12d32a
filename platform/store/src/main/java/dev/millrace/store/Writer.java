package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * fails. When anything throws, the whole transaction is rolled back and its works run again: the
 * one that threw in a transaction of its own, the others together, or each alone if it is not clear
 * who is to blame. So only those that fail by themselves fail.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /** After so many roll-backs because of others, a work runs alone. */
  private static final int SETBACKS = 3;

  private final StoreConfig config;
  private final Session session;
  private final LongSupplier ticker;
  private final HealthBoard board;
  private final WriterMeters meters;
  private final WriteQueue queue;
  private final WriterChores chores;
  private final List<CommitHook> hooks = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile Position position;

  Writer(
      StoreConfig config,
      Session session,
      Position position,
      LongSupplier ticker,
      HealthBoard board,
      WriterMeters meters)
      throws SQLException {
    this.config = config;
    this.session = session;
    this.position = position;
    this.ticker = ticker;
    this.board = board;
    this.meters = meters;
    this.chores = new WriterChores(session, ticker, board, meters);
    this.queue = new WriteQueue(config.queuedWrites(), config.queueWait());
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
    queue.put(write);
    write.awaitDone();
    return write.outcome();
  }

  private void runUntilClosed() {
    var works = new ArrayList<Write<?>>(config.groupWorks());
    boolean open = true;
    while (open) {
      try {
        open = queue.take(works, config.groupWorks());
        chores.run();
        commitAll(works, 0);
      } catch (InterruptedException ignored) {
        // Nobody is meant to interrupt this thread; a work that does stops nothing.
      } catch (RuntimeException | Error bug) {
        LOG.error("the writer failed outside any work; this is a bug", bug);
        failAll(works, new StoreException(Reason.INTERNAL, "the writer failed: " + bug, bug));
      }
      works.clear();
    }
    queue.end();
  }

  /** Has the writer look for foreign writes now, though nobody writes. */
  void lookForForeignWrites() {
    chores.askToLook();
    queue.nudge();
  }

  /**
   * Cuts the write-ahead log, all of which was folded during {@code pause}, and ends the pause: the
   * cut is asked for before, so that no commit comes between. Waits for it.
   *
   * @param bytes of the log's file that stay
   */
  void cutLog(WriterChores.Pause pause, long bytes, Duration patience) {
    WriterChores.Pause cut = chores.askToCutLog(bytes);
    pause.close();
    queue.nudge();
    if (!cut.begins(patience)) {
      LOG.debug("the writer was too busy to begin the log anew");
    }
  }

  /** Has the writer make the log's file longer, and waits for it. */
  void growLog(Runnable work, Duration patience) {
    WriterChores.Pause grown = chores.askToGrowLog(work);
    queue.nudge();
    if (!grown.begins(patience)) {
      LOG.debug("the writer was too busy to make the log longer");
    }
  }

  /** Has the writer pause between two commits, but not for longer than {@code most}. */
  WriterChores.Pause pause(Duration most) {
    WriterChores.Pause pause = chores.askToPause(most);
    queue.nudge();
    return pause;
  }

  /**
   * Commits in as many groups as the time of a group asks for.
   *
   * @param setbacks how often these works were rolled back because of others
   */
  private void commitAll(List<Write<?>> works, int setbacks) {
    int from = 0;
    while (from < works.size()) {
      from += commitSome(works.subList(from, works.size()), setbacks);
    }
  }

  /** Commits the first works, those that fit into the time of one group; returns how many. */
  private int commitSome(List<Write<?>> works, int setbacks) {
    Commit commit = new Commit(session, position);
    long begin = ticker.getAsLong();
    try {
      session.begin();
    } catch (SQLException failure) {
      StoreException refused = Errors.ofControl(failure, "at the begin of a transaction");
      board.failed(refused);
      failAll(works, refused);
      return works.size();
    }
    long deadline = begin + config.groupTime().toNanos();
    int ran = 0;
    Write<?> running = null;
    boolean ending = false;
    try {
      do {
        running = works.get(ran++);
        run(running, commit);
      } while (ticker.getAsLong() - deadline < 0
          && (ran < works.size() || joined(works, setbacks)));
      running = null;
      end(commit);
      ending = true;
      session.commit();
    } catch (Exception | Error failure) {
      rollback(failure);
      if (!(ending && stands(commit))) {
        commit.runAfterRollback();
        again(works.subList(0, ran), running, failure, setbacks);
        return ran;
      }
      LOG.warn("COMMIT was reported as failed, but the commit stands", failure);
    }
    board.committed();
    meters.committed(ran, ticker.getAsLong() - begin);
    publish(commit, works.subList(0, ran));
    return ran;
  }

  /**
   * Takes in writes that came while the group ran; those that had setbacks stay among themselves.
   */
  private boolean joined(List<Write<?>> works, int setbacks) {
    return setbacks == 0
        && works.size() < config.groupWorks()
        && queue.takeMore(works, config.groupWorks() - works.size());
  }

  private void run(Write<?> write, Commit commit) throws Exception {
    long from = ticker.getAsLong();
    session.asks(write);
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
    session.asks(null);
    commit.finishShares();
    commit.runHooks(hooks);
    if (session.transactionLost()) {
      throw new StoreException(
          Reason.STATEMENT,
          "a statement made the database end the transaction, and the work went on; let such an "
              + "exception leave the work");
    }
    HistoryTable.advance(session, commit.number());
  }

  /**
   * Whether a commit is there although COMMIT threw, so that its works must not run again. SQLite
   * does not do that, but a driver or a file system that loses an answer does.
   */
  private boolean stands(Commit commit) {
    try {
      session.begin();
      Position there = HistoryTable.load(new SnapshotView.Plain(session));
      session.rollback();
      return there.equals(commit.position());
    } catch (SQLException | StoreException failure) {
      LOG.debug("it cannot be told whether the commit stands", failure);
      return false;
    }
  }

  private void publish(Commit commit, List<Write<?>> works) {
    // The actions first: who sees the position may rely on what they did.
    commit.runAfterCommit();
    position = commit.position();
    for (Write<?> write : works) {
      write.committed(position);
    }
  }

  private void rollback(Throwable failure) {
    try {
      session.rollback();
    } catch (SQLException stuck) {
      LOG.error("the transaction could not be rolled back", stuck);
      failure.addSuppressed(stuck);
    }
  }

  /**
   * Runs works again that were rolled back: the one that threw alone and those before it together,
   * while those behind it have not run yet and begin a group of their own. So one failure costs its
   * neighbours little. When it is not clear who is to blame, or they fail again and again, each
   * runs alone.
   */
  private void again(
      List<Write<?>> works, @Nullable Write<?> culprit, Throwable failure, int setbacks) {
    if (works.size() == 1) {
      Throwable thrown = asThrown(failure);
      board.failed(thrown);
      meters.failed();
      works.getFirst().fail(thrown);
    } else if (culprit != null && setbacks < SETBACKS) {
      List<Write<?>> others = new ArrayList<>(works);
      others.remove(culprit);
      commitAll(others, setbacks + 1);
      commitSome(List.of(culprit), SETBACKS);
    } else {
      for (Write<?> write : works) {
        commitSome(List.of(write), SETBACKS);
      }
    }
  }

  private static Throwable asThrown(Throwable failure) {
    return failure instanceof SQLException sql ? Errors.ofControl(sql, "at COMMIT") : failure;
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
    queue.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
