package dev.millrace.tasks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is where nothing runs by itself. Queues offer their slots here, and one thread at a
 * time works. It does not begin anew while it keeps the books of a run, but inside of a handler it
 * does. Thread-safe.
 */
final class Stepper {
  private static final int DEEPEST = 50;

  private final ConcurrentLinkedQueue<TaskQueue> slots = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by the lock, as are the runs. */
  private boolean keepsBooks;

  private final Deque<LiveRun> runs = new ArrayDeque<>();

  /** A slot is free to run what {@code queue} has. */
  void offer(TaskQueue queue) {
    slots.add(queue);
  }

  @Nullable TaskQueue slot() {
    return slots.poll();
  }

  /** Does {@code work} if it is this thread's turn, else nothing. */
  <T> Optional<T> work(Supplier<Optional<T>> work) {
    if (!turn.tryLock()) {
      return Optional.empty();
    }
    try {
      if (keepsBooks || runs.size() >= DEEPEST) {
        return Optional.empty();
      }
      keepsBooks = true;
      try {
        return work.get();
      } finally {
        keepsBooks = false;
      }
    } finally {
      turn.unlock();
    }
  }

  /** Runs a handler, which may have others run inside of it. */
  <T extends @Nullable Object> T handle(LiveRun run, Callable<T> handler) throws Exception {
    runs.push(run);
    keepsBooks = false;
    try {
      return handler.call();
    } finally {
      keepsBooks = true;
      runs.pop();
    }
  }

  /** The run whose handler is at work on this thread, if one is. */
  @Nullable LiveRun current() {
    return runs.peek();
  }
}
