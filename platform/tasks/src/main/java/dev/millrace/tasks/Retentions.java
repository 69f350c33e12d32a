package dev.millrace.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the tasks of each type stay: what the configuration says of the type, else what the type
 * says, else what holds for all. Thread-safe.
 */
final class Retentions {
  private final TasksConfig config;
  private final TypeRegistry types;

  Retentions(TasksConfig config, TypeRegistry types) {
    this.config = config;
    this.types = types;
  }

  /** Whether nothing but the one time for all types holds. */
  boolean areAlike() {
    return config.retentions().isEmpty()
        && types.all().stream().allMatch(type -> type.retention().equals(Retention.DEFAULT));
  }

  /** The longest time that any task stays. */
  Duration longest() {
    Duration longest = config.retention();
    for (Retention rule : config.retentions().values()) {
      longest = longer(longest, rule.task());
    }
    for (TaskType<?, ?> type : types.all()) {
      longest = longer(longest, type.retention().task());
    }
    return longest;
  }

  private static Duration longer(Duration a, @Nullable Duration b) {
    return b == null || a.compareTo(b) >= 0 ? a : b;
  }

  /** What holds for the type beyond the time for all. */
  Retention of(String type) {
    KnownType<?, ?> known = types.find(type);
    Retention own = known == null ? Retention.DEFAULT : known.type.retention();
    return configured(type).orElse(own);
  }

  private Retention configured(String type) {
    Map<String, Retention> rules = config.retentions();
    if (rules.isEmpty()) {
      return Retention.DEFAULT;
    }
    Retention found = Retention.DEFAULT;
    Retention exact = rules.get(type);
    if (exact != null) {
      found = exact;
    }
    for (int dot = type.length(); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
      Retention ofAll = rules.get(type.substring(0, dot) + ".*");
      found = ofAll == null ? found : found.orElse(ofAll);
    }
    Retention ofEvery = rules.get("*");
    return ofEvery == null ? found : found.orElse(ofEvery);
  }

  Kept kept(TaskView task) {
    Instant end = task.finishedAt();
    if (end == null) {
      return Kept.NOT_YET;
    }
    Retention rule = of(task.type());
    Duration own = rule.task();
    Instant until = own == null ? Bucket.endOfDay(end).plus(config.retention()) : end.plus(own);
    Duration result = rule.result();
    Instant resultUntil = result == null ? null : end.plus(result);
    return new Kept(until, resultUntil == null || resultUntil.isAfter(until) ? null : resultUntil);
  }
}
