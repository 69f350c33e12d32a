package dev.millrace.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a finished task is there to be seen. Both moments are the earliest; the purge comes
 * within ten minutes.
 *
 * @param task null while the task is unfinished
 * @param result null while it is unfinished, and if the result stays as long as the task
 */
public record Kept(@Nullable Instant task, @Nullable Instant result) {
  /** Of an unfinished task. */
  public static final Kept NOT_YET = new Kept(null, null);
}
