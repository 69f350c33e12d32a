package dev.millrace.apps.draft.records;

import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.store.Migrations;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the tables of drafts. Thread-safe. */
public final class DraftRecords {
  /** The tables. */
  public static final Migrations MIGRATIONS =
      Migrations.of("draft", DraftRecords.class, "0001_drafts", "0002_service");

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String COLUMNS =
      """
      SELECT task_key, name, title, draft_id, state, created_us, ended_ms, items, files, bytes,
        duration_us, notes, problems FROM draft_drafts \
      """;
  private static final String BY_NAME = COLUMNS + "WHERE name = ?";
  private static final String PAGE = COLUMNS + "WHERE task_key < ? ORDER BY task_key DESC LIMIT ?";
  private static final String OPEN_NAMES = "SELECT name FROM draft_drafts WHERE state = 'open'";
  private static final String INSERT =
      """
      INSERT INTO draft_drafts
        (task_key, name, title, draft_id, state, created_us, ended_ms, items, files, bytes,
        duration_us, notes, problems)
      VALUES (?, ?, ?, ?, 'open', ?, NULL, ?, 0, 0, 0, '[]', '[]')\
      """;
  private static final String INSERT_RECIPE =
      "INSERT INTO draft_recipes (task_key, recipe) VALUES (?, ?)";
  private static final String RECIPE = "SELECT recipe FROM draft_recipes WHERE task_key = ?";
  private static final String REOPEN =
      """
      UPDATE draft_drafts SET state = 'open', ended_ms = NULL, problems = '[]'
      WHERE task_key = ? AND state <> 'open'\
      """;
  private static final String READY =
      """
      UPDATE draft_drafts SET state = 'ready', ended_ms = ?, bytes = ?, duration_us = ?, notes = ?,
        problems = '[]' WHERE task_key = ?\
      """;
  private static final String ENDED =
      """
      UPDATE draft_drafts SET state = ?, ended_ms = ?, problems = ?
      WHERE task_key = ? AND state = 'open'\
      """;
  private static final String COUNT_FILES = "UPDATE draft_drafts SET files = ? WHERE task_key = ?";
  private static final String DROP_FILES = "DELETE FROM draft_files WHERE task_key = ?";
  private static final String INSERT_FILE =
      """
      INSERT INTO draft_files (task_key, no, url, wanted, subtitles, state, bytes)
      VALUES (?, ?, ?, ?, ?, 'waiting', 0)\
      """;
  private static final String UPDATE_FILE =
      """
      UPDATE draft_files SET state = ?, bytes = ?, code = ?, why = ?, kind = ?, format = ?,
        width = ?, height = ?, duration_us = ?, has_audio = ? WHERE task_key = ? AND no = ?\
      """;
  private static final String FORGET_FAILURES =
      """
      UPDATE draft_files SET state = 'waiting', bytes = 0, code = 'again', why = NULL
      WHERE task_key = ? AND state = 'failed'\
      """;
  private static final String ENDED_BEFORE =
      COLUMNS
          + "WHERE state <> 'open' AND ended_ms < ? AND task_key < ? AND task_key IN"
          + " (SELECT task_key FROM draft_generations) ORDER BY task_key DESC LIMIT ?";
  private static final String DROP = "DELETE FROM draft_drafts WHERE task_key = ?";
  private static final String FAILED_NAMES =
      "SELECT name FROM draft_drafts WHERE state = 'failed' AND ended_ms >= ?";
  private static final String FILES =
      """
      SELECT no, url, wanted, subtitles, state, bytes, code, why, kind, format, width, height,
        duration_us, has_audio
      FROM draft_files WHERE task_key = ? AND no > ? ORDER BY no LIMIT ?\
      """;

  private static final String NAMES = "SELECT name FROM draft_drafts";
  private static final String FOLDER_NAMES =
      "SELECT name FROM draft_drafts WHERE task_key & 1023 = " + FolderDraft.MARK;
  private static final String TAKEN = "SELECT 1 FROM draft_drafts WHERE name = ? OR task_key = ?";
  private static final String ADOPT =
      """
      INSERT INTO draft_drafts
        (task_key, name, title, draft_id, state, created_us, ended_ms, items, files, bytes,
        duration_us, notes, problems)
      VALUES (?, ?, ?, ?, 'ready', ?, ?, 0, ?, ?, ?, ?, '[]')\
      """;
  private static final String REFRESH =
      "UPDATE draft_drafts SET bytes = ?, duration_us = ? WHERE name = ? AND state = 'ready'";
  private static final String FORGET =
      "DELETE FROM draft_drafts WHERE name = ? AND task_key & 1023 = " + FolderDraft.MARK;

