package dev.millrace.store.journal;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one follower. It sleeps until a commit with events wakes it, reads a batch, and
 * handles it in the commit that also moves its place. Nothing is polled.
 */
final class FollowerLoop {
  private static final Logger LOG = LoggerFactory.getLogger(FollowerLoop.class);

  /** Commits without an event for this follower that it passes before it saves its place. */
  private static final long SKIPS_UNSAVED = 500;

  private static final Duration SAVE_PATIENCE = Duration.ofSeconds(1);

  /** A handler that is still busy then is interrupted. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Store store;
  private final FollowerSpec spec;
  private final InstantSource clock;
  private final FollowerPlace place;
  private final SplittableRandom jitter = new SplittableRandom();
  private final Thread thread;
  private volatile boolean closing;
  private volatile Runnable onClose = () -> {};

  FollowerLoop(
      Store store,
      FollowerSpec spec,
      Listeners listeners,
      InstantSource clock,
      FollowerTable.Saved begin) {
    this.store = store;
    this.spec = spec;
    this.clock = clock;
    this.place = new FollowerPlace(begin, store::position, listeners::latest);
    this.thread = Thread.ofVirtual().name("follower-" + spec.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether it follows an event of one of these types. */
  boolean isConcerned(Set<String> types) {
    return spec.types().isEmpty() || !Collections.disjoint(spec.types(), types);
  }

  /**
   * Moves on past a commit that does not concern it, without a read; for the writer's thread.
   *
   * @param before the newest commit with events before it
   * @return false if it has to be woken: it has not come so far, or should save its place
   */
  boolean pass(long before, long number) {
    return place.pass(before, number, SKIPS_UNSAVED);
  }

  /** Cheap, for the writer's thread. */
  void wake() {
    LockSupport.unpark(thread);
  }

  String name() {
    return spec.name();
  }

  Position asOf() {
    return place.asOf();
  }

  FollowerStatus status() {
    return place.status();
  }

  boolean await(Position atLeast, Duration timeout) throws InterruptedException {
    return place.await(atLeast, timeout);
  }

  private void run() {
    while (!closing) {
      try {
        saveIfWanted();
        if (place.stand().state() == FollowerState.RUNNING && place.isBehind()) {
          step(place.stand());
        } else {
          LockSupport.park(this);
        }
      } catch (RuntimeException | Error unexpected) {
        if (isClosed(unexpected)) {
          return;
        }
        LOG.error("follower {} failed outside its handler; it goes on", name(), unexpected);
        pause(spec.mostBackOff());
      }
    }
  }

  private boolean isClosed(Throwable thrown) {
    return closing || (thrown instanceof StoreException store && store.reason() == Reason.CLOSED);
  }

  private void step(FollowerPlace.Stand from) {
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
      place.arrive(from, next, unsaved < SKIPS_UNSAVED ? from.saved() : save(from.saved(), next));
      return;
    }
    try {
      handle(page.items(), from.saved(), next);
      place.arrive(from, next, next);
    } catch (Exception | Error thrown) {
      failed(from, thrown);
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

  private void failed(FollowerPlace.Stand from, Throwable thrown) {
    int tried = isClosed(thrown) ? 0 : place.fail(from, thrown.toString());
    if (tried == 0) {
      return;
    }
    if (tried >= spec.attempts()) {
      LOG.error("follower {} is parked at {} after {} attempts", name(), from.at(), tried, thrown);
      stop(FollowerState.PARKED, thrown.toString());
    } else {
      LOG.warn("follower {} failed at {}, attempt {}", name(), from.at(), tried, thrown);
      pause(backOff(tried));
    }
  }

  private Duration backOff(int tried) {
    Duration doubled = spec.firstBackOff().multipliedBy(1L << Math.min(tried - 1, 20));
    Duration capped = doubled.compareTo(spec.mostBackOff()) < 0 ? doubled : spec.mostBackOff();
    return capped.dividedBy(2).plusNanos(jitter.nextLong(capped.toNanos() / 2 + 1));
  }

  /** Waits through wake-ups by commits, which are of no interest now; a new place ends it. */
  private void pause(Duration time) {
    long mine = place.stand().generation();
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !closing && place.stand().generation() == mine) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
  }

  private Cursor save(Cursor before, Cursor next) {
    store.write(tx -> FollowerTable.advance(tx, name(), before, next, clock.millis()));
    return next;
  }

  /** Saves the place if commits without events moved it, so that those may be dropped. */
  private void saveIfWanted() {
    if (place.saveWanted()) {
      try {
        FollowerPlace.Stand from = place.stand();
        if (!from.at().equals(from.saved()) && from.state() == FollowerState.RUNNING) {
          place.arrive(from, from.at(), save(from.saved(), from.at()));
        }
      } finally {
        place.saveDone();
      }
    }
  }

  /** Lets the loop save its place; returns when it has, or after a moment if it is busy. */
  void save() throws InterruptedException {
    place.askToSave();
    wake();
    place.awaitSaved(SAVE_PATIENCE);
  }

  void lose(String why) {
    LOG.error("follower {} is lost: {}; rebuild it", name(), why);
    stop(FollowerState.LOST, why);
  }

  private void stop(FollowerState why, String what) {
    store.write(tx -> FollowerTable.state(tx, name(), why, what, clock.millis()));
    place.stop(why, what);
  }

  /** Puts the follower at another place, which the table already has. */
  void placed(Cursor elsewhere) {
    place.place(elsewhere);
    wake();
  }

  void onClose(Runnable action) {
    onClose = action;
  }

  /** Ends the thread after the batch it is at. */
  void close() {
    onClose.run();
    closing = true;
    place.close();
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        if (!thread.join(CLOSE_PATIENCE)) {
          thread.interrupt();
        }
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
