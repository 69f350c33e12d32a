package dev.millrace.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
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
 * meanwhile. So passes are made until little is left, and then the writer is held between two
 * commits, for a few milliseconds at a time, while that rest is folded. If readers never leave a
 * gap, they are held, too, once the log has outgrown its length by far.
 */
final class Folding {
  private static final Logger LOG = LoggerFactory.getLogger(Folding.class);
  private static final long PAGE_BYTES = 4096;

  /** How soon the log is looked at again when somebody writes, and when nobody does. */
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After a round that a reader or a fault made vain, unless the log has grown as much again. */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So few pages are folded in the few milliseconds for which the writer may be held. */
  private static final int REST_PAGES = 50;

  /**
   * The file of the log is cut by so much at a time: a cut takes the file system 0.6 ms a megabyte.
   */
  private static final long CUT_BYTES = 8L << 20;

  private static final int PASSES = 4;
  private static final int HELD_PASSES = 50;

  /** The writer is held for no longer than this at a time. */
  private static final Duration HOLD = Duration.ofMillis(10);

  /** Reads and this thread wait no longer than this for each other and for the writer. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final long threshold;
  private final long rest;
  private final long bigBytes;
  private final long warnBytes;
  private final StoreFiles files;
  private final LogRoom room;
  private final Session session;
  private final Writer writer;
  private final Readers readers;
  private final HealthBoard board;
  private final LongSupplier ticker;
  private final Thread thread;
  private volatile boolean closing;

  // Only the thread uses these.
  private Position seen;
  private boolean used;
  private long triedFrames;
  private long triedAt;
  private long shortAt;

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
    this.room = new LogRoom(files, writer, threshold * PAGE_BYTES);
    this.session = session;
    this.writer = writer;
    this.readers = readers;
    this.board = board;
    this.ticker = ticker;
    this.seen = writer.position();
    this.triedAt = ticker.getAsLong();
    this.shortAt = triedAt;
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
        StoreException said = Errors.of(failure, "tried again every second");
        board.folding(
            Finding.of(
                "store-folding-fails",
                said,
                "the write-ahead log could not be folded into the file and grows: "
                    + said.getMessage()));
        LockSupport.parkNanos(AGAIN_NANOS);
      } catch (RuntimeException bug) {
        LOG.error("folding the write-ahead log failed; this is a bug", bug);
        LockSupport.parkNanos(AGAIN_NANOS);
      }
      used |= written;
      boolean growing = used && room.grow();
      if (!closing) {
        LockSupport.parkNanos(written || growing ? BUSY_NANOS : IDLE_NANOS);
      }
    }
    try {
      session.close();
    } catch (SQLException ignored) {
      // The process lets go of the file in any case.
    }
  }

  private void look() throws SQLException {
    boolean big = files.logBytes() > bigBytes;
    Fill fill = session.logFill();
    if (fill.frames() < threshold && !big) {
      triedFrames = 0;
    } else if (isDue(fill)) {
      fold(fill, big);
      triedFrames = session.logFill().frames();
      triedAt = ticker.getAsLong();
    }
    board.log(tooLong());
  }

  private boolean isDue(Fill fill) {
    boolean beganAnew = fill.frames() < triedFrames;
    return beganAnew
        || fill.frames() >= triedFrames + threshold
        || ticker.getAsLong() - triedAt >= AGAIN_NANOS;
  }

  /** Folds what can be, and all of it if nobody is in the way. */
  private void fold(Fill before, boolean big) throws SQLException {
    Fill fill = before;
    for (int pass = 0; pass < PASSES && (pass == 0 || fill.rest() > rest); pass++) {
      session.fold("PASSIVE");
      fill = session.logFill();
    }
    if (fill.folded() >= before.frames()) {
      foldRest(big ? HELD_PASSES : 2, false);
    } // Otherwise a reader is in the way, and holding the writer is of no use.
    if (big) {
      beginAnewWithoutReaders();
    }
  }

  /** Folds what is left while the writer is held, so that nothing is added meanwhile. */
  private void foldRest(int passes, boolean cut) throws SQLException {
    boolean whole = false;
    for (int pass = 0; pass < passes && !whole; pass++) {
      try (WriterChores.Pause pause = writer.pause(HOLD)) {
        if (!pause.begins(PATIENCE)) {
          return;
        }
        session.fold("PASSIVE");
        whole = session.logFill().rest() == 0;
        if (whole && cut) {
          writer.cutLog(pause, Math.max(0, files.logBytes() - CUT_BYTES), PATIENCE);
        }
      }
    }
  }

  /** Reads that never leave a gap keep the log from beginning anew, so they wait for a moment. */
  private void beginAnewWithoutReaders() throws SQLException {
    try {
      if (readers.pauseUntilIdle(PATIENCE)) {
        foldRest(1, true);
      }
    } finally {
      readers.resume();
    }
  }

  /** What to say of a log that stays too long; one that is about to be cut is none of it. */
  private @Nullable Finding tooLong() {
    long bytes = files.logBytes();
    long now = ticker.getAsLong();
    if (bytes <= warnBytes) {
      shortAt = now;
    }
    if (now - shortAt < AGAIN_NANOS) {
      return null;
    }
    String text =
        "the write-ahead log is "
            + (bytes >> 20)
            + " MB long, because a reader keeps its snapshot: %s; end it, or read in smaller"
            + " pieces";
    return readers
        .oldest()
        .map(read ->
            new Finding(
                "store-log-long",
                Map.of("bytes", bytes, "for", read.age().toString(), "caller", read.caller()),
                text.formatted("the oldest reads for " + read.age() + " at " + read.caller())))
        .orElseGet(() ->
            new Finding(
                "store-log-held-elsewhere",
                Map.of("bytes", bytes),
                text.formatted("none of this process, so look for another process")));
  }

  /** Ends the thread and closes its connection. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    Watch.awaitEnd(thread);
  }
}
