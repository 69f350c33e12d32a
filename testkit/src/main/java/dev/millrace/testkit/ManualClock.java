package dev.millrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wall clock that stands still until a test moves it. Thread-safe.
 *
 * <p>Elapsed time is another thing: inject {@code System::nanoTime} or a counter for that.
 */
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;

  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock by {@code step}, which may be negative to play a clock that was set back. */
  public void advance(Duration step) {
    now.updateAndGet(at -> at.plus(step));
  }
}
