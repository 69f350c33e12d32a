package dev.millrace.outbound.groups;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Bytes a second of a group over the last five, whoever asks. Thread-safe. */
final class GroupSpeed {
  private static final long WINDOW = TimeUnit.SECONDS.toNanos(5);
  private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(50);

  private record Sample(long nanos, long bytes) {}

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  /** Notes the figure of this moment, if the last one is not too fresh, and tells the speed. */
  synchronized long at(long nanos, long bytes) {
    if (samples.isEmpty() || nanos - samples.getLast().nanos() >= LEAST) {
      samples.addLast(new Sample(nanos, bytes));
    }
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long elapsed = nanos - first.nanos();
    return elapsed <= 0 ? 0 : (long) (Math.max(0, bytes - first.bytes()) * 1e9 / elapsed);
  }
}
