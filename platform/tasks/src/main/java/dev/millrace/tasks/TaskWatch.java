package dev.millrace.tasks;

import java.time.Duration;
import java.util.List;

/**
 * News of tasks as they happen, from memory. A slow reader gets only the latest of each task.
 * Thread-safe; meant to be read by one thread. Close it, or it collects for ever.
 */
public interface TaskWatch extends AutoCloseable {
  /**
   * Waits for news.
   *
   * @return in the order of the tasks' first unread news; empty after {@code timeout} or when
   *     closed
   * @throws InterruptedException if the thread is interrupted
   */
  List<TaskChange> take(Duration timeout) throws InterruptedException;

  /**
   * Whether news of some tasks were dropped since the last call, because more tasks changed than
   * the buffer holds: then read the list again.
   */
  boolean missed();

  @Override
  void close();
}
