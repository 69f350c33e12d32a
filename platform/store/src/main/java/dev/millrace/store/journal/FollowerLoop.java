package dev.millrace.store.journal;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one follower. It sleeps until a commit with events wakes it, reads a batch, and
 * handles it in the commit that also moves its place. Nothing is polled.
 *
 * <p>{@code lock} guards the state that others see; it is never held while the store is called.
 */
final class FollowerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(FollowerLoop.class);

  /** Commits without an event for this follower that it passes before it saves its place. */
  private static final long SKIPS_UNSAVED = 500;

  private static final Duration SAVE_PATIENCE = Duration.ofSeconds(1);

  private final Store store;
  private final FollowerSpec spec;
  private final Listeners listeners;
  private final InstantSource clock;
  private final SplittableRandom jitter = new SplittableRandom();
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  // Guarded by lock.
  private Cursor at;
  private FollowerState state;
  private int attempts;
  private @Nullable String failure;

  /** What the table says, which may be behind. */
  private Cursor saved;

  /** Raised by a new place, so that a batch read before is not handled after. */
  private long generation;

  private volatile boolean closing;

  private volatile boolean saveWanted;
  private volatile Runnable onClose = () -> {};

  FollowerLoop(
      Store store,
      FollowerSpec spec,
      Listeners listeners,
      InstantSource clock,
      FollowerTable.Saved begin) {
    this.store = store;
    this.spec = spec;
    this.listeners = listeners;
    this.clock = clock;
    this.at = begin.cursor(store.position().history());
    this.saved = at;
    this.state = begin.state();
    this.failure = begin.failure();
    this.thread = Thread.ofVirtual().name("follower-" + spec.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Cheap, for the writer's thread. */
  void wake() {
    LockSupport.unpark(thread);
  }

  String name() {
    return spec.name();
  }

  private void run() {
    while (!closing) {
      try {
        saveIfWanted();
        if (state() != FollowerState.RUNNING || !behind()) {
          LockSupport.park(this);
        } else {
          step();
        }
      } catch (RuntimeException | Error unexpected) {
        if (unexpected instanceof StoreException refused && refused.reason() == Reason.CLOSED) {
          break;
        }
        LOG.error("follower {} failed outside its handler; it goes on", name(), unexpected);
        pause(spec.mostBackOff());
      }
    }
  }

  private FollowerState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  private boolean behind() {
    lock.lock();
    try {
      // The whole newest commit, unless it was handled to its end.
      return at.position().number() < listeners.latest()
          || (at.position().number() == listeners.latest() && at.index() != Cursor.ALL);
    } finally {
      lock.unlock();
    }
  }

  private void step() {
    Stand from = stand();
    EventPage page;
    try {
      page =
          store.<EventPage, RuntimeException>read(
              view -> JournalTable.read(view, from.at(), spec.batch(), spec.types()));
    } catch (GoneException gone) {
      lose(String.valueOf(gone.getMessage()));
      return;
    }
    Cursor next = page.next();
    if (page.items().isEmpty()) {
      long unsaved = next.position().number() - from.saved().position().number();
      arrive(from, next, unsaved >= SKIPS_UNSAVED ? save(from.saved(), next) : from.saved());
      return;
    }
    try {
      handle(page.items(), from.saved(), next);
      arrive(from, next, next);
    } catch (Exception | Error thrown) {
      failed(thrown, from.generation());
    }
  }

  /** Where the loop stands when it begins a step. */
  private record Stand(Cursor at, Cursor saved, long generation) {}

  private Stand stand() {
    lock.lock();
    try {
      return new Stand(at, saved, generation);
    } finally {
      lock.unlock();
    }
  }

  private void handle(List<Event> events, Cursor before, Cursor next) throws Exception {
    if (spec.outside() != null) {
      spec.outside().handle(events);
    }
    store.write(tx -> {
      FollowerTable.advance(tx, name(), before, next, clock.millis());
      if (spec.inside() != null) {
        spec.inside().handle(tx, events);
      }
    });
  }

  private Cursor save(Cursor before, Cursor next) {
    store.write(tx -> FollowerTable.advance(tx, name(), before, next, clock.millis()));
    return next;
  }

  private void arrive(Stand from, Cursor next, Cursor inTable) {
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

  /** Saves the place if commits without events moved it, so that those may be dropped. */
  private void saveIfWanted() {
    if (saveWanted) {
      Stand from = stand();
      if (!from.at().equals(from.saved()) && state() == FollowerState.RUNNING) {
        arrive(from, from.at(), save(from.saved(), from.at()));
      }
      saveWanted = false;
      lock.lock();
      try {
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets the loop save its place; returns when it has, or after a moment if it is busy. */
  void save() throws InterruptedException {
    saveWanted = true;
    wake();
    lock.lockInterruptibly();
    try {
      long left = SAVE_PATIENCE.toNanos();
      while (saveWanted && !closing && left > 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(Throwable thrown, long mine) {
    if (closing
        || stand().generation() != mine
        || (thrown instanceof StoreException refused && refused.reason() == Reason.CLOSED)) {
      return;
    }
    int tried;
    lock.lock();
    try {
      tried = ++attempts;
      failure = thrown.toString();
    } finally {
      lock.unlock();
    }
    if (tried >= spec.attempts()) {
      LOG.error(
          "follower {} is parked at {} after {} attempts", name(), stand().at(), tried, thrown);
      stop(FollowerState.PARKED, thrown.toString());
    } else {
      LOG.warn("follower {} failed at {}, attempt {}", name(), stand().at(), tried, thrown);
      pause(backOff(tried));
    }
  }

  private Duration backOff(int tried) {
    Duration doubled = spec.firstBackOff().multipliedBy(1L << Math.min(tried - 1, 20));
    Duration capped = doubled.compareTo(spec.mostBackOff()) < 0 ? doubled : spec.mostBackOff();
    return capped.dividedBy(2).plusNanos(jitter.nextLong(capped.toNanos() / 2 + 1));
  }

  /** Waits through wake-ups by commits, which are of no interest now. */
  private void pause(Duration time) {
    long mine = stand().generation();
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !closing && stand().generation() == mine) {
      saveIfWanted();
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
  }

  void lose(String why) {
    LOG.error("follower {} is lost: {}; rebuild it", name(), why);
    stop(FollowerState.LOST, why);
  }

  private void stop(FollowerState why, String what) {
    store.write(tx -> FollowerTable.state(tx, name(), why, what, clock.millis()));
    lock.lock();
    try {
      state = why;
      failure = what;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What is in the output: all commits up to here. */
  Position asOf() {
    // In this order: a commit that is told has counted itself among the latest before.
    Position now = store.position();
    lock.lock();
    try {
      Position here = at.position();
      boolean whole = at.index() == Cursor.ALL;
      if (whole && here.number() >= listeners.latest() && state == FollowerState.RUNNING) {
        return now.number() > here.number() ? now : here;
      }
      long number = whole ? here.number() : Math.max(0, here.number() - 1);
      return new Position(here.history(), number);
    } finally {
      lock.unlock();
    }
  }

  FollowerStatus status() {
    Position asOf = asOf();
    long lag = Math.max(0, store.position().number() - asOf.number());
    lock.lock();
    try {
      return new FollowerStatus(name(), state, asOf, lag, attempts, failure);
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
        requireFound();
        if (left <= 0 || closing) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void requireFound() {
    if (state == FollowerState.LOST) {
      throw new FollowerException(
          "follower " + name() + " is lost (" + failure + "); rebuild it before reading from it");
    }
  }

  /** Puts the follower at another place, which the table already has. */
  void placed(Cursor place) {
    lock.lock();
    try {
      generation++;
      at = place;
      saved = place;
      state = FollowerState.RUNNING;
      attempts = 0;
      failure = null;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    wake();
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  /** Ends the thread after the batch it is at. */
  void close() {
    onClose.run();
    closing = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
