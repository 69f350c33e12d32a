package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Decider;
import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.News;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SubWorkflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Drives runs: the handler of the tasks behind them. Thread-safe. */
final class WorkflowDriver {
  static final String SIGNAL = "millrace.workflow";

  /** Characters of JSON of the books that are kept at hand. */
  private static final int BOOKS_KEPT = 4 << 20;

  private final Store store;
  private final InstantSource clock;
  private final WorkflowDefinitions definitions;
  private final Submitter submitter;
  private final BatchStore batches;
  private final Patience patience;
  private final Books stored;
  private final List<WorkflowListener> listeners = new CopyOnWriteArrayList<>();
  private final Recent<Kept> books = new Recent<>(BOOKS_KEPT, Kept::length);
  private final String mark = "mark-" + UUID.randomUUID() + "-";
  final KnownType<Order, JsonNode> type;

  WorkflowDriver(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      WorkflowDefinitions definitions,
      Submitter submitter,
      BatchStore batches,
      Patience patience,
      Books stored) {
    this.stored = stored;
    this.store = store;
    this.clock = clock;
    this.definitions = definitions;
    this.submitter = submitter;
    this.batches = batches;
    this.patience = patience;
    type =
        types.registerOwn(
            TaskType.io(Workflows.TYPE, Order.class, JsonNode.class, this::drive)
                .withQueue(Workflows.QUEUE)
                .withPriority(2));
  }

  /** What the task of a run is told. */
  record Order(String name, int version) {}

  void listen(WorkflowListener listener) {
    listeners.add(listener);
  }

  /** A run that begins with this book. */
  Draft draft(WorkflowVersion version, Book book, SubmitOptions options) {
    var order = new Order(version.workflow().name(), version.version());
    String json = Json.MAPPER.writeValueAsString(book);
    return submitter
        .draft(type, order, options)
        .with((tx, run) -> {
          WorkflowRow.begin(tx, run, order.name(), order.version(), stored.sealed(run, json));
          keep(tx, run, new Kept(book, Map.of(), json.length()));
        });
  }

