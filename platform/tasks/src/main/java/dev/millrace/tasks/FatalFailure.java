package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/** Thrown by a handler when no further attempt can help: the task is dead at once. */
public class FatalFailure extends RuntimeException {
  public FatalFailure(String message) {
    super(message);
  }

  public FatalFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
