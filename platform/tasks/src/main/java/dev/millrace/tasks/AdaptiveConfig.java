package dev.millrace.tasks;

import java.time.Duration;
import java.util.Set;

/**
 * What finds out by itself how much is run at once. Immutable.
 *
 * @param autoConcurrency whether queues whose concurrency is {@code auto} find it; where they do
 *     not, they run what a queue without a setting runs
 * @param autoQueues the queues that find it although nobody has set them to; {@code *} for all
 * @param memoryGuard whether less is started before the heap is full
 * @param autoTuning whether trials are made with the concurrency of queues that nobody has set
 * @param trialTime how long a trial of the tuning takes at least, and what it is compared with
 */
public record AdaptiveConfig(
    boolean autoConcurrency,
    Set<String> autoQueues,
    boolean memoryGuard,
    boolean autoTuning,
    Duration trialTime) {
  /** Queues find it where they are set to, memory is guarded, and no trials are made. */
  public static final AdaptiveConfig DEFAULT =
      new AdaptiveConfig(true, Set.of(), true, false, Duration.ofSeconds(5));

  public AdaptiveConfig {
    autoQueues = Set.copyOf(autoQueues);
    if (trialTime.toMillis() < 100 || trialTime.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "tasks.adaptive.trial-time is " + trialTime + "; allowed is PT0.1S to PT1H");
    }
  }

  public AdaptiveConfig withAutoConcurrency(boolean value) {
    return new AdaptiveConfig(value, autoQueues, memoryGuard, autoTuning, trialTime);
  }

  public AdaptiveConfig withAutoQueues(Set<String> names) {
    return new AdaptiveConfig(autoConcurrency, names, memoryGuard, autoTuning, trialTime);
  }

  public AdaptiveConfig withMemoryGuard(boolean value) {
    return new AdaptiveConfig(autoConcurrency, autoQueues, value, autoTuning, trialTime);
  }

  /** Whether trials are made, and how long one takes. */
  public AdaptiveConfig withAutoTuning(boolean value, Duration time) {
    return new AdaptiveConfig(autoConcurrency, autoQueues, memoryGuard, value, time);
  }

  boolean isAuto(String queue) {
    return autoQueues.contains(queue) || autoQueues.contains("*");
  }
}
