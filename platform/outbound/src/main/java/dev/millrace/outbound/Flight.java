package dev.millrace.outbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A download under way that several callers may wait for. It is given up when the last of them
 * leaves. Thread-safe; guarded by itself.
 *
 * <p>It runs on a virtual thread of its own, because the first caller's interruption must not stop
 * what the others wait for.
 */
final class Flight {
  final CompletableFuture<Fetched> outcome = new CompletableFuture<>();
  final Tally tally = new Tally();
  private final CountDownLatch landed = new CountDownLatch(1);
  private final ContentCache cache;
  private int waiters;
  private boolean givenUp;
  private @Nullable String pinned;
  private @Nullable Thread thread;

  Flight(ContentCache cache) {
    this.cache = cache;
  }

  /** Takes off after {@code before} has landed: both use the same part file. */
  void start(String name, @Nullable Flight before, Fetch fetch, Runnable afterLanding) {
    Thread started =
        Thread.ofVirtual()
            .name(name)
            .unstarted(() -> {
              try {
                fly(before, fetch);
              } finally {
                afterLanding.run();
                landed.countDown();
              }
            });
    synchronized (this) {
      thread = started;
      if (!givenUp) {
        started.start();
        return;
      }
    }
    outcome.completeExceptionally(new InterruptedException("given up before it began"));
    afterLanding.run();
    landed.countDown();
  }

  private void fly(@Nullable Flight before, Fetch fetch) {
    try {
      if (before != null) {
        before.landed.await();
      }
      Fetched fetched = fetch.run();
      keep(fetched.sha256());
      outcome.complete(fetched);
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  /** False if it is too late: the download was given up, or has ended. */
  synchronized boolean join() {
    if (givenUp || outcome.isDone()) {
      return false;
    }
    waiters++;
    return true;
  }

  /** Whoever joined leaves once, whatever the outcome. */
  void leave() {
    String unpin = null;
    synchronized (this) {
      waiters--;
      if (waiters > 0) {
        return;
      }
      if (!outcome.isDone()) {
        giveUp();
      }
      unpin = pinned;
      pinned = null;
    }
    if (unpin != null) {
      cache.unpin(unpin);
    }
  }

  /** Ends it for all who wait. */
  synchronized void giveUp() {
    givenUp = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  void awaitLanding() throws InterruptedException {
    landed.await();
  }

  /** The content stays in the cache until those who wait have their copies. */
  private synchronized void keep(String sha256) {
    if (waiters > 0) {
      cache.pin(sha256);
      pinned = sha256;
    }
  }
}
