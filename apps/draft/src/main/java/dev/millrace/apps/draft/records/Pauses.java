package dev.millrace.apps.draft.records;

import dev.millrace.store.Store;
import dev.millrace.tasks.TaskId;
import java.util.List;

/**
 * Downloads that somebody stopped, over restarts. Thread-safe.
 *
 * <p>A task whose downloads are stopped gives way and is called back by a signal, so that it holds
 * no place among those that work. Its {@code pauses} say how many signals it waits for in all.
 */
public final class Pauses {
  /** The signal that calls a task back. */
  public static final String SIGNAL = "downloads-resumed";

  private static final String MARK =
      "UPDATE draft_drafts SET paused = 1 WHERE task_key = ? AND state = 'open'";
  private static final String PARK =
      "UPDATE draft_drafts SET pauses = pauses + 1 WHERE task_key = ? AND paused = 1";
  private static final String PAUSES = "SELECT pauses FROM draft_drafts WHERE task_key = ?";
  private static final String PAUSED = "SELECT paused FROM draft_drafts WHERE task_key = ?";
  private static final String CLEAR = "UPDATE draft_drafts SET paused = 0 WHERE task_key = ?";
  private static final String CALL_BACK =
      """
      UPDATE draft_drafts SET resumes = resumes + 1
      WHERE task_key = ? AND resumes < pauses\
      """;
  private static final String ALL =
      """
      SELECT name FROM draft_drafts
      WHERE paused = 1 AND state = 'open' ORDER BY task_key DESC LIMIT ?\
      """;

  private final Store store;

  public Pauses(Store store) {
    this.store = store;
  }

  /** Notes that downloads are not to go on; false if the draft is over. */
  public boolean mark(TaskId task) {
    return store.compute(tx -> tx.update(MARK, task.key()) > 0).value();
  }

  /** Whether somebody stopped them. */
  public boolean isMarked(TaskId task) {
    return store.read(snapshot -> snapshot.number(PAUSED, task.key())) == 1;
  }

  /** How often the task has given way. */
  public int count(TaskId task) {
    return (int) (long) store.read(snapshot -> snapshot.number(PAUSES, task.key()));
  }

  /** Notes that the task gives way; false if somebody let it go on meanwhile. */
  public boolean park(TaskId task) {
    return store.compute(tx -> tx.update(PARK, task.key()) > 0).value();
  }

  /** Lets downloads go on; true if the task has given way and must be called back. */
  public boolean clear(TaskId task) {
    return store
        .compute(tx -> {
          tx.update(CLEAR, task.key());
          return tx.update(CALL_BACK, task.key()) > 0;
        })
        .value();
  }

  /** Names of drafts whose downloads are stopped, newest first. */
  public List<String> names(int limit) {
    return store.read(snapshot -> snapshot.query(ALL, row -> row.getString(1), limit));
  }
}