  private JsonNode drive(Run run, Order order) throws InterruptedException {
    var live = (LiveRun) run;
    long key = live.row.key();
    WorkflowVersion version = definitions.require(order.name(), order.version());
    var heard = new ArrayList<Signals.Signal>();
    var news = new ArrayList<News>();
    Kept kept = live.hasDetails() ? null : books.find(key);
    Book book = kept == null ? read(key, heard, news) : kept.book();
    for (Signals.Signal signal : heard) {
      news.add(heard(live.opened(SIGNAL, signal.payload())));
    }
    for (String batch : book.openBatches()) {
      over(batch).ifPresent(news::add);
    }
    var drafts = new WorkflowDrafts(this::draft, Pauses.childOptions(live));
    Decision decision =
        Decider.decide(
            version.workflow(), book, run.id().toString(), news, drafts, clock.instant());
    Saving saving = saving(live, order, book, decision, heard);
    return switch (decision.status()) {
      case SUCCEEDED -> {
        run.finish(tx -> saving.save(tx, Map.of()));
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
                  saving.save(tx, Map.of());
                }));
        throw new FatalFailure(String.valueOf(decision.book().failure()));
      }
      case WAITING, RUNNING, CHECKING, PAUSED, SKIPPED, CANCELLED, UNDOING, UNDONE ->
          throw live.suspend(hold(live, decision, drafts, saving));
    };
  }

  /** What the database knows of the run. */
  private Book read(long key, List<Signals.Signal> heard, List<News> news) {
    WorkflowRow row =
        store.read(view -> {
          heard.addAll(Signals.all(view, key, SIGNAL));
          return WorkflowRow.find(view, key).orElseThrow();
        });
    Book book = stored.read(row);
    if (book.failure() != null && !book.undoing()) {
      if (row.finishedAt() == null) {
        // The process ended after the run had failed and before its task was over.
        throw new FatalFailure(book.failure());
      }
      news.add(new News.Again());
    }
    return book;
  }

  /** A task of a run, or a run within it. */
  private Draft draft(String word, JsonNode input, SubmitOptions options) {
    return SubWorkflow.name(word)
        .map(name -> {
          WorkflowVersion version =
              definitions.definition(name).orElseThrow(() -> WorkflowDefinitions.unknown(name));
          return draft(version, Book.of(version.workflow(), input), options);
        })
        .orElseGet(() -> submitter.draftJson(word, input, options));
  }

  private Hold hold(LiveRun run, Decision decision, WorkflowDrafts drafts, Saving saving) {
    long key = run.row.key();
    Instant wakeAt = decision.wakeAt();
    Set<String> begins =
        decision.starts().stream().map(Decision.Start::batch).collect(Collectors.toSet());
    return Hold.news(
        wakeAt == null ? 0 : wakeAt.toEpochMilli(),
        decision.book().openBatches().stream()
            .filter(batch -> !begins.contains(batch))
            .map(batch -> BatchId.parse(batch).key())
            .toList(),
        tx -> {
          var ids = new HashMap<String, String>();
          for (Decision.Start start : decision.starts()) {
            BatchId id = batches.begin(tx, key, start.name(), drafts.of(start));
            ids.put(start.batch(), id.toString());
          }
          cancel(tx, decision);
          saving.save(tx, ids);
        });
  }

  private void cancel(Tx tx, Decision decision) {
    decision.cancels().forEach(batch -> batches.cancel(tx, BatchId.parse(batch).key()));
  }

  /** Keeps a book in a commit, together with all that belongs to it. */
  private interface Saving {
    /**
     * @param ids of the batches that begin in this commit, by what stands for them in the decision
     */
    void save(Tx tx, Map<String, String> ids);
  }

  private Saving saving(
      LiveRun run, Order order, Book before, Decision decision, List<Signals.Signal> heard) {
    long key = run.row.key();
    Status status = decision.status();
    var change =
        new WorkflowChange(
            run.id(), order.name(), order.version(), status, before, decision.book());
    List<TxWork<RuntimeException>> told = told(change);
    boolean over = status == Status.SUCCEEDED;
    // Written here and not on the writer's thread, which only puts in the ids.
    String marked = Json.MAPPER.writeValueAsString(marked(decision));
    return (tx, ids) -> {
      heard.forEach(signal -> Signals.take(tx, key, SIGNAL, signal));
      String json = marked;
      for (Map.Entry<String, String> id : ids.entrySet()) {
        json = json.replace(mark + id.getKey() + '"', id.getValue() + '"');
      }
      WorkflowRow.save(tx, key, status, stored.sealed(key, json), over ? clock.millis() : null);
      boolean goesOn = !over && decision.book().failure() == null;
      keep(tx, key, goesOn ? new Kept(decision.book(), ids, json.length()) : null);
      told.forEach(work -> work.run(tx));
    };
  }

  /** A book as the database has it, at hand for the next step. */
  private record Kept(Book decided, Map<String, String> ids, int length) {
    Book book() {
      return ids.isEmpty() ? decided : decided.named(ids);
    }
  }

  /** Somebody else has written the book. */
  void forget(Tx tx, long key) {
    keep(tx, key, null);
  }

  private void keep(Tx tx, long key, @Nullable Kept kept) {
    tx.afterCommit(() -> {
      if (kept == null) {
        var _ = books.take(key);
      } else {
        books.put(key, kept);
      }
    });
  }

  /** The book with marks, which nobody can know, for the batches that begin. */
  private Book marked(Decision decision) {
    Status status = decision.status();
    boolean begins = status != Status.SUCCEEDED && status != Status.FAILED;
    if (!begins || decision.starts().isEmpty()) {
      return decision.book();
    }
    return decision
        .book()
        .named(
            decision.starts().stream()
                .collect(Collectors.toMap(Decision.Start::batch, start -> mark + start.batch())));
  }

  private List<TxWork<RuntimeException>> told(WorkflowChange change) {
    return listeners.stream().map(listener -> listener.changing(change)).toList();
  }

  private Optional<News> over(String id) {
    String result = batches.takeResult(BatchId.parse(id));
    if (result != null) {
      return Optional.of(new News.Over(id, List.of(Json.MAPPER.readTree(result)), null));
    }
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

  private static News heard(@Nullable String payload) {
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
    if (!row.type().equals(Workflows.TYPE) || state == TaskState.SUCCEEDED) {
      return;
    }
    Status status = state == TaskState.CANCELLED ? Status.CANCELLED : Status.FAILED;
    WorkflowRow.find(tx, row.key()).ifPresent(run -> ended(tx, run, status));
  }

  private void ended(Tx tx, WorkflowRow run, Status status) {
    WorkflowRow.end(tx, run.id(), status, clock.millis());
    forget(tx, run.id());
    if (run.status() != status) {
      TaskId id = new TaskId(run.id());
      stored
          .find(run)
          .map(book -> new WorkflowChange(id, run.name(), run.version(), status, book, book))
          .ifPresent(change -> told(change).forEach(work -> work.run(tx)));
    }
  }
}
