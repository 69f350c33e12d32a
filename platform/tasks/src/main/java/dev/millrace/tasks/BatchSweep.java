package dev.millrace.tasks;

import dev.millrace.store.Store;
import java.util.List;

/** Cancels the tasks of batches that were cancelled, page by page, beside everything else. */
final class BatchSweep {
  private static final int PAGE = 500;
  private static final String CANCELLED =
      "SELECT id FROM task_batches WHERE cancelled_at IS NOT NULL AND open > 0";
  private static final String MEMBERS =
      "SELECT id FROM tasks WHERE batch = ? AND id > ? AND cancelling = 0 ORDER BY id LIMIT "
          + PAGE;

  private final Store store;
  private final Changes changes;
  private final Errands errands;
  private volatile boolean stopping;

  BatchSweep(Store store, Changes changes, Errands errands) {
    this.store = store;
    this.changes = changes;
    this.errands = errands;
  }

  /** Goes on with what a process left. */
  void start() {
    List<Long> cancelled = store.read(view -> view.query(CANCELLED, row -> row.getLong(1)));
    cancelled.forEach(this::start);
  }

  /** Cancels the tasks of a batch, on a thread of its own. */
  void start(long batch) {
    Thread _ = errands.start("tasks-cancel", () -> sweep(batch));
  }

  void stop() {
    stopping = true;
  }

  private void sweep(long batch) {
    long from = 0;
    while (!stopping) {
      long after = from;
      List<Long> page =
          store.read(view -> view.query(MEMBERS, row -> row.getLong(1), batch, after));
      if (page.isEmpty()) {
        return;
      }
      for (long key : page) {
        cancelMember(new TaskId(key));
      }
      from = page.getLast();
    }
  }

  private void cancelMember(TaskId id) {
    try {
      changes.cancel(id);
    } catch (TaskException _) {
      // It came to its end first.
    }
  }
}
