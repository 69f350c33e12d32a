package dev.millrace.bench.tasks;

import dev.millrace.bench.Samples;

/** One run of {@code tasks.start}: the times of all its tasks in ms. */
@FunctionalInterface
interface StartRun {
  Samples measure() throws Exception;
}
