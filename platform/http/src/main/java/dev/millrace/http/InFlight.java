package dev.millrace.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that are running, so that a stop can wait for them. Thread-safe. */
final class InFlight {
  private final AtomicInteger running = new AtomicInteger();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean stopping;

  /** Counts a request in; returns false if no more are taken. */
  boolean enter() {
    running.incrementAndGet();
    if (stopping) {
      leave();
      return false;
    }
    return true;
  }

  void leave() {
    if (running.decrementAndGet() == 0 && stopping) {
      drained.countDown();
    }
  }

  int count() {
    return running.get();
  }

  /** Takes no more requests, and waits for the running ones; returns whether all have ended. */
  boolean drain(long timeoutNanos) throws InterruptedException {
    stopping = true;
    if (running.get() == 0) {
      return true;
    }
    return drained.await(timeoutNanos, TimeUnit.NANOSECONDS);
  }
}
