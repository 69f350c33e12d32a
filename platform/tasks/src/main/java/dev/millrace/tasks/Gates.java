package dev.millrace.tasks;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which limits are in force, and who counts for them: the authority on it in a process that owns
 * its database. Thread-safe; its lock is taken under that of a queue, never the other way round.
 *
 * <p><b>Why no wake-up is lost.</b> Slots only take room, and only where nobody waits. Room comes
 * by commits alone, and the commit that makes it hands it on to those who wait: see {@link
 * GateCommit}. A task that finds no room waits from a commit of its own on, and that commit looks
 * again: either there is room by then, or somebody holds it whose end is a later commit, or a rate
 * has no token left and the wake-up at its next one is asked for when that commit is through.
 *
 * <p>What a commit hands on is only taken here after it, and only as far as there is room still; a
 * task that gets nothing is ready all the same, and finds out when its turn comes. So a limit is
 * never exceeded by what is decided in transactions that may be rolled back.
 */
final class Gates {
  private final RunningTasks running;
  private final InstantSource clock;
  private final BiConsumer<String, Long> wakeAt;

  /** Between two looks at a rate, in µs: tokens of a high rate come many at once. */
  private static final long BREATH = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Gate> byId = new HashMap<>();

  /** The gates that ready tasks have passed already, by task. */
  private final Map<Long, Grant> granted = new HashMap<>();

  private record Grant(TaskRow row, List<Gate> gates) {}

  private volatile LimitRules rules = LimitRules.NONE;

  /** Runs wait on it for room around a part of their handlers. */
  private final Condition freed = lock.newCondition();

  private int partsWaiting;

  /**
   * @param wakeAt has {@link LimitStore} look at a gate at a time in Unix µs; takes no lock of ours
   */
  Gates(RunningTasks running, InstantSource clock, BiConsumer<String, Long> wakeAt) {
    this.running = running;
    this.clock = clock;
    this.wakeAt = wakeAt;
  }

  LimitRules rules() {
    return rules;
  }

  private long micros() {
    return Math.multiplyExact(clock.millis(), 1_000L);
  }

