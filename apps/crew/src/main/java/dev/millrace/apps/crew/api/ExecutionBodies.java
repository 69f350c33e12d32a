package dev.millrace.apps.crew.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;

/** What the endpoints of executions take. */
public final class ExecutionBodies {
  private ExecutionBodies() {}

  /** Which executions are counted. */
  public record SummaryQuery(
      @Doc("How many days back.") @Range(min = 1, max = 3_650) @Default("90") int days) {}

  /** How content a user is. */
  @Doc("How content a user is.")
  public record Rating(
      @Doc("1 not at all to 5 fully.") @Range(min = 1, max = 5) int satisfaction) {}
}
