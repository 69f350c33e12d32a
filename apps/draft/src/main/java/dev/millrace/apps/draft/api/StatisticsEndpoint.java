package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.records.Statistics;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The endpoint of what was counted. Thread-safe. */
public final class StatisticsEndpoint {
  private static final int DAYS = 29;
  private static final StatisticsView EXAMPLE =
      new StatisticsView(
          List.of(
              new StatisticsView.DayView(
                  LocalDate.of(2026, 11, 22), "rg1", 100, 95, 4, 1, 96.0, 4.2, 1_310.7)),
          List.of(new StatisticsView.FailureView("cdn.example.com", "download-not-found", 4)));

  private final Statistics statistics;
  private final InstantSource clock;

  public StatisticsEndpoint(Statistics statistics, InstantSource clock) {
    this.statistics = statistics;
    this.clock = clock;
  }

  /** The one there is. */
  public Endpoint endpoint() {
    return Endpoint.get("/api/v1/draft/statistics")
        .id("draftStatistics")
        .tags("draft")
        .summary("Count drafts by rule group and day")
        .description(
            "Counted by the commits that end drafts. A draft that is driven again is taken back and"
                + " counted when it ends anew; its files that failed have failed.")
        .query(StatisticsQuery.class)
        .answers(200, StatisticsView.class, EXAMPLE)
        .handle(request -> {
          StatisticsQuery query = request.query();
          LocalDate to = query.to();
          if (to == null) {
            to = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
          }
          LocalDate from = query.from();
          if (from == null) {
            from = to.minusDays(DAYS);
          }
          return Reply.ok(
              new StatisticsView(
                  statistics.days(from, to, query.ruleGroup()).stream()
                      .map(StatisticsEndpoint::view)
                      .toList(),
                  statistics.failures(from, to, query.ruleGroup()).stream()
                      .map(failure ->
                          new StatisticsView.FailureView(
                              failure.host(), failure.code(), failure.files()))
                      .toList()));
        });
  }

  private static StatisticsView.DayView view(Statistics.Day day) {
    long judged = day.ready() + day.failed();
    return new StatisticsView.DayView(
        day.day(),
        day.ruleGroup(),
        judged + day.cancelled(),
        day.ready(),
        day.failed(),
        day.cancelled(),
        judged == 0 ? 0 : Math.round(1_000.0 * day.ready() / judged) / 10.0,
        day.ready() == 0 ? 0 : Math.round(day.millis() / (double) day.ready()) / 1_000.0,
        Math.round(day.bytes() / 1e5) / 10.0);
  }
}
