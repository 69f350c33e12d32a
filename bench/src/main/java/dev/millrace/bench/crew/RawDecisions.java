package dev.millrace.bench.crew;

import dev.millrace.bench.Scale;
import dev.millrace.bench.Workplace;
import dev.millrace.bench.raw.RawWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Raw insertion of the rows that decisions leave in their table: a database that crew made, with
 * its indexes, into which the driver puts copies of a recorded row under new numbers. It counts no
 * project, emits no event and indexes no word.
 */
final class RawDecisions {
  private RawDecisions() {}

  /** Rows a second, {@code perCommit} at a time. */
  static double rate(Scale scale, int perCommit) throws Exception {
    try (Workplace place = Workplace.create("raw-crew");
        RawWriter writer = writer(place.folder())) {
      return writer.rate(perCommit, scale.warmUp(), scale.window());
    }
  }

  private static RawWriter writer(Path folder) throws SQLException {
    try (CrewStore crew = new CrewStore(folder)) {
      crew.recorder.record(DecisionRows.decision(1));
    }
    Path file = folder.resolve(CrewStore.FILE);
    List<String> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM crew_decisions LIMIT 1")) {
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        Object value = row.getObject(i);
        if (value != null) {
          columns.add(row.getMetaData().getColumnName(i));
          values.add(value);
        }
      }
    }
    int seq = columns.indexOf("seq");
    int number = columns.indexOf("number");
    String sql =
        "INSERT INTO crew_decisions ("
            + String.join(", ", columns)
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(columns.size(), "?"))
            + ")";
    return RawWriter.open(file)
        .inserting(
            sql,
            (statement, count) -> {
              for (int i = 0; i < values.size(); i++) {
                boolean counted = i == seq || i == number;
                statement.setObject(i + 1, counted ? (Object) (1 + count) : values.get(i));
              }
            });
  }
}
