package dev.millrace.tasks;

import java.time.Duration;

/**
 * How many tasks of a type one call of its {@link ChunkHandler} takes. Immutable.
 *
 * @param size tasks at most, 1 to 1,000
 * @param within how long a task waits for others at most, 1 ms to 10 minutes; a full chunk does not
 *     wait
 * @param perKey whether all tasks of a chunk have the same {@link SubmitOptions#key}
 */
public record Chunking(int size, Duration within, boolean perKey) {
  /** Tasks in one chunk at most. */
  public static final int MOST = 1_000;

  private static final Duration LONGEST = Duration.ofMinutes(10);

  public Chunking {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("chunk size " + size + ": use 1 to " + MOST);
    }
    if (within.toMillis() < 1 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("chunk within " + within + ": use PT0.001S to " + LONGEST);
    }
  }

  /** Up to {@code size} tasks, none of which waits for others longer than {@code within}. */
  public static Chunking of(int size, Duration within) {
    return new Chunking(size, within, false);
  }

  /** The same, but only tasks of one key are in a chunk; those without one are together. */
  public Chunking byKey() {
    return new Chunking(size, within, true);
  }
}
