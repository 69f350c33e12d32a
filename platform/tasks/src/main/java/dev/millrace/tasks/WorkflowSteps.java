package dev.millrace.tasks;

import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Decider;
import dev.millrace.tasks.workflow.Decision;
import dev.millrace.tasks.workflow.News;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SubWorkflow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides the steps of runs and makes them ready for their commits, on the threads of those who
 * ask; then writes them, on the writer's. Thread-safe.
 */
final class WorkflowSteps {
  private final InstantSource clock;
  private final TypeRegistry types;
  private final WorkflowDefinitions definitions;
  private final Submitter submitter;
  private final BatchStore batches;
  private final Books stored;
  private final RunMemory memory;
  private final List<WorkflowListener> listeners = new CopyOnWriteArrayList<>();

  WorkflowSteps(
      InstantSource clock,
      TypeRegistry types,
      WorkflowDefinitions definitions,
      Submitter submitter,
      BatchStore batches,
      Books stored,
      RunMemory memory) {
    this.clock = clock;
    this.types = types;
    this.definitions = definitions;
    this.submitter = submitter;
    this.batches = batches;
    this.stored = stored;
    this.memory = memory;
  }

  void listen(WorkflowListener listener) {
    listeners.add(listener);
  }

  /** A step that was decided, but for what follows from it. */
  record Decided(
      long run, WorkflowDriver.Order order, Book before, Decision decision, WorkflowDrafts drafts) {
    /** Whether it may be kept in the commit that ends one of the run's tasks. */
    boolean isPassing() {
      return WorkflowStep.isPassing(decision);
    }
  }

  /**
   * Decides what follows from the news.
   *
   * @param tenant of the run, for its tasks
   * @param trace of the run, for its tasks
   */
  Decided decide(
      long run,
      WorkflowDriver.Order order,
      Book book,
      List<News> news,
      @Nullable String tenant,
      @Nullable String trace) {
    WorkflowVersion version = definitions.require(order.name(), order.version());
    var drafts = new WorkflowDrafts(this::draft, Pauses.childOptions(tenant, trace));
    String id = new TaskId(run).toString();
    Decision decision = Decider.decide(version.workflow(), book, id, news, drafts, clock.instant());
    return new Decided(run, order, book, decision, drafts);
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

  /** A run that begins with this book when its task runs. */
  Draft draft(WorkflowVersion version, Book book, SubmitOptions options) {
    var order = new WorkflowDriver.Order(version.workflow().name(), version.version());
    String json = Json.MAPPER.writeValueAsString(book);
    KnownType<?, ?> type = Objects.requireNonNull(types.find(Workflows.TYPE));
    return submitter
        .draft(type, order, options)
        .with((tx, commit, row) -> {
          long run = row.key();
          String kept = stored.sealed(run, json);
          WorkflowRow.begin(commit, run, order.name(), order.version(), kept);
          memory.keep(tx, new RunMemory.Kept(row, order, book, Set.of(), false, json.length()));
        });
  }

  /**
   * Makes a step ready for its commit.
   *
   * @param alone batches of one task that the run waited for until now
   */
  WorkflowStep ready(Decided decided, Set<Long> alone) {
    Decision decision = decided.decision;
    Status status = decision.status();
    boolean goesOn = status != Status.SUCCEEDED && status != Status.FAILED;
    var ids = new HashMap<String, String>();
    var begins = new ArrayList<WorkflowStep.Begin>();
    var single = new HashSet<Long>();
    for (Decision.Start start : goesOn ? decision.starts() : List.<Decision.Start>of()) {
      long batch = submitter.nextKey();
      List<Draft> drafts = decided.drafts.of(start);
      ids.put(start.batch(), new BatchId(batch).toString());
      begins.add(new WorkflowStep.Begin(batch, start.name(), drafts));
      if (drafts.size() == 1) {
        single.add(batch);
      }
    }
    Book book = ids.isEmpty() ? decision.book() : decision.book().named(ids);
    if (!alone.isEmpty()) {
      Set<String> open = book.openBatches();
      alone.stream()
          .filter(batch -> open.contains(new BatchId(batch).toString()))
          .forEach(single::add);
    }
    var change =
        new WorkflowChange(
            new TaskId(decided.run),
            decided.order.name(),
            decided.order.version(),
            status,
            decided.before,
            book);
    String json = stored.sealed(decided.run, Json.MAPPER.writeValueAsString(book));
    return new WorkflowStep(
        decided.run, decided.order, decision, book, json, begins, single, told(change));
  }

  List<TxWork<RuntimeException>> told(WorkflowChange change) {
    return listeners.stream().map(listener -> listener.changing(change)).toList();
  }

  /**
   * Does what belongs to a step beside the book: what begins, and what listeners write.
   *
   * @param row of the run's task
   */
  void follow(Tx tx, TaskRow row, WorkflowStep step) {
    for (WorkflowStep.Begin begin : step.begins()) {
      batches.begin(tx, begin.batch(), step.run(), begin.name(), begin.drafts());
    }
    boolean goesOn = step.status() != Status.SUCCEEDED && step.book().failure() == null;
    if (goesOn) {
      boolean passing = step.isPassing() && !row.details();
      memory.keep(
          tx,
          new RunMemory.Kept(
              row, step.order(), step.book(), step.alone(), passing, step.json().length()));
    } else {
      memory.forget(tx, step.run());
    }
    step.told().forEach(work -> work.run(tx));
  }
}
