package dev.millrace.server.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to a web hook, and what became of it. Immutable.
 *
 * @param id its place in the log
 * @param message the {@code webhook-id}, the same in all attempts
 * @param event the type of the message, such as {@code task.dead}
 * @param about the task that it tells of
 * @param task the task that delivers it
 * @param status of the last answer; null if none came
 * @param error why the last attempt failed; null if it did not
 * @param tookMillis the last attempt
 */
record Delivery(
    long id,
    String webhook,
    String message,
    String event,
    String about,
    String task,
    State state,
    int attempts,
    @Nullable Integer status,
    @Nullable String error,
    @Nullable Long tookMillis,
    Instant createdAt,
    @Nullable Instant lastAt) {

  /** How far it is. */
  public enum State {
    /** It is tried, or will be tried again. */
    PENDING,
    /** The receiver took it. */
    DELIVERED,
    /** No attempt is left; its task is dead and can be retried. */
    FAILED
  }
}
