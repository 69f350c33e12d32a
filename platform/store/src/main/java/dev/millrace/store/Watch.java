package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks after the store once a second: stops reads that run too long, asks for the
 * plans of slow statements, and lets the writer look for foreign writes when it has nothing to do.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StoreConfig config;
  private final Writer writer;
  private final Readers readers;
  private final SlowStatements slow;
  private final Thread thread;
  private volatile boolean closing;

  Watch(StoreConfig config, Writer writer, Readers readers, SlowStatements slow) {
    this.config = config;
    this.writer = writer;
    this.readers = readers;
    this.slow = slow;
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
  }

  private void look() {
    stopLongReads();
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

  private void plans() {
    for (SlowStatements.Entry entry : slow.unplanned()) {
      String sql = slow.sql(entry);
      slow.planned(entry, readers.plan(sql));
    }
  }

  void close() {
    closing = true;
    LockSupport.unpark(thread);
    awaitEnd(thread);
  }

  /**
   * Waits for the end of a thread that was told to stop, however often the caller is interrupted.
   */
  static void awaitEnd(Thread thread) {
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
