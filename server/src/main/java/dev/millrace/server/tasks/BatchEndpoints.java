package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.EventStream;
import dev.millrace.http.Page;
import dev.millrace.http.ProblemType;
import dev.millrace.http.Reply;
import dev.millrace.http.Request;
import dev.millrace.http.schema.Fault;
import dev.millrace.server.tasks.BatchWire.BatchDetail;
import dev.millrace.server.tasks.BatchWire.BatchItem;
import dev.millrace.server.tasks.BatchWire.BatchQuery;
import dev.millrace.server.tasks.BatchWire.MemberQuery;
import dev.millrace.server.tasks.BatchWire.SubmitBatch;
import dev.millrace.server.tasks.TaskWire.AcceptedAll;
import dev.millrace.server.tasks.TaskWire.SubmitTasks;
import dev.millrace.server.tasks.TaskWire.TaskItem;
import dev.millrace.tasks.BatchCallbacks;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.BatchPage;
import dev.millrace.tasks.BatchView;
import dev.millrace.tasks.Batches;
import dev.millrace.tasks.Submission;
import dev.millrace.tasks.SubmittedAll;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskWatch;
import dev.millrace.tasks.Tasks;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/batches}: tasks that are counted together. */
public final class BatchEndpoints {
  private static final String BATCHES = "/api/v1/batches";
  private static final String BATCH = BATCHES + "/{id}";

  /** How long a stream rests: its counts change with every task. */
  private static final Duration REST = Duration.ofMillis(250);

  private static final Duration SILENCE = Duration.ofSeconds(1);

  private static final ProblemType NOT_FOUND =
      new ProblemType(
          "batch-not-found",
          404,
          "There is no such batch",
          "Check the id; finished batches are purged after the retention time.");
  private static final ProblemType STATE =
      new ProblemType(
          "batch-state", 409, "The batch takes no more tasks", "Open another one for them.");

  private final Tasks tasks;
  private final Batches batches;

  public BatchEndpoints(Tasks tasks) {
    this.tasks = tasks;
    this.batches = tasks.batches();
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(
        submit(),
        list(),
        find(),
        members(),
        add(),
        change("close", "closeBatch", "Add no more tasks to a batch", batches::close),
        change(
            "cancel",
            "cancelBatch",
            "Close a batch and cancel its tasks that are not over",
            batches::cancel),
        follow());
  }

  private Endpoint submit() {
    return Endpoint.post(BATCHES)
        .id("submitBatch")
        .summary("Submit tasks that are counted together")
        .description(
            "Callbacks are submitted in the very commit that makes them true, each at most once."
                + " One without a key of its own gets the batch's id as its key.")
        .tags("batches")
        .body(SubmitBatch.class, BatchExamples.SUBMIT)
        .maxBody(64L << 20)
        .answers(202, BatchItem.class, BatchExamples.ITEM)
        .problems(
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.TENANT_FULL,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT,
            TaskProblems.CLOSED)
        .handle(request -> {
          SubmitBatch body = request.body();
          return Reply.accepted(BatchItem.of(submitted(body, request.traceparent())));
        });
  }

  private BatchView submitted(SubmitBatch body, String traceparent) {
    BatchCallbacks callbacks = body.callbacks(traceparent);
    List<Submission> members = submissions(body.tasks(), traceparent);
    if (!body.open()) {
      if (members.isEmpty()) {
        String detail = "Give tasks, or keep the batch open to add them later.";
        throw TaskProblems.OPTION_INVALID.because(
            detail, List.of(new Fault("/tasks", detail, "task-option-invalid")));
      }
      return batches.submit(body.name(), callbacks, members);
    }
    BatchView batch = batches.open(body.name(), callbacks);
    if (members.isEmpty()) {
      return batch;
    }
    try {
      var _ = batches.add(batch.id(), members);
    } catch (RuntimeException refused) {
      batches.cancel(batch.id());
      throw refused;
    }
    return view(batch.id());
  }

  private static List<Submission> submissions(List<SubmitTask> all, String traceparent) {
    return all.stream().map(task -> task.submission(traceparent)).toList();
  }

  private Endpoint list() {
    return Endpoint.get(BATCHES)
        .id("listBatches")
        .summary("List batches, newest first")
        .tags("batches")
        .query(BatchQuery.class)
        .answersPage(BatchItem.class, BatchExamples.ITEM)
        .problems(TaskProblems.ID_INVALID)
        .handle(request -> {
          BatchQuery query = request.query();
          String owner = query.owner();
          BatchPage page =
              owner == null
                  ? batches.list(query.limit(), query.cursor())
                  : batches.ownedBy(TaskId.parse(owner), query.limit(), query.cursor());
          return Reply.ok(page(page));
        });
  }

