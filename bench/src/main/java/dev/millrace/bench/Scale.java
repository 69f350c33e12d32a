package dev.millrace.bench;

import java.time.Duration;

/**
 * How much is run: the full figures for the documentation, or a quick pass that shows the order of
 * magnitude in minutes.
 *
 * @param runs runs of each contender
 * @param warmUp how long a contender runs before it is measured
 * @param window how long a rate is measured
 * @param drain tasks that our own drain works off
 * @param peerDrain tasks that a peer's drain works off; fewer, they are slower
 * @param history finished tasks that lie in history in {@code tasks.drain.history}
 * @param bulk tasks of one bulk run
 */
public record Scale(
    boolean quick,
    int runs,
    Duration warmUp,
    Duration window,
    int drain,
    int peerDrain,
    int history,
    int bulk) {

  public static final Scale FULL =
      new Scale(
          false,
          5,
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          200_000,
          2_000,
          5_000_000,
          200_000);

  public static final Scale QUICK =
      new Scale(
          true, 1, Duration.ofMillis(500), Duration.ofSeconds(1), 50_000, 500, 200_000, 50_000);

  /** The same with another number of runs, from 1. */
  public Scale withRuns(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("--runs is " + count + "; use 1 or more");
    }
    return new Scale(quick, count, warmUp, window, drain, peerDrain, history, bulk);
  }
}
