package dev.millrace.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one long native call on a platform thread of its own, because it would hold the carrier of a
 * virtual caller, and in no pool, because it would hold up the short ones there.
 */
final class LongCall<T extends @Nullable Object> extends Pending<T> {
  private final Supplier<T> work;

  private LongCall(Supplier<T> work) {
    this.work = work;
  }

  /** Waits for the outcome, also if the caller is interrupted meanwhile. */
  static <T extends @Nullable Object> T run(String name, Supplier<T> work) {
    var call = new LongCall<T>(work);
    Thread.ofPlatform().name(name).daemon(true).start(call::finish);
    call.awaitDone();
    return call.<RuntimeException>outcome();
  }

  private void finish() {
    try {
      succeed(work.get());
    } catch (RuntimeException | Error failure) {
      fail(failure);
    }
  }
}
