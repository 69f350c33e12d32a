package dev.millrace.store.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Live events of this process, for pages that are open. Begins with the next commit, keeps nothing
 * over a restart, and never holds the writer up: who does not keep up gets {@link Missed} and reads
 * the rest from the journal. Thread-safe.
 */
public final class Subscription implements AutoCloseable {
  private final Set<String> types;
  private final int capacity;
  private final Consumer<Subscription> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private @Nullable Cursor missedAfter;
  private @Nullable Cursor last;
  private boolean closed;

  /** What a subscriber gets. */
  public sealed interface Delivery permits Delivered, Missed {}

  public record Delivered(Event event) implements Delivery {}

  /**
   * Events were dropped because the subscriber was slow.
   *
   * @param after read the journal after this, then take the next delivery; pass over those that the
   *     journal gave already, by their cursors
   */
  public record Missed(Cursor after) implements Delivery {}

  Subscription(Set<String> types, int capacity, Consumer<Subscription> onClose) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a subscription's capacity is 1 or more, not " + capacity);
    }
    this.types = Set.copyOf(types);
    this.capacity = capacity;
    this.onClose = onClose;
  }

  /** Called on the writer's thread; never waits for the subscriber. */
  void offer(Event event) {
    if (!types.isEmpty() && !types.contains(event.type())) {
      return;
    }
    lock.lock();
    try {
      if (closed || missedAfter != null) {
        return;
      }
      if (events.size() >= capacity) {
        // What waits is still in order: the gap begins behind it.
        missedAfter = last;
      } else {
        events.add(event);
        last = event.cursor();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event, waiting for it.
   *
   * @return empty after {@code timeout}, or when the subscription is closed
   */
  public Optional<Delivery> next(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (events.isEmpty() && missedAfter == null && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      Event event = events.poll();
      if (event != null) {
        return Optional.of(new Delivered(event));
      }
      Cursor gap = missedAfter;
      missedAfter = null;
      return Optional.ofNullable(gap).map(Missed::new);
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscription; a waiting {@link #next} returns. */
  @Override
  public void close() {
    onClose.accept(this);
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
