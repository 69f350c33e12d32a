package dev.millrace.tasks;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Callers that wait for the end of a task. Thread-safe. */
final class Waiters {
  private final Map<Long, Set<CountDownLatch>> byKey = new ConcurrentHashMap<>();
  private final boolean patient;

  /**
   * @param patient whether waiting may help, because tasks go on by themselves
   */
  Waiters(boolean patient) {
    this.patient = patient;
  }

  /** Waits for the latch up to that moment of {@link System#nanoTime}; false if it is not over. */
  boolean await(CountDownLatch latch, long deadline) throws InterruptedException {
    return latch.await(patient ? deadline - System.nanoTime() : 0, TimeUnit.NANOSECONDS);
  }

  /** A latch that opens when the task is over. Give it back. */
  CountDownLatch add(long key) {
    var latch = new CountDownLatch(1);
    byKey.compute(
        key,
        (_, waiting) -> {
          Set<CountDownLatch> set = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          set.add(latch);
          return set;
        });
    return latch;
  }

  void remove(long key, CountDownLatch latch) {
    byKey.computeIfPresent(
        key,
        (_, waiting) -> {
          waiting.remove(latch);
          return waiting.isEmpty() ? null : waiting;
        });
  }

  /** Lets all go: nothing is going to end any more. */
  void close() {
    byKey.values().forEach(waiting -> waiting.forEach(CountDownLatch::countDown));
  }

  void finished(long key) {
    if (byKey.isEmpty()) {
      return;
    }
    Set<CountDownLatch> waiting = byKey.get(key);
    if (waiting != null) {
      waiting.forEach(CountDownLatch::countDown);
    }
  }
}
