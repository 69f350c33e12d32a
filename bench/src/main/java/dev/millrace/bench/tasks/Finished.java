package dev.millrace.bench.tasks;

import dev.millrace.bench.Workplace;
import dev.millrace.tasks.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server's database holds as committed when nobody has it open. Reads a copy: opening the
 * file itself would fold its write-ahead log in, and the restart would no longer find what the kill
 * left.
 */
final class Finished {
  private final Path data;

  Finished(Path data) {
    this.data = data;
  }

  /** The ids of all tasks whose success was committed. */
  Set<String> succeeded() throws IOException, SQLException {
    try (Workplace place = Workplace.create("copy")) {
      Path copy = copyTo(place.folder());
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
          Statement statement = connection.createStatement()) {
        Set<String> ids = new HashSet<>();
        for (String table : tables(statement)) {
          try (ResultSet rows =
              statement.executeQuery("SELECT id FROM " + table + " WHERE state = 'succeeded'")) {
            while (rows.next()) {
              ids.add(new TaskId(rows.getLong(1)).toString());
            }
          }
        }
        return ids;
      }
    }
  }

  private Path copyTo(Path folder) throws IOException {
    Path database = null;
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".db") || name.endsWith(".db-wal")) {
          Files.copy(file, folder.resolve(name));
          database = name.endsWith(".db") ? folder.resolve(name) : database;
        }
      }
    }
    if (database == null) {
      throw new IOException("No database in " + data);
    }
    return database;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'tasks_done_*'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
