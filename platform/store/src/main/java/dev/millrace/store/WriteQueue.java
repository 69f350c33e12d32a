package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where writes wait for the writer, up to a limit. Thread-safe; one thread takes.
 *
 * <p>Closing loses none: who queues after the last look of the taker sees {@code ended} and clears
 * the queue itself, who queues before it is found by the taker.
 */
final class WriteQueue {
  private final int limit;
  private final Duration wait;
  private final ArrayBlockingQueue<Write<?>> waiting;

  /** Wakes the taker and means nothing else. */
  private final Write<?> nudge = new Write<@Nullable Void>(_ -> null);

  private volatile boolean closing;
  private volatile boolean ended;

  WriteQueue(int limit, Duration wait) {
    this.limit = limit;
    this.wait = wait;
    this.waiting = new ArrayBlockingQueue<>(limit + 1);
  }

  /**
   * Queues a write, waiting for a place if there is none.
   *
   * @throws StoreException if no place came up, the thread was interrupted, or the store is closed
   */
  void put(Write<?> write) {
    if (closing) {
      throw closed();
    }
    if (!waiting.offer(write)) {
      putWaiting(write);
    }
    if (ended) {
      refuseAll();
    }
  }

  private void putWaiting(Write<?> write) {
    try {
      if (!waiting.offer(write, wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StoreException(
            Reason.LIMIT,
            limit
                + " writes wait already and none was taken for "
                + wait
                + "; write less at once, in larger works, or raise queuedWrites");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Reason.INTERRUPTED,
          "interrupted while the queue of writes was full; nothing was written",
          interrupted);
    }
  }

  /**
   * Waits for something to do, which may be no write but a nudge.
   *
   * @return false when the queue is closed and empty
   */
  boolean take(List<Write<?>> into, int most) throws InterruptedException {
    if (closing && waiting.isEmpty()) {
      return false;
    }
    into.add(waiting.take());
    takeMore(into, most - 1);
    into.removeIf(nudge::equals);
    return true;
  }

  /** Takes what waits now; false if nothing does. */
  boolean takeMore(List<Write<?>> into, int most) {
    return waiting.drainTo(into, most) > 0;
  }

  /** Makes the taker look up. A full queue does that by itself. */
  void nudge() {
    var _ = waiting.offer(nudge);
  }

  int size() {
    return waiting.size();
  }

  /** Refuses writes from now on; those that wait are still taken. */
  void close() {
    closing = true;
    nudge();
  }

  /** The taker takes no more. */
  void end() {
    ended = true;
    refuseAll();
  }

  private void refuseAll() {
    for (Write<?> write = waiting.poll(); write != null; write = waiting.poll()) {
      write.fail(closed());
    }
  }

  private static StoreException closed() {
    return new StoreException(Reason.CLOSED, "the store is closed; nothing was written");
  }
}
