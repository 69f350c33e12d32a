package dev.millrace.apps.crew.runs;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** How sync points and gates were decided, counted. */
@Doc("How sync points and gates of runs were decided, counted.")
public record CheckSummary(
    @Doc(
            "All of the time that was asked for; one that was decided anew after a roll-back counts"
                + " again.")
        long total,
    @Doc("Those that passed.") long passed,
    @Doc("By stage, the most frequent first.") List<Rate> byStage,
    @Doc("By metric, the most frequent first: whether its rule held.") List<Rate> byMetric,
    @Doc("By template; `roles` is the layout by roles.") List<Rate> byTemplate,
    @Doc("By domain of the request.") List<Rate> byDomain,
    @Doc("By when: entry is before a stage, process while it is at work, exit at its end.")
        List<Rate> byKind,
    @Doc("By day in UTC, oldest first.") List<Rate> byDay) {

  /** How often something was checked, and passed. */
  @Doc("How often something was checked, and passed.")
  public record Rate(
      @Doc("Its name; of a day, such as 2026-11-22.") String name,
      @Doc("How often it was decided.") long checks,
      @Doc("How often it passed.") long passed) {}
}
