package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler when what it calls is overloaded: a full pool, a 429 or 503 of a service. The
 * task is retried by its policy as after any failure, and a queue whose concurrency is found by
 * itself runs fewer at once.
 */
public class Overload extends RuntimeException {
  public Overload(String message) {
    super(message);
  }

  public Overload(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
