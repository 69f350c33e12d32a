package dev.millrace.bench.tasks;

import dev.millrace.bench.Progress;
import dev.millrace.bench.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A database with many finished tasks, made once and copied for each run. One task is run for real;
 * its row in history is then multiplied by SQL, over ten days, with everything a commit would have
 * kept beside it.
 */
final class History implements AutoCloseable {
  private static final int DAYS = 10;

  /** A key is the Unix time in ms, then 20 bits; see TaskId. */
  private static final int KEY_SHIFT = 20;

  private final Workplace place;
  private final boolean empty;

  private History(Workplace place, boolean empty) {
    this.place = place;
    this.empty = empty;
  }

  /** No history at all: a database that the run itself makes. */
  static History none() throws IOException {
    return new History(Workplace.create("no-history"), true);
  }

  static History of(int tasks) throws Exception {
    Progress.say("making a history of %,d finished tasks".formatted(tasks));
    History history = new History(Workplace.create("history"), false);
    Path folder = history.place.folder();
    try (Millrace millrace = new Millrace(folder)) {
      millrace.pause();
      millrace.submitAll(1);
      OurRuns.drain(millrace, 1);
    }
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Millrace.FILE))) {
      multiply(connection, tasks);
    }
    return history;
  }

  void copyTo(Path folder) throws IOException {
    if (!empty) {
      Files.copy(place.file(Millrace.FILE), folder.resolve(Millrace.FILE));
    }
  }

  private static void multiply(Connection connection, int tasks) throws SQLException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String template = table(today);
    List<Schema.Definition> definitions = Schema.of(connection, template);
    List<String> columns = Schema.columns(connection, template);
    for (int back = 0; back < DAYS; back++) {
      LocalDate day = today.minusDays(back);
      try (Statement statement = connection.createStatement()) {
        if (back > 0) {
          for (Schema.Definition definition : definitions) {
            statement.execute(definition.sql().replace(template, table(day)));
          }
          statement.execute("INSERT INTO task_buckets (day) VALUES (" + number(day) + ")");
        }
        statement.execute("BEGIN");
        fill(connection, template, day, columns, tasks / DAYS);
        statement.execute("COMMIT");
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE task_counts SET amount = amount + " + tasks + " WHERE state = 'succeeded'");
    }
  }

  private static void fill(
      Connection connection, String template, LocalDate day, List<String> columns, int count)
      throws SQLException {
    List<String> values =
        columns.stream()
            .map(column ->
                switch (column) {
                  case "id" -> "(?1 + n) << " + KEY_SHIFT;
                  case "started_at", "finished_at" -> "?1 + n";
                  default -> column;
                })
            .toList();
    String sql =
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?2)"
            + " INSERT INTO "
            + table(day)
            + " ("
            + String.join(", ", columns)
            + ") SELECT "
            + String.join(", ", values)
            + " FROM numbers, (SELECT * FROM "
            + template
            + " ORDER BY id DESC LIMIT 1)";
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, start.toEpochMilli());
      insert.setInt(2, count);
      insert.executeUpdate();
    }
  }

  private static String table(LocalDate day) {
    return "tasks_done_" + number(day);
  }

  private static String number(LocalDate day) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  @Override
  public void close() throws IOException {
    place.close();
  }
}
