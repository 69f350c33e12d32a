package dev.millrace.tasks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in tasks, by kind. Counts change in the very commits that write the failures, so
 * they are exact whatever happens to the process. Thread-safe.
 *
 * <p>There are at most 5,000 kinds; from then on new ones are counted by their exception alone,
 * until old ones of which no task is dead have gone with history.
 */
public interface ErrorGroups {
  /**
   * Groups, the one that was seen last first.
   *
   * @param limit 1 to 200
   * @param cursor {@link ErrorPage#next} of the page before; null for the first. A group that is
   *     seen again meanwhile moves to the front
   */
  ErrorPage list(ErrorFilter filter, int limit, @Nullable String cursor);

  /** One group. */
  Optional<ErrorGroup> find(String fingerprint);

  /** The fingerprint of what a dead task died of; nothing if it is not dead. */
  Optional<String> of(TaskId dead);
}
