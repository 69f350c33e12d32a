package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.Times;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Workflows on the database. Thread-safe. */
final class WorkflowStore implements Workflows {
  private static final String AT_WORK = "SELECT id FROM tasks WHERE batch = ? ORDER BY id LIMIT 1";

  /** What the first task of a batch waits for, if a limit holds all of them up that are left. */
  private static final String HELD_UP =
      "SELECT waits_for FROM tasks WHERE batch = ?1 AND NOT EXISTS (SELECT 1 FROM tasks WHERE batch"
          + " = ?1 AND (waits_for IS NULL OR waits_for NOT GLOB 'limit *')) ORDER BY id LIMIT 1";

  private final Store store;
  private final InstantSource clock;
  private final Submitter submitter;
  private final Signals signals;
  private final Changes changes;
  private final WorkflowDefinitions definitions;
  private final RunMemory memory = new RunMemory();
  private final WorkflowSteps steps;
  private final WorkflowDriver driver;

  /** Null where every step of a run is a task of its own. */
  private final @Nullable WorkflowRelay relay;

  private final ShownRuns shown;
  private final Books books;

  /**
   * @param free whether neither a pause nor a limit holds the task of a run up; null if runs are
   *     only taken on by their own tasks
   */
  WorkflowStore(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      Submitter submitter,
      BatchStore batches,
      Signals signals,
      Changes changes,
      Patience patience,
      Vault vault,
      @Nullable Predicate<TaskRow> free) {
    this.store = store;
    this.clock = clock;
    this.submitter = submitter;
    this.signals = signals;
    this.changes = changes;
    shown = new ShownRuns(types);
    books = new Books(vault);
    definitions = new WorkflowDefinitions(store, clock, types, vault);
    steps = new WorkflowSteps(clock, types, definitions, submitter, batches, books, memory);
    driver = new WorkflowDriver(store, clock, types, steps, memory, batches, patience, books);
    relay =
        free == null
            ? null
            : new WorkflowRelay(clock, steps, memory, submitter, batches, vault, driver.type, free);
  }

  @Override
  public void listen(WorkflowListener listener) {
    steps.listen(listener);
  }

  /** The task that drives a run is over. */
  void ended(Tx tx, TaskRow row, TaskState state) {
    driver.ended(tx, row, state);
  }

  /** What follows from a task's success in its commit; null if nothing, or nothing at once. */
  @Nullable Sequel after(LiveRun run, @Nullable String output) {
    return relay == null ? null : relay.after(run.row, output);
  }

  @Override
  public WorkflowVersion define(Workflow workflow) {
    return definitions.shown(definitions.define(workflow));
  }

  @Override
  public Optional<WorkflowVersion> definition(String name) {
    return definitions.definition(name).map(definitions::shown);
  }

  @Override
  public Optional<WorkflowVersion> definition(String name, int version) {
    return definitions.definition(name, version).map(definitions::shown);
  }

  @Override
  public List<WorkflowVersion> definitions() {
    return definitions.definitions().stream().map(definitions::shown).toList();
  }

  @Override
  public Submitted start(String name, JsonNode input, SubmitOptions options) {
    return start(
        definitions.definition(name).orElseThrow(() -> WorkflowDefinitions.unknown(name)),
        input,
        options);
  }

  @Override
  public Submitted start(WorkflowVersion version, JsonNode input, SubmitOptions options) {
    return begin(version, Book.of(version.workflow(), input), options);
  }

  private Submitted begin(WorkflowVersion version, Book book, SubmitOptions options) {
    submitter.admit();
    return submitter.submit(
        relay == null ? steps.draft(version, book, options) : relay.first(version, book, options));
  }

  @Override
  public Optional<WorkflowRun> find(TaskId run) {
    return store.read(view -> WorkflowRow.find(view, run.key())).map(this::view);
  }

  private WorkflowRun view(WorkflowRow row) {
    Book book = books.require(row);
    WorkflowVersion version = definitions.require(row.name(), row.version());
    Instant finishedAt = row.finishedAt();
    TaskId id = new TaskId(row.id());
    Map<String, String> heldUp = heldUp(book);
    return new WorkflowRun(
        id,
        row.name(),
        row.version(),
        row.status(),
        book.failure(),
        shown.input(book),
        shown.stages(version.workflow(), book, heldUp.keySet()),
        heldUp,
        Times.real(version.workflow(), book, finishedAt == null ? clock.instant() : finishedAt),
        id.createdAt(),
        finishedAt);
  }

  /** The limits that hold up whole batches, by batch. */
  private Map<String, String> heldUp(Book book) {
    Set<String> open = book.openBatches();
    if (open.isEmpty()) {
      return Map.of();
    }
    return store.read(view -> {
      var found = new HashMap<String, String>();
      for (String batch : open) {
        view.find(HELD_UP, row -> row.getString(1), BatchId.parse(batch).key())
            .ifPresent(limit -> found.put(batch, limit));
      }
      return found;
    });
  }

  @Override
  public Map<String, TaskId> atWork(TaskId run) {
    Book book = books.require(require(run));
    return store.read(view -> {
      var found = new LinkedHashMap<String, TaskId>();
      for (StageRun stage : book.stages().values()) {
        stage
            .tasks()
            .forEach((name, job) -> {
              if (job.status() == Status.RUNNING && job.batch() != null) {
                view.find(AT_WORK, row -> row.getLong(1), BatchId.parse(job.batch()).key())
                    .ifPresent(key -> found.put(name, new TaskId(key)));
              }
            });
      }
      return found;
    });
  }

