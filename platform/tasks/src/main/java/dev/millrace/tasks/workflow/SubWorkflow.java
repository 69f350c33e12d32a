package dev.millrace.tasks.workflow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The word for a run of another workflow where a task type may stand: {@code workflow:release}. The
 * run takes the task's input as its own, begins on the latest version there is then, and its
 * result, the results of its tasks by name, is the task's.
 */
public final class SubWorkflow {
  private static final String PREFIX = "workflow:";

  private SubWorkflow() {}

  /** What stands for a run of the workflow {@code name}. */
  public static String type(String name) {
    return PREFIX + name;
  }

  /** The workflow that {@code type} stands for; empty if it is the name of a task type. */
  public static Optional<String> name(@Nullable String type) {
    return type != null && type.startsWith(PREFIX)
        ? Optional.of(type.substring(PREFIX.length()))
        : Optional.empty();
  }
}