  private static Page<BatchItem> page(BatchPage page) {
    return new Page<>(page.items().stream().map(BatchItem::of).toList(), page.next());
  }

  /** The newest batches, as a page. */
  public Object now() {
    return page(batches.list(50, null));
  }

  private Endpoint find() {
    return Endpoint.get(BATCH)
        .id("findBatch")
        .summary("Look at a batch")
        .tags("batches")
        .path("id", "The batch's id.", BatchExamples.ID)
        .answers(200, BatchDetail.class, BatchExamples.DETAIL)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> Reply.ok(detail(id(request))));
  }

  private BatchDetail detail(BatchId id) {
    return BatchDetail.of(view(id), batches.callbacks(id));
  }

  private BatchView view(BatchId id) {
    return batches.find(id).orElseThrow(() -> NOT_FOUND.because("There is no batch " + id + "."));
  }

  private Endpoint members() {
    return Endpoint.get(BATCH + "/tasks")
        .id("listBatchTasks")
        .summary("List the tasks of a batch, newest first")
        .tags("batches")
        .path("id", "The batch's id.", BatchExamples.ID)
        .query(MemberQuery.class)
        .answersPage(TaskItem.class, TaskExamples.ITEM)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> {
          MemberQuery query = request.query();
          BatchId id = view(id(request)).id();
          TaskFilter filter =
              TaskFilter.all()
                  .withBatch(id)
                  .withStates(query.state().stream().distinct().toArray(TaskState[]::new));
          TaskPage page = tasks.list(filter, query.limit(), query.cursor());
          return Reply.ok(
              new Page<>(page.items().stream().map(TaskItem::of).toList(), page.next()));
        });
  }

  private Endpoint add() {
    return Endpoint.post(BATCH + "/add")
        .id("addToBatch")
        .summary("Add up to 10,000 tasks to an open batch in one commit")
        .tags("batches")
        .path("id", "The batch's id.", BatchExamples.ID)
        .body(SubmitTasks.class, new SubmitTasks(List.of(SubmitTask.EXAMPLE)))
        .maxBody(64L << 20)
        .answers(202, AcceptedAll.class, TaskExamples.ACCEPTED_ALL)
        .problems(
            TaskProblems.ID_INVALID,
            NOT_FOUND,
            STATE,
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.TENANT_FULL,
            TaskProblems.INPUT_INVALID,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT,
            TaskProblems.CLOSED)
        .handle(request -> {
          BatchView batch = view(id(request));
          if (batch.closed()) {
            throw STATE.because(
                "Batch " + batch.id() + " is " + (batch.cancelling() ? "cancelled." : "closed."));
          }
          SubmittedAll added =
              batches.add(batch.id(), submissions(request.body().tasks(), request.traceparent()));
          return Reply.accepted(
              new AcceptedAll(
                  added.ids().stream().map(TaskId::toString).toList(),
                  added.position().toString()));
        });
  }

  private Endpoint change(String verb, String operation, String summary, Action action) {
    return Endpoint.post(BATCH + "/" + verb)
        .id(operation)
        .summary(summary)
        .tags("batches")
        .path("id", "The batch's id.", BatchExamples.ID)
        .answers(200, BatchItem.class, BatchExamples.ITEM)
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> {
          BatchId id = view(id(request)).id();
          return Reply.ok(BatchItem.of(action.on(id)));
        });
  }

  /** Something done to a batch. */
  private interface Action {
    BatchView on(BatchId id);
  }

  private Endpoint follow() {
    return Endpoint.get(BATCH + "/stream")
        .id("followBatch")
        .summary("Follow a batch until it is over")
        .description("The stream ends after the event 'end'.")
        .tags("batches")
        .path("id", "The batch's id.", BatchExamples.ID)
        .answersStream(
            "Events 'batch', at first and when its counts have changed, and 'end'; both with the"
                + " batch as its endpoint answers it.",
            "event: batch\ndata: {\"total\":3,\"open\":1}\n\n")
        .problems(TaskProblems.ID_INVALID, NOT_FOUND)
        .handle(request -> {
          BatchId id = view(id(request)).id();
          return Reply.stream(stream -> follow(id, stream));
        });
  }

  private void follow(BatchId id, EventStream stream) throws Exception {
    try (TaskWatch watch = tasks.watch(TaskFilter.all().withBatch(id))) {
      BatchDetail sent = null;
      while (stream.isOpen()) {
        BatchDetail now = detail(id);
        if (!now.equals(sent)) {
          stream.send(null, "batch", now);
          sent = now;
        }
        if (now.batch().finishedAt() != null) {
          stream.send(null, "end", now);
          return;
        }
        if (!watch.take(SILENCE).isEmpty()) {
          Thread.sleep(REST);
        }
      }
    }
  }

  private static BatchId id(Request<?, ?> request) {
    return BatchId.parse(request.path("id"));
  }
}
