package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of tasks. Immutable.
 *
 * @param concurrency running tasks of a queue without a setting of its own, 1 to 4,096
 * @param windowTasks ready tasks of a queue that are kept in memory, at least 100; any number waits
 *     in the store
 * @param windowBytes memory for them, in characters of input
 * @param ageing how much earlier a task counts as submitted for each level of priority
 * @param stopGrace how long running tasks may go on when the server stops
 * @param retention how long finished tasks stay in history
 * @param historyTasks how many finished tasks stay in history
 * @param trialTime how long a task that ran during two crashes runs alone before others start
 * @param events whether every commit emits the event {@code tasks.changed}
 * @param adaptive what finds out by itself how much is run at once
 * @param retentions what holds for single types before what they say themselves: by name, by the
 *     names below {@code report.*}, or for all that say nothing by {@code *}
 * @param redacted names of fields whose values nobody is shown, whatever the type
 */
public record TasksConfig(
    int concurrency,
    int windowTasks,
    long windowBytes,
    Duration ageing,
    Duration stopGrace,
    Duration retention,
    long historyTasks,
    Duration trialTime,
    boolean events,
    AdaptiveConfig adaptive,
    Map<String, Retention> retentions,
    List<String> redacted) {
  /** What is hidden unless the configuration says otherwise. */
  public static final List<String> REDACTED =
      List.of(
          "password",
          "passphrase",
          "secret",
          "token",
          "access-token",
          "refresh-token",
          "api-key",
          "private-key",
          "client-secret",
          "authorization",
          "credentials");

  public TasksConfig {
    check(concurrency >= 1 && concurrency <= 4_096, "concurrency", concurrency, "1 to 4,096");
    check(windowTasks >= 100, "window-tasks", windowTasks, "at least 100");
    check(windowBytes >= 1 << 20, "window-bytes", windowBytes, "at least 1 MB");
    check(!ageing.isNegative(), "ageing", ageing, "0 or more");
    check(!stopGrace.isNegative(), "stop-grace", stopGrace, "0 or more");
    check(retention.compareTo(Duration.ofHours(1)) >= 0, "retention", retention, "at least PT1H");
    check(historyTasks >= 1_000, "history-tasks", historyTasks, "at least 1,000");
    retentions = Map.copyOf(retentions);
    redacted = List.copyOf(redacted);
    redacted.forEach(Redaction::checkName);
    check(!trialTime.isNegative(), "trial-time", trialTime, "0 or more");
  }

  public static TasksConfig defaults() {
    return new TasksConfig(
        64,
        10_000,
        16L << 20,
        Duration.ofMinutes(1),
        Duration.ofSeconds(10),
        Duration.ofDays(30),
        10_000_000,
        Duration.ofSeconds(10),
        true,
        AdaptiveConfig.DEFAULT,
        Map.of(),
        REDACTED);
  }

  public TasksConfig withConcurrency(int value) {
    return changed().concurrency(value).config();
  }

  /** The limits of a queue's window. */
  public TasksConfig withWindow(int tasks, long bytes) {
    return changed().windowTasks(tasks).windowBytes(bytes).config();
  }

  public TasksConfig withAgeing(Duration value) {
    return changed().ageing(value).config();
  }

  public TasksConfig withStopGrace(Duration value) {
    return changed().stopGrace(value).config();
  }

  /** The limits of history. */
  public TasksConfig withHistory(Duration kept, long tasks) {
    return changed().retention(kept).historyTasks(tasks).config();
  }

  public TasksConfig withTrialTime(Duration value) {
    return changed().trialTime(value).config();
  }

  public TasksConfig withEvents(boolean value) {
    return changed().events(value).config();
  }

  public TasksConfig withAdaptive(AdaptiveConfig value) {
    return changed().adaptive(value).config();
  }

  /** How long the tasks of single types stay. */
  public TasksConfig withRetentions(Map<String, Retention> value) {
    return changed().retentions(value).config();
  }

  /** The names of fields that are hidden in all types. */
  public TasksConfig withRedacted(List<String> value) {
    return changed().redacted(value).config();
  }

  private TasksConfigChange changed() {
    return new TasksConfigChange(this);
  }

  private static void check(boolean holds, String field, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "tasks." + field + " is " + value + "; allowed is " + allowed);
    }
  }
}
