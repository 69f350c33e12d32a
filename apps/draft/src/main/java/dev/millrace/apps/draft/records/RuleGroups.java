package dev.millrace.apps.draft.records;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rule groups that are kept. Each change makes a version, and no version is ever changed or
 * removed: drafts are built from the one they were sent with. Thread-safe.
 */
public final class RuleGroups {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String COLUMNS =
      """
      SELECT v.id, v.version, v.title, v.rules, g.created_ms, v.created_ms
      FROM draft_rule_groups g JOIN draft_rule_group_versions v ON v.id = g.id \
      """;
  private static final String CURRENT =
      COLUMNS + "AND v.version = g.version WHERE g.id = ? AND g.deleted = 0";
  private static final String VERSION = COLUMNS + "WHERE g.id = ? AND v.version = ?";
  private static final String VERSIONS =
      COLUMNS + "WHERE g.id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?";
  private static final String PAGE =
      COLUMNS + "AND v.version = g.version WHERE g.deleted = 0 AND g.id > ? ORDER BY g.id LIMIT ?";
  private static final String STATE = "SELECT version, deleted FROM draft_rule_groups WHERE id = ?";
  private static final String INSERT =
      "INSERT INTO draft_rule_groups (id, version, created_ms, deleted) VALUES (?, 1, ?, 0)";
  private static final String RAISE =
      "UPDATE draft_rule_groups SET version = ?, deleted = 0 WHERE id = ?";
  private static final String INSERT_VERSION =
      """
      INSERT INTO draft_rule_group_versions (id, version, title, rules, created_ms)
      VALUES (?, ?, ?, ?, ?)\
      """;
  private static final String DELETE =
      "UPDATE draft_rule_groups SET deleted = 1 WHERE id = ? AND deleted = 0";

  private final Store store;

  public RuleGroups(Store store) {
    this.store = store;
  }

  private record State(int version, boolean deleted) {}

  /** The group as it is now. */
  public Optional<RuleGroupRow> find(String id) {
    return store.read(snapshot -> snapshot.find(CURRENT, RuleGroups::row, id));
  }

  /** A version of the group, also of one that was deleted since. */
  public Optional<RuleGroupRow> find(String id, int version) {
    return store.read(snapshot -> snapshot.find(VERSION, RuleGroups::row, id, version));
  }

  /** Up to {@code limit} groups behind this id. */
  public List<RuleGroupRow> page(String after, int limit) {
    return store.read(snapshot -> snapshot.query(PAGE, RuleGroups::row, after, limit));
  }

  /** Up to {@code limit} versions before this one, newest first. */
  public List<RuleGroupRow> versions(String id, int before, int limit) {
    return store.read(snapshot -> snapshot.query(VERSIONS, RuleGroups::row, id, before, limit));
  }

  /**
   * Adds a group; false if there is one of its id. One that was deleted goes on with its numbers.
   */
  public boolean create(String id, String title, JsonNode rules, Instant at) {
    return store
        .compute(tx -> {
          Optional<State> state = state(tx, id);
          if (state.isPresent() && !state.get().deleted()) {
            return false;
          }
          put(tx, id, state.map(State::version).orElse(0), title, rules, at);
          return true;
        })
        .value();
  }

  /**
   * Makes a new version the one that holds.
   *
   * @param expected the version that is to be replaced, or empty for whichever it is
   * @return false if there is no group of this id, or another version holds
   */
  public boolean replace(
      String id, OptionalInt expected, String title, JsonNode rules, Instant at) {
    return store
        .compute(tx -> {
          State state = state(tx, id).orElse(null);
          if (state == null
              || state.deleted()
              || expected.orElse(state.version()) != state.version()) {
            return false;
          }
          put(tx, id, state.version(), title, rules, at);
          return true;
        })
        .value();
  }

  /** Hides the group; false if there is none. */
  public boolean delete(String id) {
    return store.compute(tx -> tx.update(DELETE, id) > 0).value();
  }

  private static void put(Tx tx, String id, int version, String title, JsonNode rules, Instant at) {
    if (version == 0) {
      tx.update(INSERT, id, at.toEpochMilli());
    } else {
      tx.update(RAISE, version + 1, id);
    }
    tx.update(INSERT_VERSION, id, version + 1, title, rules.toString(), at.toEpochMilli());
  }

  private static Optional<State> state(Tx tx, String id) {
    return tx.find(STATE, row -> new State(row.getInt(1), row.getInt(2) != 0), id);
  }

  private static RuleGroupRow row(ResultSet row) throws SQLException {
    return new RuleGroupRow(
        row.getString(1),
        row.getInt(2),
        row.getString(3),
        JSON.readTree(row.getString(4)).valueStream().toList(),
        Instant.ofEpochMilli(row.getLong(5)),
        Instant.ofEpochMilli(row.getLong(6)));
  }
}