  @Override
  public WorkflowPage list(
      @Nullable String name, @Nullable Status status, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    long before = cursor == null ? Long.MAX_VALUE : Limits.cursor(cursor);
    String word = status == null ? null : status.word();
    List<WorkflowRow> rows =
        store.read(view -> WorkflowRow.list(view, before, name, word, limit + 1));
    boolean more = rows.size() > limit;
    List<WorkflowPage.Item> items = rows.stream().limit(limit).map(WorkflowStore::item).toList();
    return new WorkflowPage(items, more ? items.getLast().id().toString() : null);
  }

  @Override
  public List<WaitingSync> waiting(int limit) {
    List<WorkflowRow> rows = store.read(view -> WorkflowRow.checking(view, limit));
    return rows.stream().flatMap(this::waiting).limit(limit).toList();
  }

  private Stream<WaitingSync> waiting(WorkflowRow row) {
    Workflow workflow = definitions.require(row.name(), row.version()).workflow();
    var found = new ArrayList<WaitingSync>();
    Book book = books.find(row).orElse(null);
    if (book == null) {
      return Stream.empty();
    }
    for (Stage stage : workflow.stages()) {
      StageRun run = book.stages().get(stage.name());
      SyncPoint point = stage.sync();
      if (run != null && point != null && run.status() == Status.CHECKING) {
        SyncRun state = run.sync();
        if (state != null) {
          found.add(
              new WaitingSync(
                  new TaskId(row.id()),
                  row.name(),
                  row.version(),
                  stage.name(),
                  stage.shownAs(),
                  point,
                  state));
        }
      }
    }
    return found.stream();
  }

  private static WorkflowPage.Item item(WorkflowRow row) {
    TaskId id = new TaskId(row.id());
    return new WorkflowPage.Item(
        id, row.name(), row.version(), row.status(), id.createdAt(), row.finishedAt());
  }

  @Override
  public Position pause(TaskId run) {
    require(run);
    return tell(run, Map.of("do", "pause"));
  }

  @Override
  public Position resume(TaskId run) {
    require(run);
    return tell(run, Map.of("do", "resume"));
  }

  @Override
  public TaskState cancel(TaskId run) {
    require(run);
    return changes.cancel(run);
  }

  @Override
  public Position rollback(TaskId run, String stage) {
    WorkflowRow before = require(run);
    requireStage(before, stage);
    // A run keeps its version, and inside of the transaction it could not be read.
    WorkflowVersion version = definitions.require(before.name(), before.version());
    return store.write(tx -> rollback(tx, run, version, stage));
  }

  private void rollback(Tx tx, TaskId run, WorkflowVersion version, String stage) {
    WorkflowRow row = WorkflowRow.find(tx, run.key()).orElseThrow(() -> unknown(run));
    if (row.finishedAt() == null && row.status() != Status.FAILED) {
      tell(tx, run, Map.of("do", "rollback", "stage", stage));
      return;
    }
    Book anew = books.require(row).rolledBack(version.workflow(), stage);
    WorkflowRow.again(tx, row.id(), books.write(row.id(), anew));
    memory.forget(tx, row.id());
    changes.retry(tx, run);
  }

  @Override
  public Submitted fork(TaskId run, String stage, @Nullable JsonNode input) {
    WorkflowRow row = require(run);
    requireStage(row, stage);
    WorkflowVersion version = definitions.require(row.name(), row.version());
    Book old = books.require(row);
    Book book = old.forked(version.workflow(), stage, input == null ? old.input() : input);
    return begin(version, book, SubmitOptions.defaults());
  }

  @Override
  public Position answer(
      TaskId run, String stage, boolean approved, @Nullable String by, @Nullable String comment) {
    requireChecking(run, stage);
    var answer = new HashMap<String, Object>(Map.of("do", "answer", "stage", stage));
    answer.put("approved", approved);
    if (by != null) {
      answer.put("by", by);
    }
    if (comment != null) {
      answer.put("comment", comment);
    }
    return tell(run, answer);
  }

  @Override
  public Position metrics(TaskId run, String stage, Map<String, Object> metrics) {
    WorkflowRow row = require(run);
    if (requireStage(row, stage).status() != Status.RUNNING || !isWatched(row, stage)) {
      requireChecking(run, stage);
    }
    return tell(run, Map.of("do", "metrics", "stage", stage, "metrics", metrics));
  }

  private Position tell(TaskId run, Map<String, ?> what) {
    return store.write(tx -> tell(tx, run, what));
  }

  private void tell(Tx tx, TaskId run, Map<String, ?> what) {
    signals.send(tx, run, WorkflowDriver.SIGNAL, Json.MAPPER.writeValueAsString(what));
  }

  private WorkflowRow require(TaskId run) {
    return store.read(view -> WorkflowRow.find(view, run.key())).orElseThrow(() -> unknown(run));
  }

  private static TaskException unknown(TaskId run) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "id",
        "there is no run of a workflow " + run,
        "List the runs to see what is there.");
  }

  private StageRun requireStage(WorkflowRow row, String stage) {
    Map<String, StageRun> stages = books.require(row).stages();
    StageRun run = stages.get(stage);
    if (run == null) {
      throw Limits.option("stage", stage, "Use one of " + String.join(", ", stages.keySet()) + ".");
    }
    return run;
  }

  private boolean isWatched(WorkflowRow row, String stage) {
    return definition(row.name(), row.version())
        .map(version -> version.workflow().stage(stage).watch() != null)
        .orElse(false);
  }

  private void requireChecking(TaskId id, String stage) {
    StageRun run = requireStage(require(id), stage);
    if (run.status() != Status.CHECKING) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "stage",
          "stage '" + stage + "' is " + run.status().word() + " and at no sync point",
          "Look at the run; it may have gone on.");
    }
  }

  /** For the purge: runs that were over before that time leave. */
  static int purge(Tx tx, long before, int most) {
    return WorkflowRow.purge(tx, before, most);
  }
}
