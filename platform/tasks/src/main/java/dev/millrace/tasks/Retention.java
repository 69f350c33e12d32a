package dev.millrace.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a finished task stays. Immutable.
 *
 * @param task how long the task is kept after its end; null for as long as all, see {@link
 *     TasksConfig#retention}
 * @param result how long what it answered is kept; null for as long as the task
 */
public record Retention(@Nullable Duration task, @Nullable Duration result) {
  /** What a type has that says nothing. */
  public static final Retention DEFAULT = new Retention(null, null);

  private static final Duration LEAST = Duration.ofMinutes(1);

  public Retention {
    check("task", task);
    check("result", result);
  }

  /** What {@code this} says, and where it says nothing, what {@code other} says. */
  public Retention orElse(Retention other) {
    return new Retention(task == null ? other.task : task, result == null ? other.result : result);
  }

  private static void check(String field, @Nullable Duration time) {
    if (time != null && time.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "retention of the " + field + " is " + time + "; allowed is at least " + LEAST);
    }
  }
}
