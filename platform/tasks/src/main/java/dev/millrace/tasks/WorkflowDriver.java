package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.News;
import dev.millrace.tasks.workflow.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Drives runs: the handler of the tasks behind them. Thread-safe. */
final class WorkflowDriver {
  static final String SIGNAL = "millrace.workflow";

  private final Store store;
  private final InstantSource clock;
  private final WorkflowSteps steps;
  private final RunMemory memory;
  private final BatchStore batches;
  private final Patience patience;
  private final Books stored;
  final KnownType<Order, JsonNode> type;

  WorkflowDriver(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      WorkflowSteps steps,
      RunMemory memory,
      BatchStore batches,
      Patience patience,
      Books stored) {
    this.stored = stored;
    this.store = store;
    this.clock = clock;
    this.steps = steps;
    this.memory = memory;
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

  private JsonNode drive(Run run, Order order) throws InterruptedException {
    var live = (LiveRun) run;
    long key = live.row.key();
    var heard = new ArrayList<Signals.Signal>();
    var news = new ArrayList<News>();
    RunMemory.Kept kept = live.hasDetails() ? null : memory.find(key);
    Book book = kept == null ? read(key, heard, news) : kept.book();
    for (Signals.Signal signal : heard) {
      news.add(heard(live.opened(SIGNAL, signal.payload())));
    }
    for (String batch : book.openBatches()) {
      over(batch).ifPresent(news::add);
    }
    WorkflowSteps.Decided decided =
        steps.decide(key, order, book, news, live.row.tenant(), live.row.traceparent());
    WorkflowStep step = steps.ready(decided, kept == null ? Set.of() : kept.alone());
    Decision decision = step.decision();
    return switch (decision.status()) {
      case SUCCEEDED -> {
        run.finish(tx -> save(tx, live.row, step, heard));
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
                  save(tx, live.row, step, heard);
                }));
        throw new FatalFailure(String.valueOf(step.book().failure()));
      }
      case WAITING, RUNNING, CHECKING, PAUSED, SKIPPED, CANCELLED, UNDOING, UNDONE ->
          throw live.suspend(hold(live, step, heard));
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

  private Hold hold(LiveRun run, WorkflowStep step, List<Signals.Signal> heard) {
    Instant wakeAt = step.decision().wakeAt();
    Set<Long> begins =
        step.begins().stream().map(WorkflowStep.Begin::batch).collect(Collectors.toSet());
    return Hold.news(
        wakeAt == null ? 0 : wakeAt.toEpochMilli(),
        step.book().openBatches().stream()
            .map(batch -> BatchId.parse(batch).key())
            .filter(batch -> !begins.contains(batch))
            .toList(),
        tx -> {
          cancel(tx, step.decision());
          save(tx, run.row.waiting(), step, heard);
        });
  }

  private void cancel(Tx tx, Decision decision) {
    decision.cancels().forEach(batch -> batches.cancel(tx, BatchId.parse(batch).key()));
  }

  private void save(Tx tx, TaskRow row, WorkflowStep step, List<Signals.Signal> heard) {
    heard.forEach(signal -> Signals.take(tx, row.key(), SIGNAL, signal));
    boolean over = step.status() == Status.SUCCEEDED;
    WorkflowRow.save(tx, row.key(), step.status(), step.json(), over ? clock.millis() : null);
    steps.follow(tx, row, step);
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
    memory.forget(tx, run.id());
    if (run.status() != status) {
      TaskId id = new TaskId(run.id());
      stored
          .find(run)
          .map(book -> new WorkflowChange(id, run.name(), run.version(), status, book, book))
          .ifPresent(change -> steps.told(change).forEach(work -> work.run(tx)));
    }
  }
}
