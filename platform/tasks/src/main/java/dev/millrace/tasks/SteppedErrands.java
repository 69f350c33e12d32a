package dev.millrace.tasks;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Errands that wait until somebody runs them, on the thread of that one, and alarms that go by a
 * clock which somebody moves. Thread-safe.
 */
final class SteppedErrands extends Errands {
  private final InstantSource clock;

  /** Guarded by this, as are the alarms and their count. */
  private final Queue<Runnable> pending = new ArrayDeque<>();

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
  private long count;

  /** What is done every so often, which is no moment of its own; guarded by this. */
  private final List<Regular> regular = new ArrayList<>();

  private record Regular(long at, long seconds, String name, Errand errand) {}

  private record Alarm(long at, long number, FutureTask<?> work) {}

  SteppedErrands(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  Thread start(String name, Errand errand) {
    synchronized (this) {
      pending.add(() -> run(errand));
    }
    return Thread.ofVirtual().name(name).unstarted(() -> {});
  }

  @Override
  void startIn(long millis, String name, Errand errand) {
    Future<?> _ = alarm(Duration.ofMillis(millis), () -> start(name, errand));
  }

  /** Runs when {@link #fire} finds its time come, once for all times that have passed. */
  @Override
  synchronized void startEvery(long firstSeconds, long seconds, String name, Errand errand) {
    regular.add(new Regular(clock.millis() + firstSeconds * 1_000, seconds, name, errand));
  }

  @Override
  synchronized Future<?> alarm(Duration delay, Runnable alarm) {
    var work = new FutureTask<@Nullable Void>(alarm, null);
    alarms.add(new Alarm(clock.millis() + delay.toMillis(), count++, work));
    return work;
  }

  /** Runs all that waits on this thread; false if nothing did. */
  boolean runPending() {
    boolean any = false;
    for (Runnable errand = poll(); errand != null; errand = poll()) {
      errand.run();
      any = true;
    }
    return any;
  }

  private synchronized @Nullable Runnable poll() {
    return pending.poll();
  }

  /** When the next alarm goes off, in Unix ms; the largest number for never. */
  synchronized long next() {
    alarms.removeIf(alarm -> alarm.work.isCancelled());
    Alarm first = alarms.peek();
    return first == null ? Long.MAX_VALUE : first.at;
  }

  /** Lets alarms go off whose time has come. */
  void fire() {
    for (Alarm alarm = due(); alarm != null; alarm = due()) {
      alarm.work.run();
    }
    fireRegular();
  }

  private synchronized void fireRegular() {
    long now = clock.millis();
    for (Regular it : List.copyOf(regular)) {
      if (it.at <= now) {
        regular.remove(it);
        start(it.name, it.errand);
        startEvery(it.seconds, it.seconds, it.name, it.errand);
      }
    }
  }

  private synchronized @Nullable Alarm due() {
    Alarm first = alarms.peek();
    return first != null && first.at <= clock.millis() ? alarms.poll() : null;
  }

  @Override
  synchronized void close() {
    pending.clear();
    alarms.clear();
    regular.clear();
    super.close();
  }
}
