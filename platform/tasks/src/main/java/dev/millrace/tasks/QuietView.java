package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process takes any more work.
 *
 * @param since from when on it starts nothing; null if it does
 * @param running how many tasks are at work, or have an outcome that is not durable yet
 */
public record QuietView(@Nullable Instant since, int running) {
  /** Whether it is quiet and nothing runs any more: the process can be stopped without loss. */
  public boolean isThrough() {
    return since != null && running == 0;
  }
}
