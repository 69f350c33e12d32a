package dev.millrace.tasks.window;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The first tasks of one lane of a queue, in memory. Not thread-safe: the queue's lock guards it.
 *
 * <p><b>The horizon.</b> The window holds every ready task of the store whose place is up to the
 * horizon and that nobody has taken, and none behind it. It begins with an empty window before the
 * first place. A task that becomes ready is held if its place is within the horizon; else the store
 * alone has it. A window that grows over its bound drops its later half and draws the horizon back.
 * One that runs low asks for a {@link Refill}, a read of the tasks behind the horizon, and moves
 * the horizon to the last task that it got, or behind every place when the store had no more.
 *
 * <p><b>What happens during a refill.</b> The read sees a snapshot, and commits go on. So between
 * {@link #beginRefill} and {@link #endRefill} the window notes each change behind the horizon: a
 * noted key is not taken from the read, and noted arrivals are put in from the note. This is right
 * only if {@link #offer}, {@link #remove} and {@link #left} come in the order of commits, and
 * {@link #endRefill} behind those of every commit that the read saw or that was under way when it
 * began: the caller does it behind a later commit. Notes are bounded; when arrivals overflow, the
 * horizon stops before the first that was not noted; when changes overflow, the refill is given up.
 */
public final class ReadyWindow<E extends WindowEntry> {
  private int maxTasks;
  private long maxWeight;

  private final NavigableSet<E> ready = places();
  private final Map<Long, E> byKey = new HashMap<>();
  private long weight;
  private Place horizon = Place.FIRST;

  private @Nullable Refill refill;
  private long refills;
  private final Set<Long> changed = new HashSet<>();
  private final NavigableSet<E> arrivals = places();
  private final Map<Long, E> arrivalsByKey = new HashMap<>();
  private Place firstUnnoted = Place.LAST;

  /**
   * @param maxTasks how many tasks are held at most, at least 4
   * @param maxWeight how much all of them weigh at most
   */
  public ReadyWindow(int maxTasks, long maxWeight) {
    this.maxTasks = maxTasks;
    this.maxWeight = maxWeight;
  }

  private static <E extends WindowEntry> NavigableSet<E> places() {
    return new TreeSet<>((a, b) -> Place.compare(a.rank(), a.key(), b.rank(), b.key()));
  }

  /** A window over a store that has no ready tasks, or only ones that were taken. */
  static <E extends WindowEntry> ReadyWindow<E> complete(int maxTasks, long maxWeight) {
    var window = new ReadyWindow<E>(maxTasks, maxWeight);
    window.horizon = Place.LAST;
    return window;
  }

  /** Sets other bounds; what is beyond them is dropped at once. */
  void bound(int maxTasks, long maxWeight) {
    this.maxTasks = maxTasks;
    this.maxWeight = maxWeight;
    shrink();
  }

  /** The first task; null if none is held. */
  @Nullable E first() {
    return ready.isEmpty() ? null : ready.first();
  }

  /** Whether a read is wanted: see {@link #beginRefill}. */
  boolean isLow() {
    return refill == null && !isComplete() && ready.size() <= maxTasks / 2;
  }

  /** How many tasks are held. */
  public int size() {
    return ready.size();
  }

  /** Whether every ready task of the store is held. */
  public boolean isComplete() {
    return horizon.equals(Place.LAST);
  }

  /** Takes note of a task that became ready. */
  public void offer(E task) {
    if (isWithin(task)) {
      add(task);
      shrink();
    } else if (refill != null) {
      noteArrival(task);
    }
  }

  /** Takes out the first task; null if none is held. */
  public @Nullable E poll() {
    E first = ready.pollFirst();
    if (first != null) {
      byKey.remove(first.key());
      weight -= first.weight();
    }
    return first;
  }

  /**
   * Takes out a task that is not to run, whether or not it is held.
   *
   * @return the task if it was held
   */
  public @Nullable E remove(long key) {
    E held = byKey.remove(key);
    if (held != null) {
      ready.remove(held);
      weight -= held.weight();
      return held;
    }
    noteLeft(key);
    return null;
  }

  /** Takes note of a task that was taken before and is not ready in the store any more. */
  public void left(long rank, long key) {
    if (Place.compare(rank, key, horizon.rank(), horizon.key()) > 0) {
      noteLeft(key);
    }
  }

  /** The read that is wanted now; null if the window is full enough or a read is under way. */
  public @Nullable Refill beginRefill() {
    if (!isLow()) {
      return null;
    }
    refill =
        new Refill(
            ++refills, horizon, Math.max(1, maxTasks / 2), Math.max(1, (maxWeight - weight) / 2));
    return refill;
  }

  /** Whether {@code asked} is still wanted; a window that was cut meanwhile has no use for it. */
  public boolean isWanted(Refill asked) {
    return refill != null && refill.number() == asked.number();
  }

  /**
   * Puts in what was read.
   *
   * @param read in the order of places
   * @param more whether the store may have further ready tasks behind the last one of {@code read}
   * @param taken whether the task of that key was taken and has not left the store's ready ones yet
   */
  public void endRefill(Refill asked, List<E> read, boolean more, LongPredicate taken) {
    if (!isWanted(asked)) {
      return;
    }
    Place end = Place.LAST;
    if (more) {
      end = read.isEmpty() ? asked.after() : placeOf(read.getLast());
    }
    if (!firstUnnoted.equals(Place.LAST) && firstUnnoted.compareTo(end) <= 0) {
      end = firstUnnoted.previous();
    }
    horizon = end;
    for (E task : read) {
      if (isWithin(task) && !changed.contains(task.key()) && !taken.test(task.key())) {
        add(task);
      }
    }
    for (E task : arrivals) {
      if (isWithin(task)) {
        add(task);
      }
    }
    forgetRefill();
    shrink();
  }

  /** Ends a refill whose read failed; the next {@link #beginRefill} asks again. */
  public void failRefill(Refill asked) {
    if (isWanted(asked)) {
      forgetRefill();
    }
  }

  private boolean isWithin(E task) {
    return Place.compare(task.rank(), task.key(), horizon.rank(), horizon.key()) <= 0;
  }

  private void add(E task) {
    if (byKey.putIfAbsent(task.key(), task) == null) {
      ready.add(task);
      weight += task.weight();
    }
  }

  private void shrink() {
    if ((ready.size() <= maxTasks && weight <= maxWeight) || ready.size() < 2) {
      return;
    }
    int keep = Math.max(1, Math.min(ready.size(), maxTasks) / 2);
    while (ready.size() > keep || (weight > maxWeight && ready.size() > 1)) {
      E last = ready.pollLast();
      if (last == null) {
        break;
      }
      byKey.remove(last.key());
      weight -= last.weight();
    }
    horizon = placeOf(ready.last());
    forgetRefill();
  }

  private void noteArrival(E task) {
    if (!noteChange(task.key())) {
      return;
    }
    E before = arrivalsByKey.put(task.key(), task);
    if (before != null) {
      arrivals.remove(before);
    }
    arrivals.add(task);
    if (arrivals.size() > maxTasks) {
      E last = arrivals.pollLast();
      if (last != null) {
        arrivalsByKey.remove(last.key());
        Place place = placeOf(last);
        firstUnnoted = place.compareTo(firstUnnoted) < 0 ? place : firstUnnoted;
      }
    }
  }

  private void noteLeft(long key) {
    if (refill == null || !noteChange(key)) {
      return;
    }
    E arrival = arrivalsByKey.remove(key);
    if (arrival != null) {
      arrivals.remove(arrival);
    }
  }

  /** False if there were too many changes, and the refill was given up. */
  private boolean noteChange(long key) {
    changed.add(key);
    if (changed.size() > 10 * maxTasks) {
      forgetRefill();
      return false;
    }
    return true;
  }

  private void forgetRefill() {
    refill = null;
    changed.clear();
    arrivals.clear();
    arrivalsByKey.clear();
    firstUnnoted = Place.LAST;
  }

  private static Place placeOf(WindowEntry task) {
    return new Place(task.rank(), task.key());
  }
}
