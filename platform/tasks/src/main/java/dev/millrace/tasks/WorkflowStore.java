package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Decider;
import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.News;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.Times;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.Workflow.Problem;
import dev.millrace.tasks.workflow.WorkflowException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Definitions and runs in the database, and the handler that drives runs. Thread-safe. */
final class WorkflowStore implements Workflows {
  private static final String SIGNAL = "millrace.workflow";

  private static final String DEFINITION =
      "SELECT version, at, definition FROM workflow_definitions WHERE name = ? AND version = ?";
  private static final String LATEST =
      "SELECT version, at, definition FROM workflow_definitions WHERE name = ?"
          + " ORDER BY version DESC LIMIT 1";
  private static final String ALL =
      "SELECT version, at, definition FROM workflow_definitions AS d WHERE version ="
          + " (SELECT max(version) FROM workflow_definitions WHERE name = d.name) ORDER BY name";
  private static final String DEFINE =
      "INSERT INTO workflow_definitions (name, version, at, definition) VALUES (?, ?, ?, ?)";
  private static final String COLUMNS = "id, name, version, status, finished_at, book";
  private static final String FIND = "SELECT " + COLUMNS + " FROM workflow_runs WHERE id = ?";
  private static final String LIST =
      "SELECT id, name, version, status, finished_at, '' FROM workflow_runs WHERE id < ?"
          + " AND (?2 IS NULL OR name = ?2) AND (?3 IS NULL OR status = ?3)"
          + " ORDER BY id DESC LIMIT ?4";
  private static final String CHECKING =
      "SELECT "
          + COLUMNS
          + " FROM workflow_runs WHERE finished_at IS NULL AND book LIKE '%\"checking\"%'"
          + " ORDER BY id DESC LIMIT ?";
  private static final String BEGIN =
      "INSERT INTO workflow_runs (id, name, version, status, book) VALUES (?, ?, ?, 'running', ?)";
  private static final String SAVE =
      "UPDATE workflow_runs SET status = ?, book = ?, finished_at = ? WHERE id = ?";
  private static final String END =
      "UPDATE workflow_runs SET status = ?, finished_at = ? WHERE id = ? AND finished_at IS NULL";

  private final Store store;
  private final InstantSource clock;
  private final TypeRegistry types;
  private final Submitter submitter;
  private final BatchStore batches;
  private final Signals signals;
  private final Changes changes;
  private final Patience patience;
  private final KnownType<Order, JsonNode> type;

  /** Definitions that were read; a version never changes. */
  private final Map<String, WorkflowVersion> known = new java.util.concurrent.ConcurrentHashMap<>();

  WorkflowStore(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      Submitter submitter,
      BatchStore batches,
      Signals signals,
      Changes changes,
      Patience patience) {
    this.store = store;
    this.clock = clock;
    this.types = types;
    this.submitter = submitter;
    this.batches = batches;
    this.signals = signals;
    this.changes = changes;
    this.patience = patience;
    type =
        types.registerOwn(
            TaskType.io(TYPE, Order.class, JsonNode.class, this::drive)
                .withQueue(QUEUE)
                .withPriority(2));
  }

  /** What the task of a run is told. */
  record Order(String name, int version) {}

  private record Row(
      long id, String name, int version, Status status, @Nullable Instant finishedAt, String book) {
    Book read() {
      return Json.MAPPER.readValue(book, Book.class);
    }

    static Row of(ResultSet row) throws SQLException {
      long finishedAt = row.getLong(5);
      return new Row(
          row.getLong(1),
          row.getString(2),
          row.getInt(3),
          Status.parse(row.getString(4)),
          finishedAt == 0 ? null : Instant.ofEpochMilli(finishedAt),
          row.getString(6));
    }
  }

  // Driving.

