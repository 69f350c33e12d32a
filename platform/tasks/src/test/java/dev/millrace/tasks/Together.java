package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.testkit.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Has requests of several threads share a commit, in their order. */
final class Together {
  private Together() {}

  /** Runs it on a thread of its own; returns when that waits for the writer. */
  static Thread waiting(Runnable request) throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(request);
    Signal.awaitUntil("it waits", () -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  /** A work that holds the writer until {@code end} is open. */
  static void hold(Store store, CountDownLatch begun, CountDownLatch end) {
    store.write(tx -> {
      begun.countDown();
      try {
        end.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Holds the writer until all requests wait for it, then returns when all are through. */
  static void commit(Store store, Runnable... requests) throws InterruptedException {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var threads = new ArrayList<Thread>(List.of(waiting(() -> hold(store, begun, end))));
    begun.await();
    for (Runnable request : requests) {
      threads.add(waiting(request));
    }
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