  /** Drafts of one moment that no recipe made. */
  private static final int MOST_AT_ONCE = 1_024;

  /** Rows of one transaction, so that no write holds the writer for long. */
  private static final int BATCH = 1_000;

  private final Store store;

  public DraftRecords(Store store) {
    this.store = store;
  }

  /** Adds a draft in the commit that submits its task. */
  public void add(
      Tx tx,
      TaskId task,
      String name,
      String title,
      String draftId,
      Instant createdAt,
      int items,
      String recipe,
      Generation.Birth birth) {
    long created = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
    tx.update(INSERT, task.key(), name, title, draftId, created, items);
    GenerationRecords.add(tx, task, name, title, created, birth);
    tx.update(INSERT_RECIPE, task.key(), recipe);
  }

  /** The draft of this name. */
  public Optional<DraftRow> find(String name) {
    return store.read(snapshot -> snapshot.find(BY_NAME, DraftRecords::row, name));
  }

  /** Up to {@code limit} drafts older than the task {@code before}, newest first. */
  public List<DraftRow> page(long before, int limit) {
    return store.read(snapshot -> snapshot.query(PAGE, DraftRecords::row, before, limit));
  }

  /** Names of the drafts whose tasks have not decided yet. */
  public List<String> openNames() {
    return store.read(snapshot -> snapshot.query(OPEN_NAMES, row -> row.getString(1)));
  }

  /** Names of all drafts. */
  public List<String> names() {
    return store.read(snapshot -> snapshot.query(NAMES, row -> row.getString(1)));
  }

  /** Names of the drafts that no recipe made. */
  public List<String> folderNames() {
    return store.read(snapshot -> snapshot.query(FOLDER_NAMES, row -> row.getString(1)));
  }

  /** Adds a draft that no recipe made; nothing happens if there is one of its name. */
  public void adopt(FolderDraft draft) {
    String notes = JSON.writeValueAsString(draft.notes());
    store.write(tx -> {
      for (int number = 0; number < MOST_AT_ONCE; number++) {
        long key = draft.key(number);
        if (tx.find(BY_NAME, row -> row.getString(2), draft.name()).isPresent()) {
          return;
        }
        if (tx.find(TAKEN, row -> row.getInt(1), draft.name(), key).isEmpty()) {
          tx.update(
              ADOPT,
              key,
              draft.name(),
              draft.title(),
              draft.draftId(),
              ChronoUnit.MICROS.between(Instant.EPOCH, draft.createdAt()),
              draft.createdAt().toEpochMilli(),
              draft.files(),
              draft.bytes(),
              draft.durationMicros(),
              notes);
          return;
        }
      }
    });
  }

  /** Writes anew what the folder of a finished draft tells. */
  public void refresh(FolderDraft draft) {
    store.write(tx -> tx.update(REFRESH, draft.bytes(), draft.durationMicros(), draft.name()));
  }

  /** Forgets a draft that no recipe made. */
  public void forgetFolder(String name) {
    store.write(tx -> tx.update(FORGET, name));
  }

  /** The recipe as it was sent. */
  public String recipe(TaskId task) {
    return store.read((Snapshot snapshot) ->
        snapshot
            .find(RECIPE, row -> row.getString(1), task.key())
            .orElseThrow(
                () -> new IllegalStateException("draft " + task + " has no recipe; a bug")));
  }

  /** Makes an ended draft open again, because its task was taken up again. */
  public void reopen(DraftRow draft) {
    if (draft.ended() != null) {
      store.write(tx -> {
        tx.update(REOPEN, draft.task().key());
        Endings.reopened(tx, draft.task());
      });
    }
  }

  /** Marks a draft as finished, in the commit that ends its task. */
  public void ready(
      Tx tx, TaskId task, Instant at, long bytes, long durationMicros, List<Note> notes) {
    String json = JSON.writeValueAsString(notes);
    tx.update(READY, at.toEpochMilli(), bytes, durationMicros, json, task.key());
    Endings.ended(tx, task, DraftState.READY, at, bytes, null);
  }

  /** Marks a draft as failed or cancelled. */
  public void ended(TaskId task, DraftState state, Instant at, List<Fault> problems) {
    String json = JSON.writeValueAsString(problems);
    String code = problems.isEmpty() ? null : problems.getFirst().code();
    store.write(tx -> {
      if (tx.update(ENDED, state.word(), at.toEpochMilli(), json, task.key()) > 0) {
        Endings.ended(tx, task, state, at, 0, code);
      }
    });
  }

