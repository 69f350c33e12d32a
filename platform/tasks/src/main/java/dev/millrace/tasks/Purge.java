package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps history within its age and number: the oldest table is emptied in small pieces, each a
 * commit of a few milliseconds, and dropped when it is empty. Types that stay for a time of their
 * own are seen to by {@link TypePurge}.
 */
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final int PIECE = 250;

  /** How long before it begins a day has its table; more than the time between two purges. */
  private static final long AHEAD_MILLIS = 1_200_000;

  private static final String DROP_TAG = "DELETE FROM task_tags WHERE tag = ? AND task = ?";

  private static final String DROP_BATCHES =
      "DELETE FROM task_batches WHERE id IN (SELECT id FROM task_batches WHERE finished_at < ?"
          + " LIMIT "
          + PIECE
          + ")";

  /** A signal can come in the very moment in which its task ends. */
  private static final String DROP_LEFT_SIGNALS =
      "DELETE FROM task_signals WHERE task NOT IN (SELECT id FROM tasks)";

  private final Store store;
  private final InstantSource clock;
  private final TasksConfig config;
  private final Buckets buckets;
  private final Counts counts;
  private final Links links;
  private final Chains chains;
  private final TaskCommit.Effects effects;
  private final Retentions retentions;
  private final TypePurge byType;
  private final TypePurge.Deletion leaving = new Leaving();
  private volatile boolean closed;

  private record Done(
      long key, String queue, TaskState state, @Nullable String tags, String type) {}

  Purge(
      Store store,
      InstantSource clock,
      TasksConfig config,
      Buckets buckets,
      Counts counts,
      Links links,
      Chains chains,
      TaskCommit.Effects effects,
      Retentions retentions) {
    this.retentions = retentions;
    byType = new TypePurge(store, clock, config, retentions, leaving);
    this.store = store;
    this.clock = clock;
    this.config = config;
    this.buckets = buckets;
    this.counts = counts;
    this.links = links;
    this.chains = chains;
    this.effects = effects;
  }

  /** Ends a purge after its piece. */
  void close() {
    byType.close();
    closed = true;
  }

  /**
   * Deletes a finished task with all its traces.
   *
   * @return whether history has it
   */
  boolean delete(Tx tx, long key) {
    String keys = "[" + key + "]";
    for (Bucket bucket : buckets.of(key)) {
      if (leaving.delete(tx, bucket, keys) > 0) {
        return true;
      }
    }
    return false;
  }

  void run() {
    try {
      long soon = clock.millis() + AHEAD_MILLIS;
      if (!buckets.has(soon)) {
        store.write(tx -> {
          Bucket _ = buckets.at(tx, soon);
        });
      }
      for (Bucket bucket : buckets.newestFirst().reversed()) {
        purge(bucket);
      }
      purgeBatches();
      store.write(tx -> tx.update(DROP_LEFT_SIGNALS));
      store.deleteInPieces("task_error_hours", "hour <= ?", effects.errors().oldHour());
      store.deleteInPieces("task_unique", "until < ?", clock.millis());
      store.deleteInPieces("task_rates", "spent_until < ?", clock.millis() * 1_000);
    } catch (StoreException failure) {
      if (failure.reason() != StoreException.Reason.CLOSED) {
        LOG.warn("history was not purged, trying again later", failure);
      }
    }
  }

  private void purge(Bucket bucket) {
    boolean expired = bucket.end().plus(retentions.longest()).isBefore(clock.instant());
    long deleted = expired || retentions.areAlike() ? 0 : byType.purge(bucket);
    while (!closed && (expired || counts.finished() > config.historyTasks())) {
      int piece = store.compute(tx -> deletePiece(tx, bucket, expired)).value();
      deleted += piece;
      if (piece == 0) {
        break;
      }
    }
    if (deleted > 0) {
      LOG.info("{} finished tasks of {} left history", deleted, bucket.day);
    }
  }

  private void purgeBatches() {
    long before = clock.instant().minus(config.retention()).toEpochMilli();
    int piece;
    do {
      piece = store.compute(tx -> tx.update(DROP_BATCHES, before)).value();
    } while (!closed && piece == PIECE);
    do {
      piece = store.compute(tx -> WorkflowStore.purge(tx, before, PIECE)).value();
    } while (!closed && piece == PIECE);
    do {
      piece = store.compute(tx -> effects.errors().purge(tx, before, PIECE)).value();
    } while (!closed && piece == PIECE);
  }

  private int deletePiece(Tx tx, Bucket bucket, boolean expired) {
    List<Done> piece =
        tx.query(
            "SELECT id, queue, state, tags, type FROM "
                + bucket.table
                + " ORDER BY id LIMIT "
                + PIECE,
            Purge::done);
    if (piece.isEmpty()) {
      if (expired) {
        buckets.drop(tx, bucket);
        tx.afterCommit(() -> byType.dropped(bucket));
      }
      return 0;
    }
    forget(tx, piece);
    tx.update("DELETE FROM " + bucket.table + " WHERE id <= ?", piece.getLast().key);
    return piece.size();
  }

  private final class Leaving implements TypePurge.Deletion {
    @Override
    public int delete(Tx tx, Bucket bucket, String keys) {
      forget(tx, tx.query(bucket.purged, Purge::done, keys));
      return tx.update(bucket.deleteAll, keys);
    }

    @Override
    public void drop(Bucket bucket) {
      int _ = store.compute(tx -> deletePiece(tx, bucket, true)).value();
    }
  }

  /** What stands elsewhere of tasks that leave history. */
  private void forget(Tx tx, List<Done> leaving) {
    TaskCommit commit = TaskCommit.of(tx, effects);
    for (Done done : leaving) {
      commit.count(done.queue, done.state, -1);
      for (String tag : Json.tags(done.tags)) {
        tx.update(DROP_TAG, tag, done.key);
      }
      if (done.state != TaskState.SUCCEEDED) {
        links.forgotten(tx, commit, done.key);
        chains.left(tx, commit, done.key);
        Trails.dropSteps(tx, done.key);
      }
      if (done.state == TaskState.DEAD) {
        commit.errors().left(tx, done.key, done.type);
      }
    }
  }

  private static Done done(ResultSet row) throws SQLException {
    return new Done(
        row.getLong(1),
        row.getString(2),
        TaskState.parse(row.getString(3)),
        row.getString(4),
        row.getString(5));
  }
}
