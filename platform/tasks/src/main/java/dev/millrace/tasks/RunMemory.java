package dev.millrace.tasks;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Tx;
import dev.millrace.tasks.workflow.Book;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runs of workflows whose books were written last, as the database has them: the next step of a
 * run need not read what the one before has written. Changed behind commits, in their order.
 * Thread-safe.
 */
final class RunMemory {
  /** Characters of JSON of the books that are kept at hand. */
  private static final int BOUND = 16 << 20;

  /** What a run weighs besides its book. */
  private static final int ENTRY = 200;

  private final Map<Long, Kept> byKey = new LinkedHashMap<>();

  /** The run that waits for a batch of a single task, by batch. */
  private final Map<Long, Long> awaited = new HashMap<>();

  private long weight;

  /**
   * A run that goes on.
   *
   * @param row of its task, as it is while that waits
   * @param alone batches that it waits for, of one task each
   * @param passing whether it waits for its tasks only, so that a step may be made in the commit
   *     that ends one of them
   * @param length of the book's JSON
   */
  record Kept(
      TaskRow row,
      WorkflowDriver.Order order,
      Book book,
      Set<Long> alone,
      boolean passing,
      int length) {
    long key() {
      return row.key();
    }

    private int weight() {
      return ENTRY + length;
    }
  }

  /** The runs whose books a commit writes. */
  private static final class Written implements CommitShare {
    private final Set<Long> keys = new HashSet<>();

    @Override
    public void finish(Tx tx) {
      // Nothing is left to be written.
    }
  }

  synchronized @Nullable Kept find(long key) {
    return byKey.get(key);
  }

  /** The run that waits for that batch, if its only task can take it on. */
  synchronized @Nullable Kept awaiting(long batch) {
    Long key = awaited.get(batch);
    Kept kept = key == null ? null : byKey.get(key);
    return kept == null || !kept.passing ? null : kept;
  }

  /** Whether the run is as it was kept then, for the transaction too. */
  boolean stands(Tx tx, Kept kept) {
    return !written(tx).keys.contains(kept.key()) && kept.equals(find(kept.key()));
  }

  /** Keeps a run as this commit leaves it. */
  void keep(Tx tx, Kept kept) {
    written(tx).keys.add(kept.key());
    tx.afterCommit(() -> put(kept));
  }

  /** Keeps a run no more: it is over, or somebody else has written its book. */
  void forget(Tx tx, long key) {
    written(tx).keys.add(key);
    tx.afterCommit(() -> take(key));
  }

  private static Written written(Tx tx) {
    return tx.share(Written.class, _ -> new Written());
  }

  private synchronized void put(Kept kept) {
    take(kept.key());
    if (kept.weight() > BOUND / 16) {
      return;
    }
    byKey.put(kept.key(), kept);
    kept.alone.forEach(batch -> awaited.put(batch, kept.key()));
    weight += kept.weight();
    Iterator<Kept> eldest = byKey.values().iterator();
    while (weight > BOUND) {
      Kept gone = eldest.next();
      eldest.remove();
      left(gone);
    }
  }

  private synchronized void take(long key) {
    Kept gone = byKey.remove(key);
    if (gone != null) {
      left(gone);
    }
  }

  private void left(Kept gone) {
    weight -= gone.weight();
    gone.alone.forEach(awaited::remove);
  }
}
