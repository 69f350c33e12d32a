package dev.millrace.apps.crew.executions;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long things took. */
@Doc("How long things took: percentiles by kind.")
public record TimeSummary(
    @Doc("Plans made for clients by this process, the newest 1,000; null before the first.")
        @Nullable Times plans,
    @Doc("Work of agents, by agent, the most frequent first; at most 100.") List<Times> agents,
    @Doc("Stages of runs with their sync points, by name, the same.") List<Times> stages) {

  /** How long one kind of thing took. */
  @Doc("How long one kind of thing took: the least time within which so many of 100 were over.")
  public record Times(
      @Doc("Its name.") String name,
      @Doc("How many are known.") long count,
      @Doc("Half, in seconds.") double p50,
      @Doc("95 of 100, in seconds.") double p95,
      @Doc("99 of 100, in seconds.") double p99,
      @Doc("The longest, in seconds.") double longest) {}
}
