package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers of single keys, in the database and in memory. Thread-safe. */
final class KeyLimits {
  private static final int MOST = 10_000;
  private static final String LOAD = "SELECT definition FROM task_limit_keys";
  private static final String SET =
      "INSERT INTO task_limit_keys (name, subject, definition) VALUES (?, ?, ?)"
          + " ON CONFLICT (name, subject) DO UPDATE SET definition = excluded.definition";
  private static final String REMOVE = "DELETE FROM task_limit_keys WHERE name = ? AND subject = ?";
  private static final String REMOVE_ALL = "DELETE FROM task_limit_keys WHERE name = ?";

  private final Store store;

  /** By limit, by key; guarded by this. */
  private final Map<String, NavigableMap<String, KeyLimit>> byLimit = new TreeMap<>();

  KeyLimits(Store store) {
    this.store = store;
  }

  void load(Snapshot view) {
    view.forEach(LOAD, row -> put(Json.MAPPER.readValue(row.getString(1), KeyLimit.class)));
  }

  private synchronized void put(KeyLimit of) {
    byLimit.computeIfAbsent(of.limit(), _ -> new TreeMap<>()).put(of.key(), of);
  }

  private synchronized @Nullable KeyLimit find(String limit, String key) {
    Map<String, KeyLimit> keys = byLimit.get(limit);
    return keys == null ? null : keys.get(key);
  }

  private synchronized void forget(String limit, String key) {
    Map<String, KeyLimit> keys = byLimit.get(limit);
    if (keys != null && keys.remove(key) != null && keys.isEmpty()) {
      byLimit.remove(limit);
    }
  }

  synchronized List<KeyLimit> all() {
    return byLimit.values().stream().flatMap(keys -> keys.values().stream()).toList();
  }

  private synchronized int count() {
    return byLimit.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Sets one.
   *
   * @param changed follows the commit
   */
  Position set(KeyLimit of, Runnable changed) {
    String json = Json.MAPPER.writeValueAsString(of);
    return store.write(tx -> {
      if (count() >= MOST && find(of.limit(), of.key()) == null) {
        throw TaskException.of(
            TaskException.Reason.LIMIT,
            "key",
            MOST + " keys have numbers of their own already",
            "Take those back that are not needed any more.");
      }
      tx.update(SET, of.limit(), of.key(), json);
      tx.afterCommit(() -> {
        put(of);
        changed.run();
      });
    });
  }

  /**
   * Takes one back.
   *
   * @param changed follows the commit
   */
  Position remove(String limit, String key, Runnable changed) {
    return store.write(tx -> {
      if (tx.update(REMOVE, limit, key) == 0) {
        throw TaskException.of(
            TaskException.Reason.NO_LIMIT,
            "key",
            "the key '"
                + Texts.shortened(key, 100)
                + "' has no numbers of its own in limit '"
                + Texts.shortened(limit, 120)
                + "'",
            "List the keys of the limit to see which have some.");
      }
      tx.afterCommit(() -> {
        forget(limit, key);
        changed.run();
      });
    });
  }

  /** Takes all of a limit back, with the transaction that takes the limit away. */
  void removeAll(Tx tx, String limit) {
    tx.update(REMOVE_ALL, limit);
    tx.afterCommit(() -> {
      synchronized (this) {
        byLimit.remove(limit);
      }
    });
  }

  /** A page of those of a limit. */
  KeyLimitPage page(
      String limit, int most, @Nullable String after, Function<KeyLimit, KeyLimitView> view) {
    var read = new ArrayList<KeyLimit>();
    synchronized (this) {
      NavigableMap<String, KeyLimit> keys = byLimit.getOrDefault(limit, new TreeMap<>());
      (after == null ? keys : keys.tailMap(after, false))
          .values().stream().limit(most + 1L).forEach(read::add);
    }
    boolean more = read.size() > most;
    List<KeyLimit> items = more ? read.subList(0, most) : read;
    return new KeyLimitPage(items.stream().map(view).toList(), more ? items.getLast().key() : null);
  }
}
