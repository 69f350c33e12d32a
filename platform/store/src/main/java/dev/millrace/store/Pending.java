package dev.millrace.store;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Work that a thread has handed to a thread of the store and waits for. The outcome is written by
 * one thread and published by the volatile {@code done}.
 */
class Pending<T extends @Nullable Object> {
  private final Thread caller = Thread.currentThread();
  private final @Nullable String traceparent =
      StatementLog.TRACEPARENT.isBound() ? StatementLog.TRACEPARENT.get() : null;
  private volatile boolean done;
  private @Nullable T value;
  private @Nullable Throwable failure;

  /** The thread that waits; its stack shows who asked. */
  final Thread caller() {
    return caller;
  }

  /** The trace context of the thread that waits. */
  final @Nullable String traceparent() {
    return traceparent;
  }

  final void succeed(@Nullable T result) {
    value = result;
    done = true;
    LockSupport.unpark(caller);
  }

  final void fail(Throwable cause) {
    failure = cause;
    done = true;
    LockSupport.unpark(caller);
  }

  final boolean isDone() {
    return done;
  }

  /** Waits however often the thread is interrupted, and sets its flag again afterwards. */
  final void awaitDone() {
    boolean interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for at most {@code nanos}, however often the thread is interrupted. */
  final boolean awaitDoneFor(long nanos) {
    boolean interrupted = false;
    long until = System.nanoTime() + nanos;
    for (long left = nanos; !done && left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return done;
  }

  /** Waits; false if the thread was interrupted first, with its flag still set. */
  final boolean awaitDoneOrInterrupted() {
    while (!done) {
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.park(this);
    }
    return true;
  }

  /** What came out, once done. The work declared the exceptions it throws, so they fit here. */
  @SuppressWarnings({"unchecked", "NullAway"})
  final <E extends Exception> T outcome() throws E {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (E) failure;
    }
    return value;
  }
}
