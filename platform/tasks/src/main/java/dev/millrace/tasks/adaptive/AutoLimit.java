package dev.millrace.tasks.adaptive;

import com.netflix.concurrency.limits.limit.GradientLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds how many tasks of a queue should run at once, by the gradient of their latency: as long as
 * tasks take no longer than when few run, more are let in; when they take longer they wait for each
 * other, and fewer are. Failures by overload lower it too. Thread-safe.
 *
 * <p>The gradient itself is that of Netflix' concurrency-limits. What it is fed with is ours,
 * because tasks are no requests: their lengths differ by orders of magnitude and they may take
 * minutes. So a window is closed by a number of tasks and not by a time, only tasks that began in
 * it count, and its latency is the geometric mean, smoothed over windows: the least of many noisy
 * means would be taken for the latency of few, and hold back a queue in which nothing is wrong.
 *
 * <p>A queue should hold tasks that are alike: where the mix changes, so does the mean, and the
 * limit is wrong until the next probe.
 */
public final class AutoLimit {
  /** How much longer than when few run is taken for nothing: 1.2 leads to about 1.2 × the room. */
  private static final double TOLERANCE = 1.2;

  private static final int LEAST_TASKS = 30;

  /** A window that does not fill is closed after this time with as few tasks as this. */
  private static final long LONG_WINDOW = TimeUnit.SECONDS.toNanos(5);

  private static final int LEAST_TASKS_OF_LONG = 10;
  private static final long SHORT_WINDOW = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double NEWEST = 0.2;

  /** Where a window with many failures leads; a fifth of the way is gone at a time. */
  private static final double AFTER_FAILURES = 0.5;

  private static final double MANY_FAILURES = 0.05;
  private static final int WINDOWS_BETWEEN_PROBES = 200;
  private static final int NO_PROBES_OF_ITS_OWN = -1;
  private static final int START = 2;
  private static final int KEPT = 50;

  private final AutoBounds bounds;
  private final InstantSource clock;

  // Guarded by this.
  private GradientLimit gradient;
  private int windowsToProbe = WINDOWS_BETWEEN_PROBES;
  private boolean measured;
  private double smoothed;
  private double unhindered;
  private boolean begun;
  private long windowFrom;
  private int tasks;
  private double logSum;
  private int mostAtOnce;
  private int failures;
  private final ArrayDeque<LimitChange> changes = new ArrayDeque<>();

  private volatile int limit;

  /**
   * @param clock tells when changes were made
   */
  public AutoLimit(AutoBounds bounds, InstantSource clock) {
    this.bounds = bounds;
    this.clock = clock;
    limit = Math.clamp(START, bounds.min(), bounds.max());
    gradient = gradient(limit);
  }

  private GradientLimit gradient(int start) {
    return GradientLimit.newBuilder()
        .initialLimit(start)
        .minLimit(bounds.min())
        .maxConcurrency(bounds.max())
        .rttTolerance(TOLERANCE)
        .backoffRatio(AFTER_FAILURES)
        .queueSize(AutoLimit::step)
        .probeInterval(NO_PROBES_OF_ITS_OWN)
        .build();
  }

  /** How much is let in more at a time, and how much more than there is room for. */
  private static int step(int limit) {
    return Math.max(1, (int) Math.ceil(Math.sqrt(limit) / 2));
  }

  public AutoBounds bounds() {
    return bounds;
  }

  /** How many may run at once now. */
  public int limit() {
    return limit;
  }

  /**
   * Takes note of a task that ended.
   *
   * @param from when it began, in ns of elapsed time
   * @param to when it ended, by the same clock
   * @param atOnce how many were running when it began
   * @param failed whether it ended by its time limit or by an overload
   * @return whether the limit is another one now
   */
  public synchronized boolean ended(long from, long to, int atOnce, boolean failed) {
    if (!begun) {
      begun = true;
      windowFrom = from;
    }
    if (from - windowFrom < 0) {
      return false;
    }
    tasks++;
    failures += failed ? 1 : 0;
    logSum += Math.log((double) Math.max(1, to - from));
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    long lasted = to - windowFrom;
    boolean full = tasks >= Math.max(LEAST_TASKS, limit) && lasted >= SHORT_WINDOW;
    return (full || (tasks >= LEAST_TASKS_OF_LONG && lasted >= LONG_WINDOW)) && close(to);
  }

  private boolean close(long now) {
    double mean = Math.exp(logSum / tasks);
    smoothed = measured ? smoothed + NEWEST * (mean - smoothed) : mean;
    measured = true;
    unhindered = unhindered == 0 ? smoothed : Math.min(unhindered, smoothed);
    boolean overloaded = failures > 0 && failures >= MANY_FAILURES * tasks;
    boolean slower = smoothed > unhindered * TOLERANCE;
    int before = limit;
    if (--windowsToProbe == 0) {
      probe();
    } else {
      gradient.onSample(windowFrom, Math.round(smoothed), mostAtOnce, overloaded);
      limit = Math.clamp(gradient.getLimit(), bounds.min(), bounds.max());
      note(before, limit, overloaded ? Why.FAILURES : slower ? Why.SLOWER : Why.ROOM);
    }
    windowFrom = now;
    tasks = 0;
    logSum = 0;
    mostAtOnce = 0;
    failures = 0;
    return limit != before;
  }

  /** Begins anew with few, because what took long for good would hold the queue back for ever. */
  private void probe() {
    int before = limit;
    gradient = gradient(Math.clamp(step(before), bounds.min(), bounds.max()));
    limit = gradient.getLimit();
    windowsToProbe = WINDOWS_BETWEEN_PROBES;
    measured = false;
    unhindered = 0;
    note(before, limit, Why.PROBE);
  }

  private void note(int from, int to, Why why) {
    if (from == to) {
      return;
    }
    Instant now = clock.instant();
    LimitChange last = changes.peekFirst();
    boolean goesOn = last != null && last.why() == why && (last.to() > last.from()) == (to > from);
    if (last != null && goesOn) {
      changes.pollFirst();
    }
    changes.addFirst(new LimitChange(now, last != null && goesOn ? last.from() : from, to, why));
    if (changes.size() > KEPT) {
      changes.pollLast();
    }
  }

  /** How it stands. */
  public synchronized AutoState state() {
    List<LimitChange> latest = Collections.unmodifiableList(new ArrayList<>(changes));
    return new AutoState(
        bounds,
        limit,
        unhindered == 0 ? null : Duration.ofNanos(Math.round(unhindered)),
        measured ? Duration.ofNanos(Math.round(smoothed)) : null,
        latest);
  }
}
