package dev.millrace.bench.peer;

import dev.millrace.bench.Samples;
import dev.millrace.bench.StartTimes;
import java.time.Duration;

/**
 * A job queue on a database of its own, with one type of task that does nothing. Thread-safe but
 * for {@link #close}.
 */
public interface Peer extends AutoCloseable {

  /** Submits one task and returns when the peer says it is committed. */
  void submit() throws Exception;

  /** Submits {@code count} tasks by the peer's way of doing that in bulk. */
  void submitAll(int count) throws Exception;

  /**
   * Starts the workers and returns when the bodies of {@code count} tasks have run.
   *
   * @return the time from the start of the workers to the end of the last body
   * @throws java.util.concurrent.TimeoutException if that takes more than {@code limit}
   */
  Duration drain(int count, Duration limit) throws Exception;

  /** Starts the workers with the setting that starts a task soonest, then submits at a rate. */
  Samples startTimes(StartTimes times, int perSecond, Duration limit) throws Exception;

  @Override
  void close() throws Exception;

  /** Opens a peer on an empty database. */
  @FunctionalInterface
  interface Opening {
    Peer open() throws Exception;
  }
}