  /** Puts other limits in force; what runs counts for them at once. */
  void change(LimitRules to) {
    lock.lock();
    try {
      byId.values()
          .removeIf(gate -> {
            Limit limit = to.ofGate(gate.id);
            if (limit == null || !limit.hasTargetOf(gate.limit)) {
              return true;
            }
            gate.change(limit);
            return false;
          });
      rules = to;
      granted.values().forEach(grant -> grant.gates.removeIf(gate -> byId.get(gate.id) != gate));
      granted.values().removeIf(grant -> grant.gates.isEmpty());
      running.all().forEach(this::count);
      if (partsWaiting > 0) {
        freed.signalAll();
      }
      byId.values().forEach(this::settle);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a run to the running ones: one that may start, or one that is on its way to wait, see
   * {@link LiveRun#parksAt}.
   */
  void admit(LiveRun run) {
    LimitRules now = rules;
    if (!now.areGated()) {
      running.add(run);
      if (now != rules) {
        adopt(run);
      }
      return;
    }
    lock.lock();
    try {
      String full = pass(run);
      run.parksAt = full;
      running.add(run);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String pass(LiveRun run) {
    Grant grant = granted.remove(run.row.key());
    List<Gate> held = grant == null ? null : grant.gates;
    List<String> ids = rules.gatesOf(run.row);
    if (ids.isEmpty() && held == null) {
      return null;
    }
    long now = micros();
    int cost = run.row.cost();
    var passed = new ArrayList<Gate>(ids.size());
    String full = null;
    for (String id : ids) {
      Gate gate = gate(id);
      boolean holds = held != null && held.remove(gate);
      if (holds) {
        passed.add(gate);
        if (gate.meter != null && !gate.meter.isLeased(now, cost)) {
          full = id;
        }
      } else if (gate.isOpen(now, cost)) {
        gate.used++;
        if (gate.meter != null) {
          gate.meter.reserve(cost);
        }
        passed.add(gate);
      } else {
        gate.waiting = true; // Whoever comes now goes behind it.
        full = id;
      }
    }
    if (held != null) {
      for (Gate gate : held) {
        if (gate.limit.limitsParts()) {
          run.promisedParts.add(gate);
        } else {
          giveBack(gate, true, run.row.cost());
        }
      }
    }
    run.gates = passed;
    if (full == null) {
      passed.forEach(gate -> start(gate, now, cost));
    }
    return full;
  }

  private void start(Gate gate, long now, int cost) {
    if (gate.meter != null) {
      gate.meter.giveBack(cost);
      gate.meter.start(now, cost);
      settle(gate);
    }
  }

  /** Counts a run for the gates that it did not pass, whether they have room or not. */
  private void count(LiveRun run) {
    if (run.parksAt != null) {
      return;
    }
    var gates = new ArrayList<>(run.gates);
    for (String id : rules.gatesOf(run.row)) {
      Gate gate = gate(id);
      if (!gates.contains(gate)) {
        gate.used++;
        gates.add(gate);
      }
    }
    run.gates = gates;
    run.parts.replaceAll(this::current);
  }

  /** The gate that stands for one now, where its limit was put in the place of another. */
  private Gate current(Gate known) {
    Gate now = byId.get(known.id);
    Limit limit = now == known ? null : rules.ofGate(known.id);
    if (limit == null || !limit.limitsParts()) {
      return known;
    }
    Gate other = gate(known.id);
    other.used++;
    return other;
  }

  private void adopt(LiveRun run) {
    lock.lock();
    try {
      if (running.find(run.row.key()) == run) {
        count(run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tasks that a process left running go on before all others: they count from now on. */
  void grant(Collection<TaskRow> interrupted) {
    lock.lock();
    try {
      for (TaskRow row : interrupted) {
        grant(row, rules.gatesOf(row));
      }
    } finally {
      lock.unlock();
    }
  }

  private void grant(TaskRow row, List<String> ids) {
    var gates = new ArrayList<Gate>(ids.size());
    for (String id : ids) {
      Gate gate = gate(id);
      gate.used++;
      if (gate.meter != null) {
        gate.meter.reserve(row.cost());
      }
      gates.add(gate);
    }
    if (!gates.isEmpty()) {
      granted.put(row.key(), new Grant(row, gates));
    }
  }

  /** Takes note of tasks that wait in the database at the start. */
  void waits(String id) {
    lock.lock();
    try {
      if (rules.ofGate(id) != null) {
        gate(id).waiting = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private Gate gate(String id) {
    Gate known = byId.get(id);
    if (known != null) {
      return known;
    }
    Limit limit = rules.ofGate(id);
    if (limit == null) {
      throw new IllegalStateException("no limit has the gate '" + id + "'; this is a bug");
    }
    var made = new Gate(id, limit);
    byId.put(id, made);
    return made;
  }

  /** How many tasks count for each limit. */
  Map<String, Long> used() {
    lock.lock();
    try {
      var used = new HashMap<String, Long>();
      byId.values().forEach(gate -> used.merge(gate.limit.name(), (long) gate.used, Long::sum));
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks count for one gate. */
  long used(String id) {
    lock.lock();
    try {
      Gate gate = byId.get(id);
      return gate == null ? 0 : gate.used;
    } finally {
      lock.unlock();
    }
  }

  // Parts of handlers.

  /** How a run came to a part of its handler. */
  enum Entry {
    IN,
    /** There is no room. */
    FULL,
    /** There is room, but the rate is to be spent ahead in the database first. */
    UNLEASED
  }

  /**
   * Lets a run begin a part of its handler; {@link #leave} is called at its end.
   *
   * @param waitNanos how long to wait for room at most
   * @throws TaskException if there is no such limit of parts
   */
  Entry enter(LiveRun run, String id, long waitNanos) throws InterruptedException {
    long deadline = System.nanoTime() + waitNanos;
    lock.lock();
    try {
      while (true) {
        Gate gate = partsGate(id);
        long now = micros();
        int cost = run.row.cost();
        RateMeter meter = gate.meter;
        boolean promised = run.promisedParts.contains(gate);
        if (promised || (!gate.waiting && gate.fits(now, cost))) {
          if (meter != null && !meter.isLeased(now, cost)) {
            return Entry.UNLEASED;
          }
          begin(run, gate, promised, now);
          return Entry.IN;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return Entry.FULL;
        }
        long at = gate.waiting || meter == null ? Long.MAX_VALUE : meter.nextAt(now, cost);
        long pause = at == Long.MAX_VALUE ? left : Math.max(BREATH, at - now) * 1_000;
        partsWaiting++;
        try {
          long _ = freed.awaitNanos(Math.min(left, pause));
        } finally {
          partsWaiting--;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Gate partsGate(String id) {
    Limit limit = rules.find(id);
    if (limit == null || !limit.limitsParts()) {
      throw TaskException.of(
          TaskException.Reason.NO_LIMIT,
          "name",
          limit == null
              ? "there is no limit '" + Texts.shortened(id, 120) + "'"
              : "limit '" + id + "' is one of tasks, not of parts of handlers",
          "Declare one by TaskType.withLimit(Limit.ofParts(…)), or set it.");
    }
    return gate(id);
  }

  private void begin(LiveRun run, Gate gate, boolean promised, long now) {
    int cost = run.row.cost();
    RateMeter meter = gate.meter;
    if (promised) {
      run.promisedParts.remove(gate);
      if (meter != null) {
        meter.giveBack(cost);
      }
    } else {
      gate.used++;
    }
    if (meter != null) {
      meter.start(now, cost);
    }
    run.parts.add(gate);
  }

  /** A part of a handler has come to its end. */
  void leave(LiveRun run, String id) {
    lock.lock();
    try {
      for (int i = run.parts.size() - 1; i >= 0; i--) {
        Gate gate = run.parts.get(i);
        if (gate.id.equals(id)) {
          run.parts.remove(i);
          gate.used--;
          settle(gate);
          forgetIfIdle(gate, micros());
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes over how far the database knows a rate as spent. */
  void leased(String id, long until) {
    lock.lock();
    try {
      RateMeter meter = rules.ofGate(id) == null ? null : gate(id).meter;
      if (meter != null) {
        meter.leased(until);
      }
    } finally {
      lock.unlock();
    }
  }

  // For commits, on the writer's thread.

  /**
   * How many more of cost 1 a gate lets start; any number if no limit has it.
   *
   * @param changes what a commit has done to it
   */
  int room(String id, GateCommit.Change changes) {
    lock.lock();
    try {
      if (rules.ofGate(id) == null) {
        return Integer.MAX_VALUE;
      }
      Gate gate = gate(id);
      Integer most = gate.limit.concurrency();
      int room =
          most == null ? Integer.MAX_VALUE : most - gate.used + changes.ended - changes.promised;
      if (gate.meter != null) {
        int tokens = gate.meter.tokens(micros());
        room = Math.min(room, tokens + changes.unstartedUnits - changes.promisedUnits);
      }
      return Math.max(0, room);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a gate lets a task of that cost start; it does if no limit has it. */
  boolean fits(String id, int cost, GateCommit.Change changes) {
    if (room(id, changes) == 0) {
      return false;
    }
    if (cost == 1) {
      return true;
    }
    lock.lock();
    try {
      RateMeter meter = rules.ofGate(id) == null ? null : gate(id).meter;
      return meter == null
          || meter.tokens(micros()) + changes.unstartedUnits - changes.promisedUnits
              >= meter.units(cost);
    } finally {
      lock.unlock();
    }
  }

  /** Whether tasks wait at a gate, as far as memory knows. */
  boolean isWaiting(String id) {
    lock.lock();
    try {
      Gate gate = byId.get(id);
      return gate != null && gate.waiting;
    } finally {
      lock.unlock();
    }
  }

  /** The gates that a run has passed. */
  List<String> passedBy(LiveRun run) {
    if (run.gates.isEmpty()) {
      return List.of();
    }
    lock.lock();
    try {
      return ids(run.gates);
    } finally {
      lock.unlock();
    }
  }

  /** The gates that a ready task may pass. */
  List<String> grantedTo(long key) {
    lock.lock();
    try {
      Grant grant = granted.get(key);
      return grant == null ? List.of() : ids(grant.gates);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the database must be asked how far the gate's rate is spent. */
  boolean isUnknown(String id) {
    lock.lock();
    try {
      RateMeter meter = rules.ofGate(id) == null ? null : gate(id).meter;
      return meter != null && !meter.isKnown();
    } finally {
      lock.unlock();
    }
  }

  /** Takes up what the database says about a rate. */
  void known(String id, long spentUntil) {
    lock.lock();
    try {
      RateMeter meter = gate(id).meter;
      if (meter != null) {
        meter.load(spentUntil, micros());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Up to when the gate's rate is to be spent for so many more starts; 0 if it has none. */
  long lease(String id, int more) {
    lock.lock();
    try {
      RateMeter meter = rules.ofGate(id) == null ? null : gate(id).meter;
      return meter == null ? 0 : meter.lease(more, micros());
    } finally {
      lock.unlock();
    }
  }

  /** A gate of a limit that was changed since is none any more. */
  private List<String> ids(List<Gate> gates) {
    return gates.stream().filter(gate -> byId.get(gate.id) == gate).map(gate -> gate.id).toList();
  }

  /** Takes over what a commit has done. */
  void committed(TaskCommit commit) {
    GateCommit changes = commit.atGates();
    if (!rules.areGated() && changes == null) {
      return;
    }
    lock.lock();
    try {
      var touched = new LinkedHashSet<Gate>();
      for (Outcome outcome : commit.outcomes) {
        LiveRun run = outcome.run();
        Grant grant = run == null ? granted.remove(outcome.row().key()) : null;
        List<Gate> gates = run != null ? run.gates : grant == null ? null : grant.gates;
        if (gates != null) {
          boolean unstarted = run == null || run.parksAt != null;
          int cost = outcome.row().cost();
          gates.forEach(gate -> giveBack(gate, unstarted, cost));
          touched.addAll(gates);
        }
        if (run != null) {
          run.gates = List.of();
          endParts(run, touched);
        }
      }
      for (long key : commit.moved.keySet()) {
        Grant grant = granted.remove(key);
        if (grant != null) {
          grant.gates.forEach(gate -> giveBack(gate, true, grant.row.cost()));
          touched.addAll(grant.gates);
        }
      }
      long now = micros();
      if (changes != null) {
        take(changes, touched, now);
      }
      touched.forEach(this::settle);
      touched.forEach(gate -> forgetIfIdle(gate, now));
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what a run has not used, and what it might have left behind. */
  private static void endParts(LiveRun run, Set<Gate> touched) {
    run.promisedParts.forEach(gate -> giveBack(gate, true, run.row.cost()));
    run.parts.forEach(gate -> giveBack(gate, false, run.row.cost()));
    touched.addAll(run.promisedParts);
    touched.addAll(run.parts);
    run.promisedParts.clear();
    run.parts.clear();
  }

  private void take(GateCommit changes, Set<Gate> touched, long now) {
    changes.waiting.forEach((id, waits) -> {
      if (rules.ofGate(id) != null) {
        Gate gate = gate(id);
        gate.waiting = waits;
        gate.need = waits ? changes.needs.getOrDefault(id, gate.need) : 1;
        touched.add(gate);
      }
    });
    changes.leases.forEach((id, until) -> {
      RateMeter meter = rules.ofGate(id) == null ? null : gate(id).meter;
      if (meter != null) {
        meter.leased(until);
      }
    });
    for (GateCommit.Handed handed : changes.handed) {
      TaskRow row = handed.row();
      List<String> ids = handed.gates().stream().filter(id -> rules.ofGate(id) != null).toList();
      ids.forEach(id -> touched.add(gate(id)));
      if (ids.stream().allMatch(id -> gate(id).fits(now, row.cost()))) {
        grant(row, ids);
      }
    }
  }

  /** What a queue's ready tasks have passed is free as long as the queue is paused. */
  void revoke(String queue) {
    revoke(row -> row.queue().equals(queue));
  }

  /** The same for a tenant that is paused in a queue. */
  void revoke(String queue, String tenant) {
    revoke(row -> row.queue().equals(queue) && tenant.equals(row.tenant()));
  }

  private void revoke(Predicate<TaskRow> which) {
    lock.lock();
    try {
      var touched = new LinkedHashSet<Gate>();
      granted
          .entrySet()
          .removeIf(entry -> {
            if (!which.test(entry.getValue().row)) {
              return false;
            }
            int cost = entry.getValue().row.cost();
            entry.getValue().gates.forEach(gate -> giveBack(gate, true, cost));
            touched.addAll(entry.getValue().gates);
            return true;
          });
      touched.forEach(this::settle);
    } finally {
      lock.unlock();
    }
  }

  private static void giveBack(Gate gate, boolean unstarted, int cost) {
    gate.used--;
    if (unstarted && gate.meter != null) {
      gate.meter.giveBack(cost);
    }
  }

  private void forgetIfIdle(Gate gate, long now) {
    if (gate.isIdle(now)) {
      byId.remove(gate.id, gate);
    }
  }

  /**
   * Sees to it that those who wait are looked at when there is room. Mostly the commit that made
   * room has seen to it already; this is for what it had no time for, or could not know.
   */
  private void settle(Gate gate) {
    if (partsWaiting > 0) {
      freed.signalAll();
    }
    if (!gate.waiting || byId.get(gate.id) != gate) {
      return;
    }
    long now = micros();
    if (gate.fits(now, gate.need)) {
      wake(gate, now);
      return;
    }
    RateMeter meter = gate.meter;
    Integer most = gate.limit.concurrency();
    if (meter != null && (most == null || gate.used < most)) {
      long at = meter.nextAt(now, gate.need);
      if (at != Long.MAX_VALUE) {
        wake(gate, Math.max(at, now + BREATH));
      }
    }
  }

  private void wake(Gate gate, long at) {
    if (gate.wakesAt == 0 || gate.wakesAt > at) {
      gate.wakesAt = at;
      wakeAt.accept(gate.id, at);
    }
  }

  /** Takes note that the wake-up of a gate has come. */
  void woken(String id) {
    lock.lock();
    try {
      Gate gate = byId.get(id);
      if (gate != null) {
        gate.wakesAt = 0;
      }
    } finally {
      lock.unlock();
    }
  }
}
