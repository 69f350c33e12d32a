package dev.millrace.tasks;

import java.time.Instant;
import java.util.Optional;

/**
 * Tasks that do nothing by themselves: whoever holds them runs them one at a time, on the thread
 * that asks for it, and says when time has passed. Everything else is as it always is: the store,
 * queues, limits, retries, schedules. Made by {@link TasksBuilder#buildStepped} for tests; most of
 * them want the face that {@link dev.millrace.tasks.testing.TestTasks} puts on it.
 *
 * <p>Thread-safe, but one thread runs tasks at a time: to another one there is nothing to run
 * meanwhile. {@link #await} never waits, because nothing goes on by itself.
 */
public interface SteppedTasks extends Tasks {
  /**
   * Runs the next task that may start, with all that a worker does, and returns when its outcome is
   * durable. A handler may call it: then the next task runs inside of that handler, up to 50 deep.
   *
   * @return the task; nothing if none may start now
   */
  Optional<TaskId> runNext();

  /** When something is due next by the clock that these tasks were built with, if anything is. */
  Optional<Instant> nextMoment();

  /**
   * Does what is due by the clock: makes tasks ready, submits those of schedules, lets limits go
   * on, stops runs that are over their time limit. Runs nothing.
   */
  void catchUp();

  /** What a task was given, whole; nothing if there is no such task. JSON. */
  Optional<String> storedInput(TaskId id);
}
