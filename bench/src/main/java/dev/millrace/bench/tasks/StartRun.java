package dev.millrace.bench.tasks;

import dev.millrace.bench.Samples;

/**
 * A contender of {@code tasks.start}.
 *
 * @param warmUpPerSecond the rate at which it is warmed up; it must be able to follow
 */
record StartRun(int warmUpPerSecond, Measure measure) {

  /** Starts {@code count} tasks at a rate and returns the times of all of them in ms. */
  @FunctionalInterface
  interface Measure {
    Samples of(int count, int perSecond) throws Exception;
  }
}
