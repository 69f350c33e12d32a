package dev.millrace.tasks;

import dev.millrace.tasks.adaptive.Climber;
import dev.millrace.tasks.adaptive.TuningState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes trials with the concurrency of queues that have more to do than they get done: see {@link
 * Climber}. One queue is on trial at a time, and no trial stays that costs another queue much.
 * Queues whose concurrency somebody has set, in code, by the API, or to be found by itself, are
 * left alone; so are those that memory holds back. Thread-safe.
 *
 * <p>What is found is kept in memory only: a process begins with what is set.
 */
final class Tuner {
  private static final Logger LOG = LoggerFactory.getLogger(Tuner.class);
  private static final int LOOKS = 20;
  private static final double NEARLY_ALL = 0.8;
  private static final int WIDER = 16;
  private static final int NARROWER = 8;
  private static final int KEPT = 100;

  private final Queues queues;
  private final InstantSource clock;
  private final boolean on;
  private final Duration window;
  private @Nullable Thread thread;

  /** Confined to the tuner's thread. */
  private final Map<String, Looked> looked = new HashMap<>();

  private @Nullable String turn;

  // Guarded by this.
  private final Map<String, Climber> climbers = new TreeMap<>();
  private final ArrayDeque<TuningState.Trial> trials = new ArrayDeque<>();
  private long kept;
  private long undone;

  /** What was seen of a queue in the present window. */
  private static final class Looked {
    long endedBefore;
    int looks;
    int saturated;
    double rate;

    boolean isSaturated() {
      return looks > 0 && saturated >= NEARLY_ALL * looks;
    }
  }

  Tuner(Queues queues, InstantSource clock, AdaptiveConfig config) {
    this.queues = queues;
    this.clock = clock;
    this.on = config.autoTuning();
    this.window = config.trialTime();
  }

  void start() {
    if (on) {
      thread = Thread.ofPlatform().daemon().name("tasks-tuning").start(this::work);
    }
  }

  void close() throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join();
    }
  }

  private void work() {
    try {
      while (true) {
        watch();
        judge();
      }
    } catch (InterruptedException _) {
      LOG.debug("auto-tuning was stopped");
    }
  }

  /** Looks at all queues for the length of a window. */
  private void watch() throws InterruptedException {
    for (TaskQueue queue : queues.all()) {
      var seen = new Looked();
      seen.endedBefore = queue.left();
      looked.put(queue.name, seen);
    }
    long from = System.nanoTime();
    for (int i = 0; i < LOOKS; i++) {
      TimeUnit.NANOSECONDS.sleep(window.toNanos() / LOOKS);
      for (TaskQueue queue : queues.all()) {
        Looked seen = looked.get(queue.name);
        if (seen != null) {
          seen.looks++;
          seen.saturated += queue.isSaturated() ? 1 : 0;
        }
      }
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    for (TaskQueue queue : queues.all()) {
      Looked seen = looked.get(queue.name);
      if (seen != null) {
        seen.rate = (queue.left() - seen.endedBefore) / seconds;
      }
    }
  }

  private void judge() {
    TaskQueue queue = onTurn();
    if (queue == null) {
      return;
    }
    Looked seen = looked.getOrDefault(queue.name, new Looked());
    synchronized (this) {
      Climber climber = climbers.computeIfAbsent(queue.name, _ -> climber(queue));
      boolean free = queue.isTunable();
      Climber.Trial over =
          free
              ? climber.next(new Climber.Window(seen.rate, seen.isSaturated(), others(queue.name)))
              : climber.breakOff();
      if (over != null) {
        note(queue.name, over);
      }
      if (free) {
        queue.tune(climber.value());
      } else {
        climbers.remove(queue.name);
      }
      if (!climber.isTrying() && (over != null || !seen.isSaturated())) {
        turn = null; // The next queue may have one.
      }
    }
  }

  private static Climber climber(TaskQueue queue) {
    int base = queue.limit();
    int least = Math.max(1, base / NARROWER);
    int most = Math.min(Limits.CONCURRENCY, base * WIDER);
    return new Climber(base, least, most);
  }

  /** The queue that is tried, or the next one that has enough to do. */
  private @Nullable TaskQueue onTurn() {
    if (turn != null) {
      return queues.of(turn);
    }
    List<TaskQueue> wanting =
        queues.all().stream()
            .filter(queue -> queue.isTunable() && isSaturated(queue.name))
            .sorted((a, b) -> a.name.compareTo(b.name))
            .toList();
    if (wanting.isEmpty()) {
      return null;
    }
    TaskQueue next = wanting.get(Math.floorMod(System.nanoTime() >>> 10, wanting.size()));
    turn = next.name;
    return next;
  }

  private boolean isSaturated(String name) {
    Looked seen = looked.get(name);
    return seen != null && seen.isSaturated();
  }

  /** The geometric mean of the rates of the other queues that have enough to do. */
  private double others(String name) {
    double logs = 0;
    int count = 0;
    for (Map.Entry<String, Looked> entry : looked.entrySet()) {
      Looked seen = entry.getValue();
      if (!entry.getKey().equals(name) && seen.isSaturated() && seen.rate > 0) {
        logs += Math.log(seen.rate);
        count++;
      }
    }
    return count == 0 ? 0 : Math.exp(logs / count);
  }

  private void note(String queue, Climber.Trial over) {
    trials.addFirst(
        new TuningState.Trial(
            clock.instant(), queue, over.from(), over.tried(), over.ratio(), over.kept()));
    kept += over.kept() ? 1 : 0;
    undone += over.kept() ? 0 : 1;
    if (trials.size() > KEPT) {
      trials.pollLast();
    }
    LOG.info(
        "queue {} ran {} instead of {} at once: {}",
        queue,
        over.tried(),
        over.from(),
        over.ratio() == null
            ? "broken off, there was not enough to do"
            : "%.2f × as many a second, %s"
                .formatted(over.ratio(), over.kept() ? "kept" : "undone"));
  }

  /** How many trials stayed, or were undone, since the process began. */
  synchronized long count(boolean stayed) {
    return stayed ? kept : undone;
  }

  /** How it stands. */
  synchronized TuningState state() {
    var values = new ArrayList<TuningState.Value>();
    climbers.forEach((name, climber) ->
        values.add(
            new TuningState.Value(name, climber.base(), climber.value(), climber.isTrying())));
    return new TuningState(on, values, List.copyOf(trials));
  }
}
