package dev.millrace.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * The id of a batch, of the same make as a {@link TaskId}. Immutable.
 *
 * @param key the number under which the database knows the batch, greater than 0
 */
public record BatchId(long key) {
  public BatchId {
    if (key <= 0) {
      throw new IllegalArgumentException("a batch's key is greater than 0, not " + key);
    }
  }

  /**
   * Reads an id as {@link #toString} wrote it.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_ID} if it is none
   */
  @JsonCreator
  public static BatchId parse(String text) {
    return new BatchId(TaskId.parse(text).key());
  }

  /** When the batch was opened, to the millisecond. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(TaskId.millisOf(key));
  }

  @JsonValue
  @Override
  public String toString() {
    return new TaskId(key).toString();
  }
}
