package dev.millrace.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that are running, so that a stop can wait for them, hurry those that take too long,
 * and name those that do not end. Thread-safe.
 */
final class InFlight {
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile boolean stopping;

  /** Counts a request in; returns false if no more are taken. */
  boolean enter(Exchange exchange) {
    running.incrementAndGet();
    exchanges.add(exchange);
    if (stopping) {
      leave(exchange);
      return false;
    }
    return true;
  }

  void leave(Exchange exchange) {
    exchanges.remove(exchange);
    if (running.decrementAndGet() == 0 && stopping) {
      drained.countDown();
    }
  }

  /** Takes no more requests, and waits for the running ones; returns whether all have ended. */
  boolean drain(long timeoutNanos) throws InterruptedException {
    stopping = true;
    if (running.get() == 0) {
      return true;
    }
    return drained.await(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /** Interrupts the handlers that are still running; returns how many. */
  int interrupt() {
    int interrupted = 0;
    for (Exchange exchange : exchanges) {
      interrupted += exchange.hurry() ? 1 : 0;
    }
    return interrupted;
  }

  /** What is still running, each with its age. */
  List<String> left() {
    return exchanges.stream().map(Exchange::toString).sorted().toList();
  }
}
