package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import dev.millrace.tasks.workflow.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of a workflow as the database keeps it. Immutable. */
record WorkflowRow(
    long id, String name, int version, Status status, @Nullable Instant finishedAt, String book) {
  private static final String COLUMNS = "id, name, version, status, finished_at, book";
  private static final String FIND = "SELECT " + COLUMNS + " FROM workflow_runs WHERE id = ?";
  private static final String LIST =
      "SELECT id, name, version, status, finished_at, '' FROM workflow_runs WHERE id < ?"
          + " AND (?2 IS NULL OR name GLOB ?2) AND (?3 IS NULL OR status = ?3)"
          + " ORDER BY id DESC LIMIT ?4";
  private static final String CHECKING =
      "SELECT "
          + COLUMNS
          + " FROM workflow_runs WHERE finished_at IS NULL AND (book LIKE '%\"checking\"%' OR book"
          + " >= char(1) AND book < char(2)) ORDER BY id DESC LIMIT ?";
  private static final RowShape BEGIN =
      new RowShape(
          4,
          "INSERT INTO workflow_runs (id, name, version, status, book) VALUES ",
          "(?, ?, ?, 'running', ?)",
          "");

  /** Whether the task of the run waits for the end of a batch, and for nothing else. */
  private static final String WAITS =
      " WHERE id = ?2 AND EXISTS (SELECT 1 FROM tasks WHERE id = ?2 AND state = 'waiting' AND"
          + " waits_for = '"
          + Hold.FOR_NEWS
          + "' AND details = 0 AND cancelling = 0 AND run_at IS NULL)";

  private static final String PASS = "UPDATE workflow_runs SET book = ?1" + WAITS;
  private static final String PASS_OUT =
      "UPDATE workflow_runs SET book = ?1, status = 'succeeded', finished_at = ?3" + WAITS;
  private static final String SAVE =
      "UPDATE workflow_runs SET status = ?, book = ?, finished_at = ? WHERE id = ?";
  private static final String END =
      "UPDATE workflow_runs SET status = ?, finished_at = ? WHERE id = ?";
  private static final String AGAIN =
      "UPDATE workflow_runs SET status = 'running', book = ?, finished_at = NULL WHERE id = ?";
  private static final String PURGE =
      "DELETE FROM workflow_runs WHERE id IN (SELECT id FROM workflow_runs WHERE finished_at < ?"
          + " LIMIT ?)";

  static Optional<WorkflowRow> find(Snapshot view, long id) {
    return view.find(FIND, WorkflowRow::of, id);
  }

  static List<WorkflowRow> list(
      Snapshot view, long before, @Nullable String name, @Nullable String status, int limit) {
    return view.query(LIST, WorkflowRow::of, before, name, status, limit);
  }

  /** Unfinished runs that may stand at a sync point, newest first. */
  static List<WorkflowRow> checking(Snapshot view, int limit) {
    return view.query(CHECKING, WorkflowRow::of, limit);
  }

  static void begin(TaskCommit commit, long id, String name, int version, String book) {
    commit.add(BEGIN, id, name, version, book);
  }

  /** Keeps the book of a run that goes on; false if its task waits for something else meanwhile. */
  static boolean pass(Tx tx, long id, String book) {
    return tx.update(PASS, book, id) == 1;
  }

  /** The same for a run that is through. */
  static boolean passOut(Tx tx, long id, String book, long finishedAt) {
    return tx.update(PASS_OUT, book, id, finishedAt) == 1;
  }

  static void save(Tx tx, long id, Status status, String book, @Nullable Long finishedAt) {
    tx.update(SAVE, status.word(), book, finishedAt, id);
  }

  /** Begins a run anew that was over. */
  static void again(Tx tx, long id, String book) {
    tx.update(AGAIN, book, id);
  }

  /** The task of the run is over, and so is the run. */
  static void end(Tx tx, long id, Status status, long finishedAt) {
    tx.update(END, status.word(), finishedAt, id);
  }

  /** Runs that were over before that time leave. */
  static int purge(Tx tx, long before, int most) {
    return tx.update(PURGE, before, most);
  }

  private static WorkflowRow of(ResultSet row) throws SQLException {
    long finishedAt = row.getLong(5);
    return new WorkflowRow(
        row.getLong(1),
        row.getString(2),
        row.getInt(3),
        Status.parse(row.getString(4)),
        finishedAt == 0 ? null : Instant.ofEpochMilli(finishedAt),
        row.getString(6));
  }
}
