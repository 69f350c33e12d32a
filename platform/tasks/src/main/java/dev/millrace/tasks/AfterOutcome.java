package dev.millrace.tasks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which end of other tasks a task waits for. */
public enum AfterOutcome {
  /** Their success. While one is dead it goes on waiting; with a cancelled one it is cancelled. */
  SUCCEEDED,
  /** Their death. With one that succeeds or is cancelled it is cancelled. */
  FAILED,
  /** Any end: success, death or cancellation. */
  ENDED;

  /** As it is stored; null for success. */
  @Nullable String stored() {
    return this == SUCCEEDED ? null : name().toLowerCase(Locale.ROOT);
  }

  static AfterOutcome of(@Nullable String stored) {
    return stored == null ? SUCCEEDED : valueOf(stored.toUpperCase(Locale.ROOT));
  }

  /** Whether a task that ended so is what is waited for. */
  boolean isMet(TaskState end) {
    return switch (this) {
      case SUCCEEDED -> end == TaskState.SUCCEEDED;
      case FAILED -> end == TaskState.DEAD;
      case ENDED -> true;
    };
  }

  /** Whether a task that ended so may still come to what is waited for, driven again. */
  boolean mayBeMet(TaskState end) {
    return this == SUCCEEDED && end == TaskState.DEAD;
  }
}
