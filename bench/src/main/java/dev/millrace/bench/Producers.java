package dev.millrace.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Callers that each repeat one blocking operation, waiting for its answer before the next: a closed
 * loop. The rate counts what finished inside the window, with all callers running before and after
 * it.
 */
public final class Producers {
  private final int count;
  private final ThreadFactory threads;

  private Producers(int count, ThreadFactory threads) {
    this.count = count;
    this.threads = threads;
  }

  public static Producers platform(int count) {
    return new Producers(count, Thread.ofPlatform().name("producer-", 0).factory());
  }

  public static Producers virtual(int count) {
    return new Producers(count, Thread.ofVirtual().name("producer-", 0).factory());
  }

  /** One operation of one caller; blocks until it is done. */
  @FunctionalInterface
  public interface Operation {
    void once() throws Exception;
  }

  /** Returns operations per second. A caller's failure ends the run and is thrown here. */
  public double rate(Duration warmUp, Duration window, Operation operation) throws Exception {
    Crew crew = new Crew(operation);
    for (int i = 0; i < count; i++) {
      crew.start(i);
    }
    try {
      crew.sleep(warmUp);
      long startCount = crew.done();
      long start = System.nanoTime();
      crew.sleep(window);
      long finished = crew.done() - startCount;
      return finished / ((System.nanoTime() - start) / 1e9);
    } finally {
      crew.stop();
    }
  }

  private final class Crew {
    /** A cache line each, so that counting does not make the callers meet. */
    private static final int STRIDE = 16;

    private final Operation operation;
    private final AtomicLongArray counts = new AtomicLongArray(count * STRIDE);
    private final CountDownLatch ended = new CountDownLatch(count);
    private final CompletableFuture<Boolean> failure = new CompletableFuture<>();
    private volatile boolean stopped;

    Crew(Operation operation) {
      this.operation = operation;
    }

    void start(int index) {
      threads.newThread(() -> work(index * STRIDE)).start();
    }

    private void work(int cell) {
      try {
        while (!stopped) {
          operation.once();
          counts.setOpaque(cell, counts.getPlain(cell) + 1);
        }
      } catch (Exception e) {
        failure.completeExceptionally(e);
      } finally {
        ended.countDown();
      }
    }

    long done() {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        sum += counts.getOpaque(i * STRIDE);
      }
      return sum;
    }

    /** Waits for {@code duration}, or throws at once what a caller has failed with. */
    void sleep(Duration duration) throws Exception {
      try {
        failure.get(duration.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Nobody failed, which is what a future that only ever fails can say.
      }
    }

    void stop() throws InterruptedException {
      stopped = true;
      ended.await();
    }
  }
}
