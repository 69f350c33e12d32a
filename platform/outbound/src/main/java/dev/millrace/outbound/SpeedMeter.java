package dev.millrace.outbound;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Bytes a second over the last five. Confined to one thread. */
final class SpeedMeter {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long bytes) {}

  /** Notes the figure of this moment and tells the speed. */
  long at(long nanos, long bytes) {
    samples.addLast(new Sample(nanos, bytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long elapsed = nanos - first.nanos();
    return elapsed <= 0 ? 0 : (long) (Math.max(0, bytes - first.bytes()) * 1e9 / elapsed);
  }
}
