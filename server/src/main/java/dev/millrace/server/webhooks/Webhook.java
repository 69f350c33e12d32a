package dev.millrace.server.webhooks;

import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when tasks change. Immutable.
 *
 * @param states the states that it is told of
 * @param types of the tasks; a name that ends with {@code *} means all that begin so; empty for any
 * @param tags one of these; empty for any
 * @param disabledBecause why it was disabled by itself; null if it was not
 * @param failingSince when the first delivery failed since the last one that went well
 */
record Webhook(
    String name,
    String url,
    Set<TaskState> states,
    List<String> types,
    List<String> tags,
    Secrets secrets,
    boolean enabled,
    @Nullable Cause disabledBecause,
    @Nullable Instant failingSince,
    Instant createdAt) {
  /** Why one is disabled by itself. */
  public enum Cause {
    /** The receiver wants nothing more: it answered 410. */
    GONE,
    /** All deliveries have failed for too long. */
    FAILING
  }

  Webhook {
    states = Set.copyOf(states);
    types = List.copyOf(types);
    tags = List.copyOf(tags);
  }

  boolean wants(TaskState state, TaskView task) {
    return states.contains(state)
        && (types.isEmpty() || types.stream().anyMatch(type -> fits(type, task.type())))
        && (tags.isEmpty() || tags.stream().anyMatch(task.tags()::contains));
  }

  private static boolean fits(String wanted, String type) {
    return wanted.endsWith("*")
        ? type.startsWith(wanted.substring(0, wanted.length() - 1))
        : type.equals(wanted);
  }
}