  private JsonNode drive(Run run, Order order) throws InterruptedException {
    var live = (LiveRun) run;
    long key = live.row.key();
    WorkflowVersion version = require(order.name(), order.version());
    var heard = new ArrayList<Signals.Signal>();
    var news = new ArrayList<News>();
    Book book =
        store.read(view -> {
          Book read = view.find(FIND, Row::of, key).orElseThrow().read();
          if (read.failure() != null && !read.undoing()) {
            news.add(new News.Again());
          }
          heard.addAll(Signals.all(view, key, SIGNAL));
          return read;
        });
    heard.forEach(signal -> news.add(heard(signal)));
    for (String batch : Decider.openBatches(book)) {
      over(batch).ifPresent(news::add);
    }
    Decision decision = Decider.decide(version.workflow(), book, news, clock.instant());
    return switch (decision.status()) {
      case SUCCEEDED -> {
        run.finish(tx -> save(tx, key, decision, decision.book(), heard));
        JsonNode output = decision.output();
        yield output == null ? Json.MAPPER.nullNode() : output;
      }
      case FAILED -> {
        patience.insist(
            Patience.DISK,
            live::cancelled,
            () ->
                store.write(tx -> {
                  cancel(tx, decision);
                  save(tx, key, decision, decision.book(), heard);
                }));
        throw new FatalFailure(String.valueOf(decision.book().failure()));
      }
      case WAITING, RUNNING, CHECKING, PAUSED, SKIPPED, CANCELLED, UNDOING, UNDONE ->
          throw live.suspend(hold(live, decision, heard));
    };
  }

  private Hold hold(LiveRun run, Decision decision, List<Signals.Signal> heard) {
    var drafts = new HashMap<String, List<Draft>>();
    for (Decision.Start start : decision.starts()) {
      drafts.put(start.batch(), drafts(run, start));
    }
    long key = run.row.key();
    Instant wakeAt = decision.wakeAt();
    return Hold.news(
        wakeAt == null ? 0 : wakeAt.toEpochMilli(),
        Decider.openBatches(decision.book()).stream()
            .filter(batch -> !drafts.containsKey(batch))
            .map(batch -> BatchId.parse(batch).key())
            .toList(),
        tx -> {
          var ids = new HashMap<String, String>();
          for (Decision.Start start : decision.starts()) {
            BatchId id =
                batches.begin(tx, key, start.name(), drafts.getOrDefault(start.batch(), List.of()));
            ids.put(start.batch(), id.toString());
          }
          cancel(tx, decision);
          save(tx, key, decision, Decider.named(decision.book(), ids), heard);
        });
  }

  private void cancel(Tx tx, Decision decision) {
    decision.cancels().forEach(batch -> batches.cancel(tx, BatchId.parse(batch).key()));
  }

  private List<Draft> drafts(LiveRun run, Decision.Start start) {
    SubmitOptions options = Pauses.childOptions(run);
    Integer priority = start.priority();
    SubmitOptions chosen = priority == null ? options : options.withPriority(priority);
    try {
      return start.inputs().stream()
          .map(input -> submitter.draftJson(start.type(), input, chosen))
          .toList();
    } catch (TaskException refused) {
      throw new FatalFailure(
          "'" + start.name() + "' cannot be submitted: " + refused.getMessage(), refused);
    }
  }

  private void save(Tx tx, long key, Decision decision, Book book, List<Signals.Signal> heard) {
    heard.forEach(signal -> Signals.take(tx, key, SIGNAL, signal));
    Status status = decision.status();
    boolean over = status == Status.SUCCEEDED || status == Status.FAILED;
    tx.update(
        SAVE,
        status.word(),
        Json.MAPPER.writeValueAsString(book),
        over ? clock.millis() : null,
        key);
  }

  private Optional<News> over(String id) {
    BatchView batch = batches.find(BatchId.parse(id)).orElse(null);
    if (batch == null || !batch.finished()) {
      return Optional.empty();
    }
    var results = new ArrayList<JsonNode>();
    var error = new StringBuilder();
    batches
        .children(batch, JsonNode.class)
        .forEach(child -> {
          JsonNode output = child.output();
          results.add(output == null ? Json.MAPPER.nullNode() : output);
          if (child.state() != TaskState.SUCCEEDED && error.isEmpty()) {
            error.append("task ").append(child.id()).append(" is ").append(child.state().word());
            error.append(child.error() == null ? "" : ": " + child.error());
          }
        });
    return Optional.of(
        error.isEmpty()
            ? new News.Over(id, results, null)
            : new News.Over(id, List.of(), error.toString()));
  }

