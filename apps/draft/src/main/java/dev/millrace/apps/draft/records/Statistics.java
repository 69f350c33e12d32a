package dev.millrace.apps.draft.records;

import dev.millrace.store.Store;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was counted as drafts ended. Thread-safe. */
public final class Statistics {
  private static final String DAYS =
      """
      SELECT day, rule_group, ready, failed, cancelled, millis, bytes FROM draft_statistics
      WHERE day >= ? AND day <= ? AND (? IS NULL OR rule_group = ?)
        AND ready + failed + cancelled > 0
      ORDER BY day DESC, rule_group LIMIT ?\
      """;
  private static final String FAILURES =
      """
      SELECT host, code, sum(files) FROM draft_file_failures
      WHERE day >= ? AND day <= ? AND (? IS NULL OR rule_group = ?)
      GROUP BY host, code ORDER BY sum(files) DESC, host, code LIMIT ?\
      """;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_FAILURES = 200;

  private final Store store;

  public Statistics(Store store) {
    this.store = store;
  }

  /**
   * A day of a rule group.
   *
   * @param millis from submission to end, of all that became ready
   * @param bytes of their files
   */
  public record Day(
      LocalDate day,
      String ruleGroup,
      long ready,
      long failed,
      long cancelled,
      long millis,
      long bytes) {}

  /** How many files of a host failed for a reason. */
  public record Failures(String host, String code, long files) {}

  /** The days from {@code from} to {@code to}, both included, newest first. */
  public List<Day> days(LocalDate from, LocalDate to, @Nullable String ruleGroup) {
    return store.read(snapshot ->
        snapshot.query(
            DAYS,
            row ->
                new Day(
                    LocalDate.parse(row.getString(1)),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7)),
            from.toString(),
            to.toString(),
            ruleGroup,
            ruleGroup,
            MOST_ROWS));
  }

  /** Why files could not be had on these days, most frequent first. */
  public List<Failures> failures(LocalDate from, LocalDate to, @Nullable String ruleGroup) {
    return store.read(snapshot ->
        snapshot.query(
            FAILURES,
            row -> new Failures(row.getString(1), row.getString(2), row.getLong(3)),
            from.toString(),
            to.toString(),
            ruleGroup,
            ruleGroup,
            MOST_FAILURES));
  }
}
