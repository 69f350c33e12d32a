package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks after the store once a second: stops reads that run too long, keeps the
 * write-ahead log short when readers never leave a gap, asks for the plans of slow statements, and
 * lets the writer look for foreign writes when it has nothing to do.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Reads wait no longer than this for a chance to begin the log anew. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final long PAGE_BYTES = 4096;

  private final StoreConfig config;
  private final StoreFiles files;
  private final Writer writer;
  private final Readers readers;
  private final SlowStatements slow;
  private final HealthBoard board;
  private final Session folding;
  private final Thread thread;
  private volatile boolean closing;

  Watch(
      StoreConfig config,
      Writer writer,
      Readers readers,
      SlowStatements slow,
      HealthBoard board,
      Session folding) {
    this.config = config;
    this.files = new StoreFiles(config.file());
    this.writer = writer;
    this.readers = readers;
    this.slow = slow;
    this.board = board;
    this.folding = folding;
    this.thread = Thread.ofPlatform().name("store-watch").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(PERIOD_NANOS);
      if (!closing) {
        try {
          look();
        } catch (StoreException failure) {
          if (failure.reason() != Reason.CLOSED) {
            LOG.warn("looking after the store failed; tried again in a second", failure);
          }
        } catch (RuntimeException bug) {
          LOG.error("looking after the store failed; this is a bug", bug);
        }
      }
    }
    try {
      folding.close();
    } catch (SQLException ignored) {
      // The process lets go of the file in any case.
    }
  }

  private void look() {
    stopLongReads();
    shortenLog();
    plans();
    writer.lookForForeignWrites();
  }

  private void stopLongReads() {
    for (Read<?, ?> read : readers.runningFor(config.readLimit())) {
      var why =
          new StoreException(
              Reason.LIMIT,
              "the read ran longer than "
                  + config.readLimit()
                  + " and was stopped; read in smaller pieces, or raise readLimit");
      LOG.warn("{}: {}", why.getMessage(), Callers.of(read.caller()));
      read.cancel(why);
    }
  }

  /**
   * A commit folds the log by itself, but it can begin anew only at a moment without readers. If it
   * has outgrown its length by far, reads are held up for such a moment.
   */
  private void shortenLog() {
    long folded = 4L * config.checkpointPages() * PAGE_BYTES;
    if (files.logBytes() > Math.min(folded, config.walWarnBytes())) {
      try {
        folding.checkpoint("PASSIVE");
      } catch (SQLException failure) {
        LOG.warn("the write-ahead log could not be folded into the file", failure);
      }
      beginLogAnew();
    }
    long bytes = files.logBytes();
    board.log(bytes > config.walWarnBytes() ? tooLong(bytes) : null);
  }

  private void beginLogAnew() {
    try {
      if (readers.pauseUntilIdle(PAUSE) && !writer.restartLog(PAUSE)) {
        LOG.debug("the writer was too busy to begin the log anew");
      }
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    } finally {
      readers.resume();
    }
  }

  private String tooLong(long bytes) {
    Optional<Readers.Running> oldest = readers.oldest();
    return "the write-ahead log is "
        + (bytes >> 20)
        + " MB long, because a reader keeps its snapshot: "
        + oldest
            .map(read -> "the oldest reads for " + read.age() + " at " + read.caller())
            .orElse("none of this process, so look for another process")
        + "; end it, or read in smaller pieces";
  }

  private void plans() {
    for (SlowStatements.Entry entry : slow.unplanned()) {
      String sql = slow.sql(entry);
      slow.planned(entry, readers.plan(sql));
    }
  }

  void close() {
    closing = true;
    LockSupport.unpark(thread);
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
