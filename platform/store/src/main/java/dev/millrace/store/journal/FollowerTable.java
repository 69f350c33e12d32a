package dev.millrace.store.journal;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where each follower has come to. */
final class FollowerTable {
  private static final String LOAD =
      "SELECT name, number, event_index, state, failure FROM millrace_followers";
  private static final String BY_NAME = LOAD + " WHERE name = ?";
  private static final String INSERT =
      "INSERT INTO millrace_followers (name, number, event_index, state, failure, updated_at)"
          + " VALUES (?, ?, ?, 'RUNNING', NULL, ?)";
  private static final String ADVANCE =
      "UPDATE millrace_followers SET number = ?, event_index = ?, updated_at = ?"
          + " WHERE name = ? AND number = ? AND event_index = ? AND state = 'RUNNING'";
  private static final String PLACE =
      "UPDATE millrace_followers"
          + " SET number = ?, event_index = ?, state = 'RUNNING', failure = NULL, updated_at = ?"
          + " WHERE name = ?";
  private static final String STATE =
      "UPDATE millrace_followers SET state = ?, failure = ?, updated_at = ? WHERE name = ?";
  private static final String LOSE =
      "UPDATE millrace_followers SET state = 'LOST', updated_at = ? WHERE name = ? AND number < ?";
  private static final String FORGET = "DELETE FROM millrace_followers WHERE name = ?";

  record Saved(String name, long number, int index, FollowerState state, @Nullable String failure) {
    Cursor cursor(long history) {
      return new Cursor(new Position(history, number), index);
    }
  }

  private FollowerTable() {}

  static List<Saved> all(Snapshot view) {
    return view.query(LOAD, FollowerTable::saved);
  }

  static Optional<Saved> find(Snapshot view, String name) {
    return view.find(BY_NAME, FollowerTable::saved, name);
  }

  private static Saved saved(ResultSet row) throws SQLException {
    return new Saved(
        row.getString(1),
        row.getLong(2),
        row.getInt(3),
        FollowerState.valueOf(row.getString(4)),
        row.getString(5));
  }

  static void insert(Tx tx, String name, Cursor at, long millis) {
    tx.update(INSERT, name, at.position().number(), at.index(), millis);
  }

  /**
   * Moves a follower from one place to the next, so that nobody else can have moved it meanwhile.
   */
  static void advance(Tx tx, String name, Cursor from, Cursor to, long millis) {
    int moved =
        tx.update(
            ADVANCE,
            to.position().number(),
            to.index(),
            millis,
            name,
            from.position().number(),
            from.index());
    if (moved != 1) {
      throw new StoreException(
          StoreException.Reason.INTERNAL,
          "follower "
              + name
              + " is not at "
              + from
              + " any more; it was rebuilt or runs twice, and its batch is dropped");
    }
  }

  static void place(Tx tx, String name, Cursor at, long millis) {
    tx.update(PLACE, at.position().number(), at.index(), millis, name);
  }

  static void state(
      Tx tx, String name, FollowerState state, @Nullable String failure, long millis) {
    tx.update(STATE, state.name(), failure, millis, name);
  }

  /** Marks those who still need commits up to {@code number} and do not run in this process. */
  static void loseOthers(Tx tx, long number, Set<String> running, long millis) {
    for (Saved follower : all(tx)) {
      if (!running.contains(follower.name())) {
        tx.update(LOSE, millis, follower.name(), number);
      }
    }
  }

  static void forget(Tx tx, String name) {
    tx.update(FORGET, name);
  }
}
