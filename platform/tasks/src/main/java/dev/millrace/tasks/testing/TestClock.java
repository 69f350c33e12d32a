package dev.millrace.tasks.testing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Wall time that only moves when it is moved, and never back. Thread-safe. */
final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now;

  TestClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  void moveTo(Instant to) {
    now.updateAndGet(at -> to.isAfter(at) ? to : at);
  }
}
