package dev.millrace.tasks;

import dev.millrace.store.Finding;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what has happened already and must not be lost: while the database cannot take it, because
 * the disk is full or fails, it waits and tries again. Thread-safe.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** What no work is to blame for, and somebody may mend while it waits. */
  static final Set<Reason> DISK =
      EnumSet.of(Reason.DISK_FULL, Reason.READ_ONLY, Reason.LOCKED, Reason.IO);

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable StoreException latest;

  /** A call that writes. */
  interface Call<T extends @Nullable Object, E extends Exception> {
    T run() throws E;
  }

  /**
   * Runs {@code call} until the database has taken it.
   *
   * @param reasons the failures to wait out; others are thrown on
   * @param givenUp asked after a failure: if it says so, the failure is thrown on
   */
  <T extends @Nullable Object, E extends Exception> T insist(
      Set<Reason> reasons, BooleanSupplier givenUp, Call<T, E> call)
      throws E, InterruptedException {
    boolean waits = false;
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        try {
          return call.run();
        } catch (StoreException failure) {
          if (!reasons.contains(failure.reason()) || givenUp.getAsBoolean()) {
            throw failure;
          }
          latest = failure;
          if (!waits) {
            waits = true;
            began(failure);
          }
        }
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    } finally {
      if (waits) {
        ended();
      }
    }
  }

  private void began(StoreException failure) {
    if (waiting.getAndIncrement() == 0) {
      LOG.warn("the database takes nothing; what tasks have done waits to be written", failure);
    }
  }

  private void ended() {
    if (waiting.decrementAndGet() == 0) {
      LOG.info("nothing that tasks have done waits for the database any more");
    }
  }

  /** Why something waits to be written, and what to do; nothing if nothing waits. */
  Optional<Finding> trouble() {
    StoreException failure = latest;
    return waiting.get() == 0 || failure == null
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "tasks-outcomes-wait",
                failure,
                "what tasks have done waits to be written: " + failure.getMessage()));
  }
}
