package dev.millrace.tasks.adaptive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the memory guard knows and does.
 *
 * @param on whether it does anything
 * @param alive the share of the heap that was alive when it last measured; null before
 * @param measuredAt null before
 * @param maxBytes how large the heap may become
 * @param putBack how many runs it has put back since the process began
 * @param refused how many submissions it has refused since the process began
 * @param changes of the level, newest first
 */
public record MemoryState(
    boolean on,
    MemoryLevel level,
    @Nullable Double alive,
    @Nullable Instant measuredAt,
    long maxBytes,
    long putBack,
    long refused,
    List<Change> changes) {

  /**
   * The level went from one to another.
   *
   * @param alive the share of the heap that was alive
   */
  public record Change(Instant at, MemoryLevel from, MemoryLevel to, double alive) {}
}
