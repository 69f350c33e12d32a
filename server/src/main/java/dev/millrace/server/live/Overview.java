package dev.millrace.server.live;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.Map;

/**
 * How everything goes at one moment.
 *
 * @param rates of the second before
 */
public record Overview(
    Instant at,
    @Doc("The newest commit.") String position,
    Rates rates,
    @Doc("Tasks that run now.") long running,
    @Doc("Tasks in each state, all queues together.") Map<String, Long> counts,
    @Doc("Sync points of workflows that wait for a person or for metrics.") int approvals,
    ProcessFigures process) {

  /** What happened a second, on average since the moment before. */
  public record Rates(double submitted, double succeeded, double failed) {}

  /** The process. */
  public record ProcessFigures(
      @Doc("Memory of objects in use, in bytes.") long heapBytes,
      @Doc("The most that it may become, in bytes.") long heapMaxBytes,
      @Doc("The share of all processors that this process uses, 0 to 1.") double cpu,
      @Doc("The database's file, in bytes.") long storeBytes,
      @Doc("Its write-ahead log, in bytes.") long walBytes) {}
}
