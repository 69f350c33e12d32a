package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link Chunk}. Thread-safe. It is settled once at most, by one of {@link #succeed},
 * {@link #fail}, {@link #retry} and {@link #discard}; all ends of a chunk are committed together
 * when its handler has returned.
 */
public interface ChunkTask<I, O> {
  TaskId id();

  I input();

  /** From 1. */
  int attempt();

  List<String> tags();

  Optional<String> tenant();

  Optional<String> key();

  /** W3C Trace Context of the submitter. */
  Optional<String> traceparent();

  /** Whether this task was cancelled, or the whole chunk is asked to end. */
  boolean cancelled();

  /** As {@link Run#progress}. */
  void progress(long done, long total, @Nullable String message);

  /** As {@link Run#log}. */
  void log(LogLine.Level level, String text);

  /**
   * It is done.
   *
   * @param result kept with the task; null if there is none
   * @throws IllegalStateException if it was settled before
   */
  void succeed(@Nullable O result);

  /**
   * Its attempt failed, and the type's {@link RetryPolicy} says whether there is another one.
   *
   * @throws IllegalStateException if it was settled before
   */
  void fail(Throwable why);

  /**
   * Its attempt failed, and the next one, if one is left, is due after {@code delay}.
   *
   * @throws IllegalStateException if it was settled before
   */
  void retry(Duration delay, Throwable why);

  /**
   * It is given up: cancelled, with the reason for people to read.
   *
   * @throws IllegalStateException if it was settled before
   */
  void discard(String reason);
}
