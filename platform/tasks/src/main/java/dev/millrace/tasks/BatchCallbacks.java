package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What a batch submits by itself, each in the very commit that makes it true and at most once. A
 * callback that names no {@link SubmitOptions#key} gets the batch's id as its key. Immutable.
 *
 * @param onSuccess when the batch is closed and every task has succeeded
 * @param onFailure when the first task is dead
 * @param onComplete when the batch is closed and every task over
 */
public record BatchCallbacks(
    @Nullable Submission onSuccess,
    @Nullable Submission onFailure,
    @Nullable Submission onComplete) {
  private static final BatchCallbacks NONE = new BatchCallbacks(null, null, null);

  /** Nothing is submitted. */
  public static BatchCallbacks none() {
    return NONE;
  }
}
