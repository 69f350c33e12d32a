package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tasks that run one at a time under a name: each is linked behind the one before. The database has
 * the last of each chain, until that is over for good. Changed on the writer's thread.
 */
final class Chains {
  private static final String LOAD = "SELECT last, name FROM task_chains";
  private static final String FIND = "SELECT last FROM task_chains WHERE name = ?";
  private static final String SET =
      "INSERT INTO task_chains (name, last) VALUES (?, ?)"
          + " ON CONFLICT (name) DO UPDATE SET last = excluded.last";
  private static final String CLOSE_UP =
      "UPDATE task_chains SET last = ? WHERE name = ? AND last = ?";
  private static final String FORGET = "DELETE FROM task_chains WHERE name = ? AND last = ?";

  private final Links links;

  /** The chains by their last tasks, so that all other tasks need no look into the database. */
  private final Map<Long, String> byLast = new ConcurrentHashMap<>();

  Chains(Links links) {
    this.links = links;
  }

  void load(Snapshot view) {
    byLast.clear();
    view.forEach(LOAD, row -> byLast.put(row.getLong(1), row.getString(2)));
  }

  /**
   * Puts a task at the end of its chain.
   *
   * @return 1 if it has to wait for the one before, else 0
   */
  int add(Tx tx, TaskCommit commit, String chain, long key) {
    long before = tx.find(FIND, row -> row.getLong(1), chain).orElse(0L);
    tx.update(SET, chain, key);
    moved(tx, commit, chain, before, key);
    return before == 0 ? 0 : links.chain(tx, commit, key, before);
  }

  /** Takes note that a task is over, before its links are taken away. */
  void ended(Tx tx, TaskCommit commit, long key, TaskState state) {
    if (state != TaskState.DEAD) {
      left(tx, commit, key);
    }
  }

  /** Takes note that a task is over for good, or leaves history. */
  void left(Tx tx, TaskCommit commit, long key) {
    String chain = commit.chained.isEmpty() ? null : commit.chained.get(key);
    if (chain == null && !byLast.isEmpty()) {
      chain = byLast.get(key);
    }
    if (chain == null) {
      return;
    }
    long ahead = links.chainedBehind(tx, key);
    if (ahead == 0) {
      tx.update(FORGET, chain, key);
      String name = chain;
      tx.afterCommit(() -> byLast.remove(key, name));
    } else if (tx.update(CLOSE_UP, ahead, chain, key) > 0) {
      moved(tx, commit, chain, key, ahead); // It was cancelled while it waited for that one.
    }
  }

  /** The one ahead may end in the very commit that makes it the last. */
  private void moved(Tx tx, TaskCommit commit, String chain, long from, long to) {
    commit.chained.put(to, chain);
    tx.afterCommit(() -> {
      byLast.remove(from, chain);
      byLast.put(to, chain);
    });
  }
}
