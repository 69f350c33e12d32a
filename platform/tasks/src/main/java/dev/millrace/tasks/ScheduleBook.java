package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All schedules in memory, by name and by when they fire: nothing looks into the database to learn
 * that it has nothing to do. Changed on the writer's thread in the order of commits. Thread-safe.
 */
final class ScheduleBook {
  private static final long LONGEST_SLEEP_MILLIS = 60_000;

  private record Wake(long at, long id) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();

  /** All below is guarded by the lock. */
  private final NavigableMap<String, ScheduleRow> byName = new TreeMap<>();

  private final Map<Long, ScheduleRow> byId = new HashMap<>();
  private final TreeSet<Wake> wakes =
      new TreeSet<>(Comparator.comparingLong(Wake::at).thenComparingLong(Wake::id));

  /** Which schedule waits for the end of which task. */
  private final Map<Long, Long> waiting = new HashMap<>();

  /** Schedules with waiting times whose task before may have ended: to be looked at. */
  private final Set<Long> released = new HashSet<>();

  private long notBefore;
  private boolean changed;
  private boolean closed;

  /** Takes in what a commit made of a schedule. */
  void put(ScheduleRow row) {
    putAll(List.of(row));
  }

  /** Takes in what a commit made of schedules. */
  void putAll(List<ScheduleRow> rows) {
    lock.lock();
    try {
      rows.forEach(this::enter);
      changed = true;
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }

  private void enter(ScheduleRow row) {
    forget(row.id());
    byId.put(row.id(), row);
    byName.put(row.schedule().name(), row);
    wakes.add(new Wake(row.wakeAt(), row.id()));
    if (!row.pending().isEmpty()) {
      waiting.put(row.lastTask(), row.id());
      released.add(row.id());
    }
  }

  void remove(long id) {
    lock.lock();
    try {
      forget(id);
    } finally {
      lock.unlock();
    }
  }

  private void forget(long id) {
    ScheduleRow old = byId.remove(id);
    if (old != null) {
      byName.remove(old.schedule().name());
      wakes.remove(new Wake(old.wakeAt(), id));
      waiting.remove(old.lastTask());
    }
  }

  /** Takes note that a task is over. */
  void ended(long task) {
    lock.lock();
    try {
      Long id = waiting.isEmpty() ? null : waiting.remove(task);
      if (id != null) {
        released.add(id);
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has every schedule with waiting times looked at: the end of its task may have been missed. */
  void releaseAll() {
    lock.lock();
    try {
      byId.values().stream()
          .filter(row -> !row.pending().isEmpty())
          .forEach(row -> released.add(row.id()));
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }

  @Nullable ScheduleRow find(String name) {
    lock.lock();
    try {
      return byName.get(name);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return byId.size();
    } finally {
      lock.unlock();
    }
  }

  List<ScheduleRow> behind(@Nullable String name, int limit) {
    lock.lock();
    try {
      NavigableMap<String, ScheduleRow> rest = name == null ? byName : byName.tailMap(name, false);
      return rest.values().stream().limit(limit).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the clock now. */
  void wake() {
    lock.lock();
    try {
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Hands nothing out before {@code millis}, after a failure. */
  void rest(long millis) {
    lock.lock();
    try {
      notBefore = millis;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      earlier.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What has to be done now.
   *
   * @param due whose time has come
   * @param released whose task before has ended
   */
  record Work(List<ScheduleRow> due, List<ScheduleRow> released) {
    boolean isEmpty() {
      return due.isEmpty() && released.isEmpty();
    }
  }

  /**
   * Waits until there is something to do. Nothing, when schedules changed or a minute passed: then
   * {@link #soon} may have more to prepare; or when closed.
   */
  Work await(LongSupplier clock, int most) throws InterruptedException {
    lock.lock();
    try {
      boolean waited = false;
      while (!closed) {
        long now = clock.getAsLong();
        long next = Math.max(nextAt(), notBefore);
        if (next <= now) {
          return work(now, most);
        }
        if (changed || waited) {
          break;
        }
        long millis = Math.min(next - now, LONGEST_SLEEP_MILLIS);
        waited = !earlier.await(millis, TimeUnit.MILLISECONDS);
      }
      changed = false;
      return new Work(List.of(), List.of());
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #await}, but nothing if there is nothing to do now. */
  Work now(long now, int most) {
    lock.lock();
    try {
      return nextAt() <= now ? work(now, most) : new Work(List.of(), List.of());
    } finally {
      lock.unlock();
    }
  }

  /** When there is something to do next, in Unix ms; the largest number for never. */
  long next() {
    lock.lock();
    try {
      return nextAt();
    } finally {
      lock.unlock();
    }
  }

  private long nextAt() {
    if (!released.isEmpty()) {
      return 0;
    }
    return wakes.isEmpty() ? Long.MAX_VALUE : wakes.first().at();
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits for work to be done. */
  boolean isDue(long now) {
    lock.lock();
    try {
      return closed || nextAt() <= now;
    } finally {
      lock.unlock();
    }
  }

  /** What fires up to {@code until}, in that order. */
  List<ScheduleRow> soon(long until, int most) {
    lock.lock();
    try {
      var rows = new ArrayList<ScheduleRow>();
      for (Wake wake : wakes) {
        ScheduleRow row = byId.get(wake.id());
        if (wake.at() > until || rows.size() == most || row == null) {
          break;
        }
        rows.add(row);
      }
      return rows;
    } finally {
      lock.unlock();
    }
  }

  private Work work(long now, int most) {
    var due = new ArrayList<ScheduleRow>();
    for (Wake wake : wakes) {
      ScheduleRow row = byId.get(wake.id());
      if (wake.at() > now || due.size() == most || row == null) {
        break;
      }
      due.add(row);
    }
    var free = new ArrayList<ScheduleRow>();
    for (Long id : List.copyOf(released)) {
      ScheduleRow row = byId.get(id);
      if (free.size() < most) {
        released.remove(id);
        if (row != null && !row.pending().isEmpty() && !row.paused() && row.wakeAt() > now) {
          free.add(row);
        }
      }
    }
    return new Work(due, free);
  }
}
