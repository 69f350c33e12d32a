package dev.millrace.bench.tasks;

import dev.millrace.bench.Contender;
import dev.millrace.bench.Scale;
import dev.millrace.bench.StartTimes;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.raw.RawWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Raw insertion of the rows that a submission leaves in the table of tasks: a database that tasks
 * made, with all its indexes, into which the driver puts copies of a submitted task's row under new
 * ids. It keeps no counts, emits no event and wakes nobody, so it does less than a submission.
 */
final class RawRuns {
  private final Scale scale;

  RawRuns(Scale scale) {
    this.scale = scale;
  }

  /** Rows a second, {@code perCommit} at a time. */
  Contender commits(int perCommit) {
    return new Contender(
        "raw SQLite, " + perCommit + " rows a commit",
        () -> {
          try (Workplace place = Workplace.create("raw");
              RawWriter writer = writer(place.folder())) {
            return writer.rate(perCommit, scale.warmUp(), scale.window());
          }
        });
  }

  /** Rows a second of as many rows as our bulk figure takes, 10,000 a commit. */
  Contender bulk() {
    return new Contender(
        "raw SQLite, 10000 rows a commit",
        () -> {
          try (Workplace place = Workplace.create("raw");
              RawWriter writer = writer(place.folder())) {
            writer.insert(20_000, 10_000);
            long start = System.nanoTime();
            writer.insert(scale.bulk(), 10_000);
            return scale.bulk() / ((System.nanoTime() - start) / 1e9);
          }
        });
  }

  /** How long one commit of one row takes at a fixed rate: no start can be sooner than that. */
  static StartRun commitTimes() {
    return new StartRun(
        1_000,
        (count, perSecond) -> {
          StartTimes times = new StartTimes(count);
          try (Workplace place = Workplace.create("raw");
              RawWriter writer = writer(place.folder())) {
            return times.measure(
                perSecond,
                Duration.ofSeconds(30),
                number -> {
                  writer.insert(1, 1);
                  times.bodyStarts(number);
                });
          }
        });
  }

  private static RawWriter writer(Path folder) throws SQLException {
    try (Millrace millrace = new Millrace(folder)) {
      millrace.pause();
      millrace.submit();
    }
    Path file = folder.resolve(Millrace.FILE);
    List<String> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM tasks LIMIT 1")) {
      for (String column : Schema.columns(connection, "tasks")) {
        Object value = row.getObject(column);
        if (value != null) {
          columns.add(column);
          values.add(value);
        }
      }
    }
    int id = columns.indexOf("id");
    long first = ((Number) values.get(id)).longValue();
    String sql =
        "INSERT INTO tasks ("
            + String.join(", ", columns)
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(columns.size(), "?"))
            + ")";
    return RawWriter.open(file)
        .inserting(
            sql,
            (statement, number) -> {
              for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, i == id ? (Object) (first + number) : values.get(i));
              }
            });
  }
}
