package dev.millrace.store;

import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store itself does on the writer's connection, between two commits. */
final class WriterChores {
  private static final Logger LOG = LoggerFactory.getLogger(WriterChores.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Session session;
  private final LongSupplier ticker;
  private final HealthBoard board;
  private final Timer looking;
  private final Timer pausing;
  private final Timer cutting;
  private final Timer growing;
  private final ConcurrentLinkedQueue<Chore> asked = new ConcurrentLinkedQueue<>();

  // Only the writer's thread uses these.
  private String dataVersion;
  private long lookedAt;

  private interface Work {
    void run() throws SQLException;
  }

  private record Chore(Timer timer, Work work) {}

  WriterChores(Session session, LongSupplier ticker, HealthBoard board, WriterMeters meters)
      throws SQLException {
    looking = meters.held("look");
    pausing = meters.held("fold");
    cutting = meters.held("cut");
    growing = meters.held("grow");
    this.session = session;
    this.ticker = ticker;
    this.board = board;
    this.dataVersion = session.dataVersion();
    this.lookedAt = ticker.getAsLong();
  }

  /** Has the writer look for foreign writes though it has nothing to write. */
  void askToLook() {
    asked.add(new Chore(looking, this::look));
  }

  /** Has the writer pause between two commits until it is told to go on, at most for so long. */
  Pause askToPause(Duration most) {
    var pause = new Pause(new CountDownLatch(1), new CountDownLatch(1));
    asked.add(new Chore(pausing, () -> pause.hold(most)));
    return pause;
  }

  /**
   * Has the writer begin the log anew and cut its file to {@code bytes}; what is returned begins
   * when that is done. It is the writer's to do: done by another connection it would look like a
   * foreign write.
   */
  Pause askToCutLog(long bytes) {
    var done = new Pause(new CountDownLatch(1), new CountDownLatch(0));
    asked.add(
        new Chore(
            cutting,
            () -> {
              session.shortenLog(bytes);
              done.hold(Duration.ZERO);
            }));
    return done;
  }

  /**
   * Has the writer do something to the log's file while no process can write to it; what is
   * returned begins when that is done.
   */
  Pause askToGrowLog(Runnable work) {
    var done = new Pause(new CountDownLatch(1), new CountDownLatch(0));
    asked.add(
        new Chore(
            growing,
            () -> {
              session.begin();
              try {
                work.run();
              } finally {
                session.rollback();
              }
              done.hold(Duration.ZERO);
            }));
    return done;
  }

  /** A pause of the writer; closing lets it go on. */
  record Pause(CountDownLatch begun, CountDownLatch over) implements AutoCloseable {
    private void hold(Duration most) {
      begun.countDown();
      try {
        var _ = over.await(most.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException unexpected) {
        // Nobody is meant to interrupt the writer; the pause is over.
      }
    }

    /** Waits for the writer to come to it; false if it does not in time. */
    boolean begins(Duration patience) {
      try {
        return begun.await(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException unexpected) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      over.countDown();
    }
  }

  /** Does what is asked and what is due; called on the writer's thread outside a transaction. */
  void run() {
    if (ticker.getAsLong() - lookedAt > LOOK_NANOS) {
      askToLook();
    }
    for (Chore chore = asked.poll(); chore != null; chore = asked.poll()) {
      long from = ticker.getAsLong();
      try {
        chore.work.run();
      } catch (SQLException failure) {
        LOG.warn("the writer could not look after the file", failure);
      }
      chore.timer.record(ticker.getAsLong() - from, TimeUnit.NANOSECONDS);
    }
  }

  /** The number changes when another connection, of whatever process, has written. */
  private void look() throws SQLException {
    lookedAt = ticker.getAsLong();
    String now = session.dataVersion();
    if (!now.equals(dataVersion)) {
      dataVersion = now;
      board.foreignWrite();
    }
  }
}
