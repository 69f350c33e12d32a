package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.LocalDate;
import java.util.List;

/** What was counted as drafts ended. */
@Doc("What was counted as drafts ended.")
public record StatisticsView(
    @Doc("Newest first, and by rule group.") List<DayView> days,
    @Doc("Why files could not be had, most frequent first; the 200 most frequent.")
        List<FailureView> failures) {

  /** A day of a rule group. */
  @Doc("A day of a rule group, in UTC.")
  public record DayView(
      LocalDate day,
      @Doc("Its id; empty for recipes that name none.") String ruleGroup,
      @Doc("Drafts that ended.") long drafts,
      long ready,
      long failed,
      long cancelled,
      @Doc("Ready ones of those that were not cancelled; 0 if there are none.")
          double successPercent,
      @Doc("From submission to end, of those that became ready.") double meanSeconds,
      @Doc("Of the files of those that became ready, in units of 1000000 bytes.")
          double megabytes) {}

  /** How many files of a host failed for a reason. */
  @Doc("How many files of a host failed for a reason.")
  public record FailureView(String host, String code, long files) {}
}
