package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Batches in the database. Thread-safe. */
final class BatchStore implements Batches {

  /** Characters of results that are kept at hand. */
  private static final int RESULTS_KEPT = 1 << 20;

  private static final String COLUMNS =
      "id, name, owner, closed, cancelled_at, total, open, succeeded, dead, cancelled, finished_at";
  private static final String FIND = "SELECT " + COLUMNS + " FROM task_batches WHERE id = ?";
  private static final String FIND_OWNED =
      "SELECT " + COLUMNS + " FROM task_batches WHERE owner = ? AND name = ?";
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM task_batches WHERE owner IS NULL AND id < ? ORDER BY id DESC LIMIT ?";
  private static final String LIST_OWNED =
      "SELECT "
          + COLUMNS
          + " FROM task_batches WHERE owner = ?3 AND id < ?1 ORDER BY id DESC LIMIT ?2";
  private static final String OPEN =
      "INSERT INTO task_batches (id, name, owner, on_success, on_failure, on_complete)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  private static final String CLOSE = "UPDATE task_batches SET closed = 1 WHERE id = ?";
  private static final String CANCEL =
      "UPDATE task_batches SET closed = 1, cancelled_at = coalesce(cancelled_at, ?) WHERE id = ?";
  private static final String CANCEL_OWNED =
      "SELECT id FROM task_batches WHERE owner = ? AND cancelled_at IS NULL"
          + " AND finished_at IS NULL";

  /** A batch is over from when it is closed and nothing of it is open. */
  private static final String COUNT =
      "UPDATE task_batches SET total = total + ?1, open = open + ?2, succeeded = succeeded + ?3,"
          + " dead = dead + ?4, cancelled = cancelled + ?5, finished_at = CASE WHEN closed = 1"
          + " AND open + ?2 = 0 THEN coalesce(finished_at, ?6) END WHERE id = ?7 RETURNING "
          + COLUMNS;

  private static final RowShape BEGIN =
      new RowShape(
          5,
          "INSERT INTO task_batches (id, name, owner, closed, total, open) VALUES ",
          "(?, ?, ?, 1, ?, ?)",
          "");
  private static final String END_ALONE =
      "UPDATE task_batches SET open = 0, succeeded = 1, finished_at = ? WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final Submitter submitter;
  private final Buckets buckets;
  private final Waiters waiters;
  private final TaskCommit.Effects effects;
  private final BatchSweep sweep;
  private final CallbackStore callbacks;
  private final Recent<String> results = new Recent<>(RESULTS_KEPT, String::length);

  BatchStore(
      Store store,
      InstantSource clock,
      Submitter submitter,
      Buckets buckets,
      BatchSweep sweep,
      Waiters waiters,
      TaskCommit.Effects effects) {
    this.store = store;
    this.clock = clock;
    this.submitter = submitter;
    this.buckets = buckets;
    this.sweep = sweep;
    this.waiters = waiters;
    this.effects = effects;
    callbacks = new CallbackStore(store, submitter, effects);
  }

  // Requests.

  @Override
  public BatchView submit(String name, BatchCallbacks then, List<Submission> tasks) {
    submitter.admit();
    checkName(name);
    callbacks.check(then);
    List<Draft> drafts = submitter.drafts(tasks);
    long id =
        store
            .compute(tx -> {
              long key = open(tx, name, null, then);
              drafts.forEach(draft -> submitter.placeFromOutside(tx, draft, key));
              close(tx, key);
              return key;
            })
            .value();
    return require(new BatchId(id));
  }

  @Override
  public BatchView open(String name, BatchCallbacks then) {
    checkName(name);
    callbacks.check(then);
    return require(new BatchId(store.compute(tx -> open(tx, name, null, then)).value()));
  }

  @Override
  public SubmittedAll add(BatchId id, List<Submission> tasks) {
    submitter.admit();
    List<Draft> drafts = submitter.drafts(tasks);
    var written =
        store.compute(tx -> {
          BatchView batch = require(tx, id);
          if (batch.closed()) {
            throw TaskException.of(
                TaskException.Reason.STATE,
                "id",
                "batch " + id + " is " + (batch.cancelling() ? "cancelled" : "closed"),
                "Open another batch for further tasks.");
          }
          var ids = new ArrayList<TaskId>(drafts.size());
          drafts.forEach(draft -> ids.add(submitter.placeFromOutside(tx, draft, id.key())));
          return ids;
        });
    return new SubmittedAll(written.value(), written.position());
  }