  private static News heard(Signals.Signal signal) {
    String payload = signal.payload();
    JsonNode json = payload == null ? Json.MAPPER.nullNode() : Json.MAPPER.readTree(payload);
    String stage = json.path("stage").asString("");
    return switch (json.path("do").asString("")) {
      case "pause" -> new News.Pause();
      case "resume" -> new News.Resume();
      case "rollback" -> new News.Rollback(stage);
      case "answer" ->
          new News.Answer(
              stage,
              json.path("approved").asBoolean(false),
              json.path("by").asStringOpt().orElse(null),
              json.path("comment").asStringOpt().orElse(null));
      case "metrics" -> new News.Metrics(stage, metrics(json.path("metrics")));
      default ->
          throw new FatalFailure(
              "the signal "
                  + payload
                  + " means nothing to a workflow; send it by the endpoints of"
                  + " workflows");
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metrics(JsonNode json) {
    return (Map<String, Object>) Json.MAPPER.treeToValue(json, Map.class);
  }

  /** The task that drives a run is over in a way that the run did not decide. */
  void ended(Tx tx, TaskRow row, TaskState state) {
    if (row.type().equals(TYPE) && state != TaskState.SUCCEEDED) {
      Status status = state == TaskState.CANCELLED ? Status.CANCELLED : Status.FAILED;
      tx.update(END, status.word(), clock.millis(), row.key());
    }
  }

  // Definitions.

  @Override
  public WorkflowVersion define(Workflow workflow) {
    List<Problem> problems = new ArrayList<>(workflow.problems());
    if (problems.isEmpty()) {
      problems.addAll(unknownTypes(workflow));
    }
    if (!problems.isEmpty()) {
      throw new WorkflowException(problems);
    }
    String json = Json.MAPPER.writeValueAsString(workflow);
    if (json.length() > Limits.PAYLOAD) {
      throw new WorkflowException(
          List.of(
              new Problem(
                  "",
                  "it has "
                      + json.length()
                      + " characters; up to "
                      + Limits.PAYLOAD
                      + " are"
                      + " kept")));
    }
    Instant now = clock.instant();
    return store
        .compute(tx -> {
          WorkflowVersion latest =
              tx.find(LATEST, WorkflowStore::version, workflow.name()).orElse(null);
          if (latest != null && latest.workflow().equals(workflow)) {
            return latest;
          }
          int version = latest == null ? 1 : latest.version() + 1;
          tx.update(DEFINE, workflow.name(), version, now.toEpochMilli(), json);
          return new WorkflowVersion(workflow, version, now, Times.estimated(workflow));
        })
        .value();
  }

  private List<Problem> unknownTypes(Workflow workflow) {
    var problems = new ArrayList<Problem>();
    for (int i = 0; i < workflow.stages().size(); i++) {
      Stage stage = workflow.stages().get(i);
      String at = "/stages/" + i;
      for (int j = 0; j < stage.tasks().size(); j++) {
        unknownTypes(at + "/tasks/" + j, stage.tasks().get(j), problems);
      }
      if (stage.validation() != null) {
        unknownTypes(at + "/validation", stage.validation(), problems);
      }
    }
    return problems;
  }

  private void unknownTypes(String at, StageTask task, List<Problem> problems) {
    unknownType(at + "/type", task.type(), problems);
    unknownType(at + "/fallback", task.fallback(), problems);
    unknownType(at + "/compensate", task.compensate(), problems);
  }

  private void unknownType(String at, @Nullable String type, List<Problem> problems) {
    if (type != null) {
      try {
        types.require(type);
      } catch (TaskException unknown) {
        problems.add(new Problem(at, String.valueOf(unknown.getMessage())));
      }
    }
  }

  @Override
  public Optional<WorkflowVersion> definition(String name) {
    return store.read(view -> view.find(LATEST, WorkflowStore::version, name));
  }

  @Override
  public Optional<WorkflowVersion> definition(String name, int version) {
    String key = name + " " + version;
    WorkflowVersion read = known.get(key);
    if (read != null) {
      return Optional.of(read);
    }
    Optional<WorkflowVersion> found =
        store.read(view -> view.find(DEFINITION, WorkflowStore::version, name, version));
    found.ifPresent(value -> {
      if (known.size() < Limits.QUEUES) {
        known.put(key, value);
      }
    });
    return found;
  }

  private WorkflowVersion require(String name, int version) {
    return definition(name, version).orElseThrow(() -> unknown(name));
  }

  @Override
  public List<WorkflowVersion> definitions() {
    return store.read(view -> view.query(ALL, WorkflowStore::version));
  }

  private static WorkflowVersion version(ResultSet row) throws SQLException {
    Workflow workflow = Json.MAPPER.readValue(row.getString(3), Workflow.class);
    return new WorkflowVersion(
        workflow, row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), Times.estimated(workflow));
  }

  private static TaskException unknown(String name) {
    return TaskException.of(
        TaskException.Reason.NOT_FOUND,
        "name",
        "there is no workflow '" + Texts.shortened(name, 80) + "'",
        "Define it first; list the definitions to see which there are.");
  }

  // Runs.

  @Override
  public Submitted start(String name, JsonNode input, SubmitOptions options) {
    WorkflowVersion version = definition(name).orElseThrow(() -> unknown(name));
    return begin(version, Book.of(version.workflow(), input), options);
  }

  private Submitted begin(WorkflowVersion version, Book book, SubmitOptions options) {
    var order = new Order(version.workflow().name(), version.version());
    Draft draft = submitter.draft(type, order, options);
    String json = Json.MAPPER.writeValueAsString(book);
    var written =
        store.compute(tx -> {
          Submitted submitted = submitter.submit(tx, draft);
          if (!submitted.duplicate()) {
            tx.update(BEGIN, submitted.id().key(), order.name(), order.version(), json);
          }
          return submitted;
        });
    Submitted submitted = written.value();
    return new Submitted(
        submitted.id(), submitted.state(), submitted.duplicate(), written.position());
  }

  @Override
  public Optional<WorkflowRun> find(TaskId run) {
    return store.read(view -> view.find(FIND, Row::of, run.key())).map(this::view);
  }

  private WorkflowRun view(Row row) {
    Book book = row.read();
    WorkflowVersion version = require(row.name(), row.version());
    Instant finishedAt = row.finishedAt();
    TaskId id = new TaskId(row.id());
    return new WorkflowRun(
        id,
        row.name(),
        row.version(),
        row.status(),
        book.failure(),
        book.input(),
        book.stages(),
        Times.real(version.workflow(), book, finishedAt == null ? clock.instant() : finishedAt),
        id.createdAt(),
        finishedAt);
  }

  @Override
  public WorkflowPage list(
      @Nullable String name, @Nullable Status status, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    long before = cursor == null ? Long.MAX_VALUE : Limits.cursor(cursor);
    String word = status == null ? null : status.word();
    List<Row> rows = store.read(view -> view.query(LIST, Row::of, before, name, word, limit + 1));
    boolean more = rows.size() > limit;
    List<WorkflowPage.Item> items = rows.stream().limit(limit).map(WorkflowStore::item).toList();
    return new WorkflowPage(items, more ? items.getLast().id().toString() : null);
  }

  @Override
  public List<WaitingSync> waiting(int limit) {
    List<Row> rows = store.read(view -> view.query(CHECKING, Row::of, limit));
    return rows.stream().flatMap(this::waiting).limit(limit).toList();
  }

  private Stream<WaitingSync> waiting(Row row) {
    Workflow workflow = require(row.name(), row.version()).workflow();
    var found = new ArrayList<WaitingSync>();
    Book book = row.read();
    for (Stage stage : workflow.stages()) {
      StageRun run = book.stages().get(stage.name());
      SyncPoint point = stage.sync();
      if (run != null && point != null && run.status() == Status.CHECKING) {
        SyncRun state = run.sync();
        if (state != null) {
          found.add(
              new WaitingSync(
                  new TaskId(row.id()), row.name(), row.version(), stage.name(), point, state));
        }
      }
    }
    return found.stream();
  }

  private static WorkflowPage.Item item(Row row) {
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
    requireStage(require(run), stage);
    return tell(run, Map.of("do", "rollback", "stage", stage));
  }

  @Override
  public Submitted fork(TaskId run, String stage, @Nullable JsonNode input) {
    Row row = require(run);
    requireStage(row, stage);
    WorkflowVersion version = require(row.name(), row.version());
    Book old = row.read();
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
    requireChecking(run, stage);
    return tell(run, Map.of("do", "metrics", "stage", stage, "metrics", metrics));
  }

  private Position tell(TaskId run, Map<String, ?> what) {
    return signals.send(run, SIGNAL, Json.MAPPER.writeValueAsString(what));
  }

  private Row require(TaskId run) {
    return store
        .read(view -> view.find(FIND, Row::of, run.key()))
        .orElseThrow(() ->
            TaskException.of(
                TaskException.Reason.NOT_FOUND,
                "id",
                "there is no run of a workflow " + run,
                "List the runs to see what is there."));
  }

  private static StageRun requireStage(Row row, String stage) {
    Map<String, StageRun> stages = row.read().stages();
    StageRun run = stages.get(stage);
    if (run == null) {
      throw Limits.option("stage", stage, "Use one of " + String.join(", ", stages.keySet()) + ".");
    }
    return run;
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
    return tx.update(
        "DELETE FROM workflow_runs WHERE id IN (SELECT id FROM workflow_runs WHERE finished_at < ?"
            + " LIMIT ?)",
        before,
        most);
  }
}
