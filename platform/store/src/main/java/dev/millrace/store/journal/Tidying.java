package dev.millrace.store.journal;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops events that all followers have handled and nobody asks for any more, and beyond the limits
 * of size and age also others, whose followers are lost then. Works in small pieces, so that the
 * writer is not held.
 */
final class Tidying {
  private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);
  private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST_ROWS = 2_000;

  private final Store store;
  private final JournalConfig config;
  private final Listeners listeners;
  private final InstantSource clock;
  private int rows = 50;

  Tidying(Store store, JournalConfig config, Listeners listeners, InstantSource clock) {
    this.store = store;
    this.config = config;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** Does what is due. */
  synchronized void run() throws InterruptedException {
    for (FollowerLoop loop : listeners.followers()) {
      loop.save();
    }
    long limit = store.<Long, RuntimeException>read(view -> beyondLimits(view));
    if (limit > 0) {
      lose(limit);
    }
    long handled = store.<Long, RuntimeException>read(view -> handledAndOld(view));
    trim(Math.max(limit, handled));
  }

  private long beyondLimits(Snapshot view) {
    long oldestMillis = clock.millis() - config.maxAge().toMillis();
    long mostBytes = JournalTable.newest(view).totalBytes() - config.maxBytes();
    return JournalTable.lastWhere(
        view, row -> row.atMillis() < oldestMillis || row.totalBytes() <= mostBytes);
  }

  private long handledAndOld(Snapshot view) {
    long keptMillis = clock.millis() - config.keep().toMillis();
    long old = JournalTable.lastWhere(view, row -> row.atMillis() < keptMillis);
    for (FollowerTable.Saved follower : FollowerTable.all(view)) {
      if (follower.state() != FollowerState.LOST) {
        boolean whole = follower.index() == Cursor.ALL;
        old = Math.min(old, whole ? follower.number() : follower.number() - 1);
      }
    }
    return old;
  }

  private void lose(long number) {
    for (FollowerLoop loop : listeners.followers()) {
      FollowerStatus status = loop.status();
      if (status.state() != FollowerState.LOST && status.asOf().number() < number) {
        loop.lose("events up to commit " + number + " went beyond the limits of the journal");
      }
    }
    Set<String> running =
        listeners.followers().stream().map(FollowerLoop::name).collect(Collectors.toSet());
    store.write(tx -> FollowerTable.loseOthers(tx, number, running, clock.millis()));
  }

  private void trim(long number) {
    if (number <= 0) {
      return;
    }
    int deleted;
    do {
      int piece = rows;
      long from = System.nanoTime();
      deleted = store.compute(tx -> JournalTable.trim(tx, number, piece)).value();
      long took = System.nanoTime() - from;
      // Includes the wait for the writer, so a busy one gets smaller pieces.
      rows = took > PIECE_NANOS ? Math.max(10, piece / 2) : Math.min(MOST_ROWS, piece * 2);
      if (deleted < piece) {
        return;
      }
    } while (deleted > 0);
  }

  /** Runs again and again until the thread is interrupted or the store is closed. */
  void runUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(Duration.ofMillis(config.tidyEvery().toMillis()));
        run();
      } catch (InterruptedException stopped) {
        return;
      } catch (StoreException failure) {
        if (failure.reason() == StoreException.Reason.CLOSED
            || failure.reason() == StoreException.Reason.INTERRUPTED) {
          return;
        }
        LOG.warn("old events could not be dropped; tried again later", failure);
      }
    }
  }
}
