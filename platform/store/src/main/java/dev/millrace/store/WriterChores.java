package dev.millrace.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private final ConcurrentLinkedQueue<Chore> asked = new ConcurrentLinkedQueue<>();

  // Only the writer's thread uses these.
  private String dataVersion;
  private long lookedAt;

  private interface Chore {
    void run() throws SQLException;
  }

  WriterChores(Session session, LongSupplier ticker, HealthBoard board) throws SQLException {
    this.session = session;
    this.ticker = ticker;
    this.board = board;
    this.dataVersion = session.dataVersion();
    this.lookedAt = ticker.getAsLong();
  }

  /** Has the writer look for foreign writes though it has nothing to write. */
  void askToLook() {
    asked.add(this::look);
  }

  /** Has the writer fold the rest of the log; says whether nothing is left. */
  CompletableFuture<Boolean> askToFold(String mode) {
    var whole = new CompletableFuture<Boolean>();
    asked.add(() -> {
      try {
        whole.complete(session.fold(mode).rest() == 0);
      } finally {
        whole.complete(false);
      }
    });
    return whole;
  }

  /** Has the writer wait until the latch opens, but not for longer than {@code most}. */
  void askToWait(CountDownLatch latch, Duration most) {
    asked.add(() -> {
      try {
        var _ = latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException unexpected) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Does what is asked and what is due; called on the writer's thread outside a transaction. */
  void run() {
    if (ticker.getAsLong() - lookedAt > LOOK_NANOS) {
      askToLook();
    }
    for (Chore chore = asked.poll(); chore != null; chore = asked.poll()) {
      try {
        chore.run();
      } catch (SQLException failure) {
        LOG.warn("the writer could not look after the file", failure);
      }
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