  @Override
  public BatchView close(BatchId id) {
    store.write(tx -> {
      require(tx, id);
      close(tx, id.key());
    });
    return require(id);
  }

  @Override
  public BatchView cancel(BatchId id) {
    store.write(tx -> {
      require(tx, id);
      cancel(tx, id.key());
    });
    return require(id);
  }

  @Override
  public Optional<BatchView> find(BatchId id) {
    return store.read(view -> view.find(FIND, BatchStore::view, id.key()));
  }

  @Override
  public BatchPage list(int limit, @Nullable String cursor) {
    return page(LIST, limit, cursor);
  }

  @Override
  public BatchPage ownedBy(TaskId owner, int limit, @Nullable String cursor) {
    return page(LIST_OWNED, limit, cursor, owner.key());
  }

  private BatchPage page(String sql, int limit, @Nullable String cursor, Object... owner) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    long before = cursor == null ? Long.MAX_VALUE : Limits.cursor(cursor);
    var args = new ArrayList<@Nullable Object>(List.of(before, limit + 1));
    args.addAll(List.of(owner));
    List<BatchView> read = store.read(view -> view.query(sql, BatchStore::view, args.toArray()));
    boolean more = read.size() > limit;
    List<BatchView> items = more ? read.subList(0, limit) : read;
    return new BatchPage(items, more ? items.getLast().id().toString() : null);
  }

  @Override
  public Optional<BatchView> await(BatchId id, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      CountDownLatch over = waiters.add(id.key());
      try {
        BatchView batch = require(id);
        if (batch.finished()) {
          return Optional.of(batch);
        }
        if (!waiters.await(over, deadline)) {
          return Optional.empty();
        }
      } finally {
        waiters.remove(id.key(), over);
      }
    }
  }

  private BatchView require(BatchId id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private static BatchView require(Tx tx, BatchId id) {
    return tx.find(FIND, BatchStore::view, id.key()).orElseThrow(() -> unknown(id));
  }

  private static TaskException unknown(BatchId id) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "id",
        "there is no batch " + id,
        "Finished batches leave history after the retention time; list batches to see what is"
            + " there.");
  }

  private static void checkName(String name) {
    Limits.checkLength("name", name, Limits.NAME_LENGTH);
  }

  // Children of a run.

  /** The children of that name that a run has submitted. */
  Optional<BatchView> owned(long owner, String name) {
    return store.read(view -> view.find(FIND_OWNED, BatchStore::view, owner, name));
  }

  /** Adds children in one commit; the first call opens their batch, the last one closes it. */
  Position addChildren(
      @Nullable BatchId known, long owner, String name, List<Draft> drafts, boolean last) {
    return store.write(tx -> {
      long key = known == null ? open(tx, name, owner, BatchCallbacks.none()) : known.key();
      drafts.forEach(draft -> submitter.place(tx, draft, key));
      if (last) {
        close(tx, key);
      }
    });
  }

  /** Reads the children of a batch page by page, in the order of their ids. */
  <O> Children<O> children(BatchView batch, Class<O> output) {
    return new ReadChildren<>(store, buckets, batch, output, effects.vault());
  }

  // Inside transactions, on the writer's thread.

  private long open(Tx tx, String name, @Nullable Long owner, BatchCallbacks then) {
    long key = submitter.nextKey();
    tx.update(
        OPEN,
        key,
        name,
        owner,
        callbacks.stored(key, then.onSuccess()),
        callbacks.stored(key, then.onFailure()),
        callbacks.stored(key, then.onComplete()));
    return key;
  }

  private void close(Tx tx, long key) {
    tx.update(CLOSE, key);
    TaskCommit.of(tx, effects).batch(key);
  }

  /** A batch of children, closed, in the transaction of the one that owns it. */
  void begin(Tx tx, long key, long owner, String name, List<Draft> drafts) {
    drafts.forEach(draft -> submitter.place(tx, draft, key));
    TaskCommit commit = TaskCommit.of(tx, effects);
    BatchChange placed = commit.takeBatch(key);
    if (placed == null) {
      placed = new BatchChange();
      commit.batch(key); // Nothing was placed, so it is over with this commit.
    }
    commit.add(BEGIN, key, name, owner, placed.added, placed.opened);
  }

  /** The only task of a batch has succeeded, and nobody has to be told but those who look at it. */
  void endAlone(Tx tx, TaskCommit commit, long key) {
    commit.update(END_ALONE, clock.millis(), key);
    tx.afterCommit(() -> waiters.finished(key));
  }

  /** Cancels the batch and its tasks. */
  void cancel(Tx tx, long key) {
    tx.update(CANCEL, clock.millis(), key);
    TaskCommit.of(tx, effects).batch(key);
    tx.afterCommit(() -> sweep.start(key));
  }

  /** The task was cancelled, so its children are. */
  void ownerCancelled(Tx tx, long owner) {
    TaskCommit.of(tx, effects).insert(tx); // Some may have begun in this very commit.
    tx.query(CANCEL_OWNED, row -> row.getLong(1), owner).forEach(key -> cancel(tx, key));
  }

  /** Whether all tasks of the batch are over. */
  static boolean isOver(Tx tx, long key) {
    return tx.find(FIND, BatchStore::view, key).map(BatchView::finished).orElse(true);
  }

  /** Writes the changed counts and does what follows from them. */
  void settle(Tx tx, TaskCommit commit) {
    for (Map.Entry<Long, BatchChange> entry : commit.takeBatches().entrySet()) {
      settle(tx, commit, entry.getKey(), entry.getValue());
    }
  }

  private void settle(Tx tx, TaskCommit commit, long key, BatchChange change) {
    Optional<BatchView> found =
        tx.find(
            COUNT,
            BatchStore::view,
            change.added,
            change.opened,
            change.succeeded,
            change.dead,
            change.cancelled,
            clock.millis(),
            key);
    if (found.isEmpty()) {
      return; // Its history was purged, and a task of it driven again.
    }
    BatchView batch = found.get();
    if (batch.owner() != null) {
      if (batch.finished()) {
        commit.release(tx, batch.owner().key(), Hold.forBatch(key), Hold.FOR_NEWS);
        only(tx, commit, batch);
      }
    } else {
      callbacks.settled(tx, batch); // The children of a run have none.
    }
    if (batch.finished()) {
      tx.afterCommit(() -> waiters.finished(key));
    }
  }

  /** Keeps the result of an only child at hand for the run that waits for it. */
  private void only(Tx tx, TaskCommit commit, BatchView batch) {
    long key = batch.id().key();
    Outcome last = commit.lastOf(key);
    if (batch.total() == 1 && batch.succeeded() == 1 && last != null) {
      String output = effects.vault().openOrKeep(last.row().key(), Vault.OUTPUT, last.output());
      tx.afterCommit(() -> results.put(key, output == null ? "null" : output));
    }
  }

  /** The result as JSON of a batch of one task that has succeeded, if memory has it. */
  @Nullable String takeResult(BatchId id) {
    return results.take(id.key());
  }

  @Override
  public BatchCallbacks callbacks(BatchId id) {
    return callbacks.find(id).orElseThrow(() -> unknown(id));
  }

  static BatchView view(ResultSet row) throws SQLException {
    BatchId id = new BatchId(row.getLong(1));
    long owner = row.getLong(3);
    long cancelledAt = row.getLong(5);
    long finishedAt = row.getLong(11);
    return new BatchView(
        id,
        row.getString(2),
        owner == 0 ? null : new TaskId(owner),
        row.getInt(4) != 0,
        cancelledAt != 0,
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        id.createdAt(),
        finishedAt == 0 ? null : Instant.ofEpochMilli(finishedAt));
  }

  /** For readers in a snapshot. */
  static Optional<BatchView> find(Snapshot view, long key) {
    return view.find(FIND, BatchStore::view, key);
  }
}
