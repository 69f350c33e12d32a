package dev.millrace.store.journal;

import dev.millrace.store.Position;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a follower stands, for its loop and for those who ask. Thread-safe: one lock guards
 * everything, and it is never held while the store is called.
 */
final class FollowerPlace {
  private final String name;
  private final Supplier<Position> now;
  private final LongSupplier latest;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  private Cursor at;

  /** What the table says, which may be behind when only commits without events were passed. */
  private Cursor saved;

  private FollowerState state;
  private int attempts;
  private @Nullable String failure;

  /** Raised by a new place, so that a batch read before is not counted after. */
  private long generation;

  private boolean saveWanted;
  private boolean closed;

  /** What a step of the loop begins with. */
  record Stand(Cursor at, Cursor saved, FollowerState state, long generation) {}

  /**
   * @param now the newest committed position
   * @param latest the newest commit that has events
   */
  FollowerPlace(FollowerTable.Saved begin, Supplier<Position> now, LongSupplier latest) {
    this.name = begin.name();
    this.now = now;
    this.latest = latest;
    this.at = begin.cursor(now.get().history());
    this.saved = at;
    this.state = begin.state();
    this.failure = begin.failure();
  }

  Stand stand() {
    lock.lock();
    try {
      return new Stand(at, saved, state, generation);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there are events that it has not seen. */
  boolean isBehind() {
    Cursor here = stand().at();
    // The whole newest commit, unless it was handled to its end.
    return here.position().number() < latest.getAsLong()
        || (here.position().number() == latest.getAsLong() && here.index() != Cursor.ALL);
  }

  /**
   * Moves on past a commit that has nothing for this follower, if it has seen all before that. It
   * is at no step then: a step begins with something that was not seen.
   *
   * @param before the newest commit with events before {@code number}
   * @param mostUnsaved how far it may be ahead of what the table says
   */
  boolean pass(long before, long number, long mostUnsaved) {
    lock.lock();
    try {
      boolean current = at.index() == Cursor.ALL && at.position().number() >= before;
      if (!current
          || state != FollowerState.RUNNING
          || number - saved.position().number() >= mostUnsaved) {
        return false;
      }
      at = Cursor.after(new Position(at.position().history(), number));
      moved.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a step that went well; without effect if the follower was placed elsewhere meanwhile. */
  void arrive(Stand from, Cursor next, Cursor inTable) {
    lock.lock();
    try {
      if (generation == from.generation()) {
        at = next;
        saved = inTable;
        attempts = 0;
        failure = null;
        moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a step that failed.
   *
   * @return how often this place has failed, 0 if that does not count any more
   */
  int fail(Stand from, String what) {
    lock.lock();
    try {
      if (closed || generation != from.generation() || state != FollowerState.RUNNING) {
        return 0;
      }
      failure = what;
      return ++attempts;
    } finally {
      lock.unlock();
    }
  }

  void stop(FollowerState why, String what) {
    lock.lock();
    try {
      state = why;
      failure = what;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Goes on at another place, which the table already has. */
  void place(Cursor elsewhere) {
    lock.lock();
    try {
      generation++;
      at = elsewhere;
      saved = elsewhere;
      state = FollowerState.RUNNING;
      attempts = 0;
      failure = null;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void askToSave() {
    lock.lock();
    try {
      saveWanted = true;
    } finally {
      lock.unlock();
    }
  }

  boolean saveWanted() {
    lock.lock();
    try {
      return saveWanted;
    } finally {
      lock.unlock();
    }
  }

  void saveDone() {
    lock.lock();
    try {
      saveWanted = false;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void awaitSaved(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (saveWanted && !closed && left > 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is in the output: all commits up to here. */
  Position asOf() {
    // In this order: a commit that is told has counted itself among the latest before.
    Position told = now.get();
    lock.lock();
    try {
      Position here = at.position();
      boolean whole = at.index() == Cursor.ALL;
      if (whole && here.number() >= latest.getAsLong() && state == FollowerState.RUNNING) {
        return told.number() > here.number() ? told : here;
      }
      long number = whole ? here.number() : Math.max(0, here.number() - 1);
      return new Position(here.history(), number);
    } finally {
      lock.unlock();
    }
  }

  FollowerStatus status() {
    Position asOf = asOf();
    long lag = Math.max(0, now.get().number() - asOf.number());
    lock.lock();
    try {
      return new FollowerStatus(name, state, asOf, lag, attempts, failure);
    } finally {
      lock.unlock();
    }
  }

  /** The position has been committed, so only the arrival of this follower is waited for. */
  boolean await(Position atLeast, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (!asOf().includes(atLeast)) {
        if (state == FollowerState.LOST) {
          throw new FollowerException(
              "follower " + name + " is lost (" + failure + "); rebuild it before reading from it");
        }
        if (left <= 0 || closed) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
