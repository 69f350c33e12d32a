package dev.millrace.apps.crew.decisions;

import dev.millrace.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A row of the table of decisions, its content still as text. */
record Stored(
    long seq,
    String project,
    long number,
    DecisionStatus status,
    long madeMillis,
    @Nullable Long supersededBy,
    String title,
    String maker,
    String body) {
  static final String COLUMNS =
      """
      SELECT d.seq, p.name, d.number, d.status, d.made_ms, d.superseded_by, d.title, d.maker, d.body
      FROM crew_decisions d JOIN crew_projects p ON p.id = d.project \
      """;

  static Stored of(ResultSet row) throws SQLException {
    long superseded = row.getLong(6);
    Long supersededBy = row.wasNull() ? null : (Long) superseded;
    return new Stored(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        DecisionStatus.of(row.getString(4)),
        row.getLong(5),
        supersededBy,
        row.getString(7),
        row.getString(8),
        row.getString(9));
  }

  String id() {
    return new DecisionId(project, number).toString();
  }

  Content content() {
    return Json.mapper().readValue(body, Content.class);
  }
}