  /** Replaces the files of a draft. */
  public void plan(TaskId task, List<FileRow> files) {
    store.write(tx -> {
      tx.update(DROP_FILES, task.key());
      tx.update(COUNT_FILES, files.size(), task.key());
    });
    for (List<FileRow> some : batches(files)) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (FileRow file : some) {
        rows.add(
            new @Nullable Object[] {
              task.key(), file.no(), file.url(), file.wanted(), file.subtitles()
            });
      }
      store.write(tx -> tx.batch(INSERT_FILE, rows));
    }
  }

  /** Writes what became of files. */
  public void update(TaskId task, List<FileRow> files) {
    for (List<FileRow> some : batches(files)) {
      List<@Nullable Object[]> rows = new ArrayList<>();
      for (FileRow file : some) {
        MediaInfo info = file.info();
        rows.add(
            new @Nullable Object[] {
              file.state().name().toLowerCase(Locale.ROOT),
              file.bytes(),
              file.code(),
              file.why(),
              info == null ? null : info.kind().name().toLowerCase(Locale.ROOT),
              info == null ? null : info.format(),
              info == null ? null : info.width(),
              info == null ? null : info.height(),
              info == null ? null : info.durationMicros(),
              info == null ? null : info.hasAudio(),
              task.key(),
              file.no()
            });
      }
      store.write(tx -> tx.batch(UPDATE_FILE, rows));
    }
  }

  /**
   * Up to {@code limit} drafts made here that ended before a moment, of tasks older than {@code
   * beforeKey}, newest first.
   */
  public List<DraftRow> endedBefore(Instant at, long beforeKey, int limit) {
    return store.read(snapshot ->
        snapshot.query(ENDED_BEFORE, DraftRecords::row, at.toEpochMilli(), beforeKey, limit));
  }

  /** Forgets a draft and its files; how it came to be is kept. */
  public void forget(TaskId task) {
    store.write(tx -> {
      tx.update(DROP_FILES, task.key());
      tx.update(DROP, task.key());
    });
  }

  /** Lets files that failed be fetched again. */
  public void forgetFailures(TaskId task) {
    store.write(tx -> tx.update(FORGET_FAILURES, task.key()));
  }

  /** Names of the drafts that failed at or after this moment. */
  public List<String> failedSince(Instant at) {
    return store.read(
        snapshot -> snapshot.query(FAILED_NAMES, row -> row.getString(1), at.toEpochMilli()));
  }

  /** Up to {@code limit} files behind number {@code after}. */
  public List<FileRow> files(TaskId task, int after, int limit) {
    return store.read(
        snapshot -> snapshot.query(FILES, DraftRecords::file, task.key(), after, limit));
  }

  /** All files of a draft. */
  public List<FileRow> files(TaskId task) {
    return files(task, -1, Integer.MAX_VALUE);
  }

  private static List<List<FileRow>> batches(List<FileRow> files) {
    List<List<FileRow>> batches = new ArrayList<>();
    for (int from = 0; from < files.size(); from += BATCH) {
      batches.add(files.subList(from, Math.min(files.size(), from + BATCH)));
    }
    return batches;
  }

  private static DraftRow row(ResultSet row) throws SQLException {
    String state = row.getString(5);
    long ended = row.getLong(7);
    boolean open = row.wasNull();
    return new DraftRow(
        new TaskId(row.getLong(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        state.equals(DraftState.OPEN) ? null : DraftState.valueOf(state.toUpperCase(Locale.ROOT)),
        Instant.EPOCH.plus(row.getLong(6), ChronoUnit.MICROS),
        open ? null : Instant.ofEpochMilli(ended),
        row.getInt(8),
        row.getInt(9),
        row.getLong(10),
        row.getLong(11),
        List.of(JSON.readValue(row.getString(12), Note[].class)),
        List.of(JSON.readValue(row.getString(13), Fault[].class)));
  }

  private static FileRow file(ResultSet row) throws SQLException {
    String kind = row.getString(9);
    MediaInfo info =
        kind == null
            ? null
            : new MediaInfo(
                Media.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                row.getString(10),
                row.getInt(11),
                row.getInt(12),
                row.getLong(13),
                row.getInt(14) != 0);
    return new FileRow(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4) != 0,
        FileRow.State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getLong(6),
        row.getString(7),
        row.getString(8),
        info);
  }
}
