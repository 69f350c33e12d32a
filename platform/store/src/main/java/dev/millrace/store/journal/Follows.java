package dev.millrace.store.journal;

import dev.millrace.store.Snapshot;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import dev.millrace.store.spi.Dialect;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The followed tables: installs their triggers, checks that they are still there when the schema
 * changed, and turns the rows that they wrote into events. Thread-safe.
 */
final class Follows {
  private static final String ANY = "SELECT count(*) FROM (SELECT 1 FROM millrace_changes LIMIT 1)";
  private static final String CROWDED =
      "SELECT source FROM millrace_changes GROUP BY source HAVING count(*) > ?";
  private static final String LOAD = "SELECT source, body FROM millrace_changes ORDER BY id";
  private static final String CLEAR = "DELETE FROM millrace_changes";
  private static final String ALL_ROWS = "{\"kind\":\"ALL\",\"key\":[]}";

  private final Dialect dialect;
  private final int listedChanges;
  private final Map<String, FollowedTable> tables = new ConcurrentHashMap<>();

  /** Whether there may be triggers, also those of tables that an earlier run followed. */
  private volatile boolean active;

  Follows(Dialect dialect, int listedChanges, Snapshot view) {
    this.dialect = dialect;
    this.listedChanges = listedChanges;
    this.active = !triggers(view).isEmpty();
  }

  /** Makes the table's triggers what they have to be; does nothing if they are. */
  void install(Tx tx, FollowedTable table) {
    active = true;
    Map<String, String> wanted = wanted(table);
    Set<String> right = new HashSet<>();
    for (Trigger present : triggers(tx)) {
      if (present.table().equals(table.name())) {
        if (present.sql().equals(wanted.get(present.name()))) {
          right.add(present.name());
        } else {
          tx.update("DROP TRIGGER " + present.name());
        }
      }
    }
    wanted.forEach((name, sql) -> {
      if (!right.contains(name)) {
        tx.update(sql);
      }
    });
    tx.afterCommit(() -> tables.put(table.name(), table));
  }

  /**
   * @throws StoreException if a followed table was dropped or renamed, which row triggers cannot
   *     see
   */
  void requireIntact(Tx tx) {
    if (tables.isEmpty()) {
      return;
    }
    Set<String> present = new HashSet<>();
    triggers(tx).forEach(trigger -> present.add(trigger.name() + " on " + trigger.table()));
    for (FollowedTable table : tables.values()) {
      for (String name : wanted(table).keySet()) {
        if (!present.contains(name + " on " + table.name())) {
          throw new StoreException(
              StoreException.Reason.STATEMENT,
              "the followed table "
                  + table.name()
                  + " was dropped or renamed, or its trigger "
                  + name
                  + " was; its followers would not notice: stop following it first (unfollow)");
        }
      }
    }
  }

  void remove(Tx tx, String table) {
    tables.remove(table);
    for (Trigger present : triggers(tx)) {
      if (present.table().equals(table)) {
        tx.update("DROP TRIGGER " + present.name());
      }
    }
  }

  List<FollowedTable> tables() {
    return List.copyOf(tables.values());
  }

  /** Takes back a {@link #remove} that was rolled back. */
  void restore(List<FollowedTable> before) {
    before.forEach(table -> tables.put(table.name(), table));
  }

  /** Moves what the triggers wrote so far in this commit to {@code buffer}. */
  void collect(Tx tx, JournalBuffer buffer) {
    if (!active || tx.number(ANY) == 0) {
      return;
    }
    List<String> crowded = tx.query(CROWDED, row -> row.getString(1), listedChanges);
    for (String table : crowded) {
      buffer.events.add(new EncodedEvent(TableChange.PREFIX + table, 1, ALL_ROWS));
    }
    tx.forEach(
        LOAD,
        row -> {
          String table = row.getString(1);
          if (!crowded.contains(table)) {
            buffer.events.add(new EncodedEvent(TableChange.PREFIX + table, 1, row.getString(2)));
          }
        });
    tx.update(CLEAR);
  }

  private Map<String, String> wanted(FollowedTable table) {
    return dialect.changeTriggers(table.name(), table.key(), table.columns());
  }

  private record Trigger(String name, String table, String sql) {}

  private List<Trigger> triggers(Snapshot view) {
    return view.query(
        dialect.changeTriggersPresent(),
        row -> new Trigger(row.getString(1), row.getString(2), row.getString(3)));
  }
}
