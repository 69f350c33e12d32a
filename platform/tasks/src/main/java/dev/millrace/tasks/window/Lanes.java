package dev.millrace.tasks.window;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ready tasks of a queue in memory, a lane for each tenant that has some. Inside a lane rank
 * decides; which lane is next is decided by start-time fair queuing (Goyal, Vin, Cheng, 1996): a
 * start moves its lane on by one round over its weight in virtual time, and the lane whose next
 * start is the earliest is taken. Not thread-safe: the queue's lock guards it.
 *
 * <p><b>What is in memory.</b> A lane that is not here has no ready tasks in the store but taken
 * ones; so a lane that comes by a commit is complete without a read, and one that runs empty and is
 * complete is dropped. The windows share the queue's bound, at least {@value #LEAST} tasks each.
 *
 * <p><b>Debts.</b> A lane that was dropped right after a start would be served again at once if it
 * came back with the virtual time of others. What it is ahead is kept until the others have caught
 * up. A lane that waits for a read keeps its turn up to {@value #CREDIT_ROUNDS} rounds.
 *
 * <p>As long as there is one lane, nothing of this is done.
 */
public final class Lanes<E extends WindowEntry> {
  /** The least tasks that the window of a lane may hold. */
  static final int LEAST = 4;

  /** Virtual time of a start at weight 1, with many divisors. */
  private static final long ROUND = 720_720;

  private static final int CREDIT_ROUNDS = 64;
  private static final int DEBTS = 64;

  private final int maxTasks;
  private final long maxWeight;
  private final ToIntFunction<String> weights;

  private final Map<String, Lane<E>> byName = new HashMap<>();
  private final Set<Lane<E>> low = new LinkedHashSet<>();

  /** The lanes with a task at their head, while there are several lanes. */
  private final NavigableSet<Lane<E>> next = new TreeSet<>();

  private final Map<String, Long> debts = new HashMap<>();
  private int debtsKept = DEBTS;
  private @Nullable Lane<E> last;

  /** The virtual time: that of the latest start. */
  private long now;

  /** Into how many parts the bound is divided: a power of two. */
  private int shares = 1;

  /** The part of the bound that is used, as a divisor. */
  private int narrowed = 1;

  private int size;

  /** How many of these are in lanes that are held. */
  private int heldSize;

  /**
   * @param maxTasks how many tasks are held at most, but for the least of each lane
   * @param maxWeight how much all of them weigh at most, but for one of each lane
   * @param weights of tenants; 0 for one whose tasks are not to start, see {@link #hold}
   */
  public Lanes(int maxTasks, long maxWeight, ToIntFunction<String> weights) {
    this.maxTasks = maxTasks;
    this.maxWeight = maxWeight;
    this.weights = weights;
  }

  /** How many tasks are held. */
  public int size() {
    return size;
  }

  /** How many of those that are held may start. */
  public int startable() {
    return size - heldSize;
  }

  /** Looks at a tenant's weight: with 0 its tasks stay, and none of them is next. */
  public void hold(String name) {
    Lane<E> lane = byName.get(name);
    boolean held = isHeld(name);
    if (lane == null || lane.held == held) {
      return;
    }
    lane.held = held;
    heldSize += held ? lane.window.size() : -lane.window.size();
    lane.start = Math.max(lane.start, now); // What it missed is not made up for.
    if (byName.size() > 1) {
      place(lane);
    }
  }

  private boolean isHeld(String name) {
    return !name.isEmpty() && weights.applyAsInt(name) == 0;
  }

  /** How many tenants have ready tasks. */
  public int count() {
    return byName.size();
  }

  /** Whether that tenant has ready tasks. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The tenants that have ready tasks; empty for nobody's. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Takes note that the store has ready tasks of that tenant which were not read yet. */
  public void expect(String name) {
    if (!byName.containsKey(name)) {
      low.add(add(name, new ReadyWindow<>(shareOfTasks(), shareOfWeight())));
    }
  }

  /** Takes note of a task that became ready. */
  public void offer(E task) {
    Lane<E> lane = of(task.lane());
    if (lane == null) {
      lane = add(task.lane(), ReadyWindow.complete(shareOfTasks(), shareOfWeight()));
    }
    int before = lane.window.size();
    lane.window.offer(task);
    changed(lane, before);
  }

  /** Takes out the next task; null if none is held. */
  public @Nullable E poll() {
    Lane<E> lane = first();
    if (lane == null) {
      return null;
    }
    int before = lane.window.size();
    E task = lane.window.poll();
    if (task != null && byName.size() > 1) {
      now = Math.max(now, lane.start);
      lane.start += ROUND / Math.max(1, weights.applyAsInt(lane.name));
    }
    changed(lane, before);
    return task;
  }

  /** The task that {@link #poll} would take out now; null for none. */
  public @Nullable E peek() {
    Lane<E> lane = first();
    return lane == null ? null : lane.window.first();
  }

  private @Nullable Lane<E> first() {
    if (byName.size() > 1) {
      return next.isEmpty() ? null : next.first();
    }
    if (byName.isEmpty()) {
      return null;
    }
    Lane<E> only = byName.values().iterator().next();
    return only.held ? null : only;
  }

  /**
   * Takes out a task that is not to run, whether or not it is held.
   *
   * @return the task if it was held
   */
  public @Nullable E remove(String name, long key) {
    Lane<E> lane = of(name);
    if (lane == null) {
      return null;
    }
    int before = lane.window.size();
    E task = lane.window.remove(key);
    changed(lane, before);
    return task;
  }

  /** Takes note of a task that was taken before and is not ready in the store any more. */
  public void left(String name, long rank, long key) {
    Lane<E> lane = of(name);
    if (lane != null) {
      lane.window.left(rank, key);
    }
  }

  /** Whether {@link #beginRefills} would answer any. */
  public boolean wantsRefill() {
    while (!low.isEmpty()) {
      Lane<E> lane = low.iterator().next();
      if (lane.window.isLow() && byName.get(lane.name) == lane) {
        return true;
      }
      low.remove(lane);
    }
    return false;
  }

  /** The reads that are wanted now, each for a lane of its own. */
  public List<LaneRefill> beginRefills(int most) {
    var asked = new ArrayList<LaneRefill>();
    while (asked.size() < most && wantsRefill()) {
      Lane<E> lane = low.iterator().next();
      low.remove(lane);
      Refill refill = lane.window.beginRefill();
      if (refill != null) {
        asked.add(new LaneRefill(lane.name, refill));
      }
    }
    return asked;
  }

  /** Puts in what was read: see {@link ReadyWindow#endRefill}. */
  public void endRefill(LaneRefill asked, List<E> read, boolean more, LongPredicate taken) {
    Lane<E> lane = byName.get(asked.lane());
    if (lane != null) {
      int before = lane.window.size();
      lane.window.endRefill(asked.refill(), read, more, taken);
      changed(lane, before);
    }
  }

  /** Ends a refill whose read failed; it is asked for again. */
  public void failRefill(LaneRefill asked) {
    Lane<E> lane = byName.get(asked.lane());
    if (lane != null) {
      lane.window.failRefill(asked.refill());
      changed(lane, lane.window.size());
    }
  }

  private @Nullable Lane<E> of(String name) {
    Lane<E> known = last;
    if (known != null && known.name.equals(name)) {
      return known;
    }
    Lane<E> found = byName.get(name);
    if (found != null) {
      last = found;
    }
    return found;
  }

  private Lane<E> add(String name, ReadyWindow<E> window) {
    Long debt = debts.remove(name);
    var lane = new Lane<>(name, window, debt == null ? now : Math.max(now, debt));
    lane.held = isHeld(name);
    byName.put(name, lane);
    if (byName.size() == 2) {
      byName.values().forEach(this::place);
    }
    share();
    return lane;
  }

  /** Follows from any change of a lane. */
  private void changed(Lane<E> lane, int before) {
    resized(lane, before);
    if (byName.size() > 1) {
      place(lane);
    }
    if (lane.window.size() == 0 && lane.window.isComplete()) {
      drop(lane);
    } else if (lane.window.isLow()) {
      low.add(lane);
    }
  }

  private void resized(Lane<E> lane, int before) {
    int by = lane.window.size() - before;
    size += by;
    if (lane.held) {
      heldSize += by;
    }
  }

  /** Puts a lane where it belongs among the others. */
  private void place(Lane<E> lane) {
    E first = lane.held ? null : lane.window.first();
    if (first == null) {
      next.remove(lane);
      lane.show(null);
      return;
    }
    lane.start = Math.max(lane.start, now - CREDIT_ROUNDS * ROUND);
    if (!lane.isShown(first)) {
      next.remove(lane);
      lane.show(first);
      next.add(lane);
    }
  }

  private void drop(Lane<E> lane) {
    byName.remove(lane.name);
    low.remove(lane);
    next.remove(lane);
    if (last == lane) {
      last = null;
    }
    if (lane.start > now) {
      remember(lane);
    }
    if (byName.size() == 1) {
      next.clear();
      byName.values().forEach(alone -> alone.show(null));
    }
    share();
  }

  private void remember(Lane<E> lane) {
    debts.put(lane.name, lane.start);
    if (debts.size() > debtsKept) {
      debts.values().removeIf(start -> start <= now);
      debtsKept = Math.max(DEBTS, 2 * debts.size());
    }
  }

  /** Divides the bound anew when the number of lanes has doubled, or is down to a quarter. */
  private void share() {
    int lanes = byName.size();
    boolean many = lanes > shares;
    if (!many && lanes > shares / 4) {
      return;
    }
    shares = lanes < 2 ? 1 : Integer.highestOneBit(lanes - 1) << 1;
    bound();
  }

  /** Uses the {@code share}th part of the bound from now on; 1 for all of it. */
  public void narrow(int share) {
    narrowed = share;
    bound();
  }

  private void bound() {
    for (Lane<E> lane : byName.values()) {
      int before = lane.window.size();
      lane.window.bound(shareOfTasks(), shareOfWeight());
      resized(lane, before);
      if (lane.window.isLow()) {
        low.add(lane);
      }
    }
  }

  private int shareOfTasks() {
    return Math.max(LEAST, maxTasks / shares / narrowed);
  }

  private long shareOfWeight() {
    return Math.max(1, maxWeight / shares / narrowed);
  }
}
