package dev.millrace.tasks;

import dev.millrace.store.TxWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A handler's view of its own run. Thread-safe, but steps of one run are called one after another.
 */
public interface Run {
  TaskId id();

  String type();

  String queue();

  /** From 1. A run that the process's end interrupted is repeated under the same number. */
  int attempt();

  List<String> tags();

  Optional<String> tenant();

  Optional<String> key();

  /** W3C Trace Context of the submitter. */
  Optional<String> traceparent();

  /** When the time limit ends this attempt. */
  Optional<Instant> deadline();

  /**
   * Whether the handler should end as soon as it can: the task was cancelled, its time is over, or
   * the server stops. The thread is interrupted as well.
   */
  boolean cancelled();

  /**
   * Says how far the run has come. Watchers see it at once, the database at most about every 500
   * ms, so it may be called as often as one likes.
   *
   * @param total 0 if unknown
   * @param message for people, cut at 500 characters
   */
  void progress(long done, long total, @Nullable String message);

  /** Writes a line to the task's log: cut at 4,000 characters, 10,000 lines a task are kept. */
  void log(LogLine.Level level, String text);

  /**
   * Does {@code work} once a task: when the call returns, the result is durable, and a later run of
   * this task gets it from the database instead of doing the work again. If the process ends before
   * that, the work is repeated.
   *
   * @param name unique within the task
   * @param result JSON can write and read it; at most 1 MB
   * @throws IllegalStateException if this run used the name before
   * @throws Exception what the work throws; nothing is kept then
   */
  <T> T step(String name, Class<T> result, Callable<T> work) throws Exception;

  /** As {@link #step(String, Class, Callable)}, for work without a result. */
  void step(String name, Action work) throws Exception;

  /**
   * Does {@code work} within a limit of parts, see {@link Limit#ofParts}: only so many runs are in
   * such parts at once, and they begin only so often. Where there is no room it waits for {@code
   * wait} on its thread; then it gives way as {@link #sleep} does, and the handler is called anew
   * when there is room for it, in the order in which such runs came to wait. So what is outside of
   * steps runs again, and work that must not be repeated belongs into a step around or within this.
   *
   * @param limit its name
   * @param wait how long to keep the thread at most; {@link Duration#ZERO} to give way at once
   * @throws TaskException if there is no limit of parts with that name
   * @throws Exception what the work throws
   */
  <T> T limited(String limit, Duration wait, Callable<T> work) throws Exception;

  /** As {@link #limited(String, Duration, Callable)}, for work without a result. */
  void limited(String limit, Duration wait, Action work) throws Exception;

  /**
   * Waits without a thread: the handler is left here by a {@link Throwable} that it lets pass, and
   * is called anew when the time has come, with finished steps, sleeps and signals behind it. So it
   * must come to the same steps in the same order each time, and what is outside of steps runs
   * again. Outlives restarts.
   *
   * @param time up to ten years
   */
  void sleep(Duration time) throws InterruptedException;

  /**
   * Waits without a thread, as {@link #sleep} does, for {@link Tasks#signal}. A signal that came
   * before is there at once, and each is taken once.
   *
   * @param payload what comes with the signal, read from JSON
   * @param limit how long to wait, up to ten years
   * @return the payload, or nothing if no signal came in time
   */
  <T> Optional<T> awaitSignal(String name, Class<T> payload, Duration limit)
      throws InterruptedException;

  /**
   * As {@link #awaitSignal(String, Class, Duration)}, for signals without a payload.
   *
   * @return false if no signal came in time
   */
  boolean awaitSignal(String name, Duration limit) throws InterruptedException;

  /**
   * Submits a task for each input, once however often the handler is called, and waits without a
   * thread until all are over. Any number of inputs: they are submitted a thousand a commit, and
   * the iterable must give the same ones in the same order each time. When this task is cancelled,
   * so are they.
   *
   * @param name unique within the task
   * @return how they ended; failed ones do not fail this task by themselves
   */
  <I, O> Children<O> children(String name, TaskType<I, O> type, Iterable<? extends I> inputs)
      throws InterruptedException;

  /**
   * As {@link #children} for one input.
   *
   * @return its result
   * @throws ChildFailedException if it is dead or was cancelled
   */
  <I, O> @Nullable O child(String name, TaskType<I, O> type, I input) throws InterruptedException;

  /**
   * Commits {@code work} together with the success of this task: both or none, exactly once. Called
   * at most once; the work runs after the handler returned, not if it fails or was cancelled. If
   * the work throws, the attempt fails with that.
   */
  void finish(TxWork<? extends Exception> work);

  /** Work of a step without a result. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }
}
