package dev.millrace.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that folds the write-ahead log into the file, on a connection of its own, so that no
 * COMMIT does: writing 2,000 scattered pages and syncing them takes longer than the writer may be
 * held.
 *
 * <p>The log begins anew only when all of it is folded, and a busy writer goes on writing
 * meanwhile. So passes are made until little is left, and that rest is folded by the writer itself,
 * between two commits. If it writes faster than this thread folds, it is held up for a few
 * milliseconds at a time. If readers never leave a gap, they are, too, once the log has outgrown
 * its length by far.
 */
final class Folding {
  private static final Logger LOG = LoggerFactory.getLogger(Folding.class);
  private static final long PAGE_BYTES = 4096;

  /** How soon the log is looked at again when somebody writes, and when nobody does. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After a round in vain, for a reader was in the way. */
  private static final long VAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The writer may fold so many pages by itself; it takes a few milliseconds. */
  private static final int REST_PAGES = 256;

  private static final int PASSES = 4;
  private static final int HELD_PASSES = 50;

  /** The writer is held for no longer than this at a time. */
  private static final Duration HOLD = Duration.ofMillis(10);

  /** Reads wait no longer than this for a chance to begin the log anew. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final long threshold;
  private final long rest;
  private final long bigBytes;
  private final long warnBytes;
  private final StoreFiles files;
  private final Session session;
  private final Writer writer;
  private final Readers readers;
  private final HealthBoard board;
  private final LongSupplier ticker;
  private final Thread thread;
  private volatile boolean closing;

  // Only the thread uses these.
  private Position seen;
  private long vainFrames;
  private long vainAt;

  /**
   * How full the log is.
   *
   * @param frames pages in it
   * @param folded how many of them are in the file already
   */
  record Fill(long frames, long folded) {
    long rest() {
      return frames - folded;
    }
  }

  Folding(
      StoreConfig config,
      Session session,
      Writer writer,
      Readers readers,
      HealthBoard board,
      LongSupplier ticker) {
    this.threshold = config.checkpointPages();
    this.rest = Math.min(REST_PAGES, threshold / 2);
    this.bigBytes = Math.min(4 * threshold * PAGE_BYTES, config.walWarnBytes());
    this.warnBytes = config.walWarnBytes();
    this.files = new StoreFiles(config.file());
    this.session = session;
    this.writer = writer;
    this.readers = readers;
    this.board = board;
    this.ticker = ticker;
    this.seen = writer.position();
    this.thread = Thread.ofPlatform().name("store-folding").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      Position now = writer.position();
      boolean written = !now.equals(seen);
      seen = now;
      try {
        look();
        board.folding(null);
      } catch (SQLException failure) {
        board.folding(
            "the write-ahead log could not be folded into the file and grows: "
                + Errors.of(failure, "tried again every second").getMessage());
        LockSupport.parkNanos(VAIN_NANOS);
      } catch (RuntimeException bug) {
        LOG.error("folding the write-ahead log failed; this is a bug", bug);
        LockSupport.parkNanos(VAIN_NANOS);
      }
      if (!closing) {
        LockSupport.parkNanos(written ? BUSY_NANOS : IDLE_NANOS);
      }
    }
    try {
      session.close();
    } catch (SQLException ignored) {
      // The process lets go of the file in any case.
    }
  }

  private void look() throws SQLException {
    long bytes = files.logBytes();
    board.log(bytes > warnBytes ? tooLong(bytes) : null);
    boolean big = bytes > bigBytes;
    Fill fill = session.logFill();
    if (fill.frames() < threshold && !big) {
      vainFrames = 0;
      return;
    }
    boolean again = vainFrames > 0 && fill.frames() >= vainFrames;
    if (again
        && fill.frames() < vainFrames + threshold
        && ticker.getAsLong() - vainAt < VAIN_NANOS) {
      return;
    }
    if (!fold(fill, big)) {
      vainFrames = Math.max(1, fill.frames());
      vainAt = ticker.getAsLong();
    }
  }

  /** Folds what can be; returns whether the log can begin anew. */
  private boolean fold(Fill before, boolean big) throws SQLException {
    Fill fill = before;
    for (int pass = 0; pass < PASSES && (pass == 0 || fill.rest() > rest); pass++) {
      fill = session.fold("PASSIVE");
    }
    for (int pass = 0; big && pass < HELD_PASSES && fill.rest() > rest; pass++) {
      Fill next = foldWhileHeld();
      if (next.folded() <= fill.folded() && next.frames() >= fill.frames()) {
        break; // A reader is in the way, so holding the writer is of no use.
      }
      fill = next;
    }
    if (fill.rest() > rest) {
      return false;
    }
    try {
      return big ? beginAnewWithoutReaders() : writer.foldRest("PASSIVE", PAUSE);
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Fill foldWhileHeld() throws SQLException {
    var folded = new CountDownLatch(1);
    writer.holdUntil(folded, HOLD);
    try {
      return session.fold("PASSIVE");
    } finally {
      folded.countDown();
    }
  }

  private boolean beginAnewWithoutReaders() throws InterruptedException {
    try {
      return readers.pauseUntilIdle(PAUSE) && writer.foldRest("TRUNCATE", PAUSE);
    } finally {
      readers.resume();
    }
  }

  private @Nullable String tooLong(long bytes) {
    Optional<Readers.Running> oldest = readers.oldest();
    return "the write-ahead log is "
        + (bytes >> 20)
        + " MB long, because a reader keeps its snapshot: "
        + oldest
            .map(read -> "the oldest reads for " + read.age() + " at " + read.caller())
            .orElse("none of this process, so look for another process")
        + "; end it, or read in smaller pieces";
  }

  /** Ends the thread and closes its connection. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    Watch.awaitEnd(thread);
  }
}
