package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.BuildInput;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.tasks.BatchCallbacks;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.BatchView;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of drafts that are asked for together. Thread-safe. */
public final class BatchEndpoints {
  private static final String BATCHES = "/api/v1/draft/batches";
  private static final int MOST_RECIPES = 1_000;
  private static final int MOST_NAME = 100;
  private static final long MOST_BYTES = 64L << 20;

  /** Faults that are kept of a recipe: a batch of a thousand wrong ones must stay readable. */
  private static final int MOST_FAULTS = 20;

  private static final DraftBatchView EXAMPLE =
      new DraftBatchView(
          Examples.TASK,
          "tonight",
          Examples.CREATED,
          null,
          100,
          99,
          40,
          57,
          2,
          0,
          595,
          List.of(
              new DraftBatchView.RefusedView(
                  17,
                  List.of(
                      new Fault(
                          "/testData/items/0/data/start",
                          "out-of-range",
                          "is -1; give seconds from 0 on")))));

  private final Tasks tasks;
  private final BatchRecords batches;
  private final Submission submission;
  private final InstantSource clock;

  public BatchEndpoints(
      Tasks tasks, BatchRecords batches, Submission submission, InstantSource clock) {
    this.tasks = tasks;
    this.batches = batches;
    this.submission = submission;
    this.clock = clock;
  }

  private record Key(long batch) {}

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(submit(), list(), find(), cancel());
  }

  private Endpoint submit() {
    return Endpoint.post(BATCHES)
        .id("submitDraftBatch")
        .tags("draft")
        .summary("Make drafts out of many recipes")
        .description(
            "Each recipe is checked; those with faults are listed in `refused` with their places,"
                + " and the others are made. The drafts are found as records with the batch's id as"
                + " their `origin`; stream and counts of the tasks are at `/api/v1/batches/{id}`.")
        .body(BatchBody.class, new BatchBody("tonight", List.of(Examples.recipe())))
        .maxBody(MOST_BYTES)
        .answers(202, DraftBatchView.class, EXAMPLE)
        .problems(DraftProblems.RECIPE_INVALID)
        .handle(request -> {
          DraftBatchView view = submit(request.body(), request.traceparent());
          return Reply.accepted(view).header("Location", BATCHES + "/" + view.id());
        });
  }

  private DraftBatchView submit(BatchBody body, String traceparent) {
    int count = body.recipes().size();
    if (count < 1 || count > MOST_RECIPES) {
      throw DraftProblems.RECIPE_INVALID.because(
          "recipes has " + count + " entries; send 1 to " + MOST_RECIPES + ".");
    }
    Instant now = clock.instant();
    List<BatchRecords.Refused> refused = new ArrayList<>();
    List<BatchRecords.Pending> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode json = body.recipes().get(i);
      Submission.Checked checked = submission.check(json);
      Recipe recipe = checked.recipe();
      if (recipe == null) {
        List<Fault> faults = checked.faults();
        refused.add(
            new BatchRecords.Refused(i, faults.subList(0, Math.min(MOST_FAULTS, faults.size()))));
      } else {
        drafts.add(
            new BatchRecords.Pending(
                submission.name(recipe, now),
                recipe.title(),
                DraftIds.fresh().get(),
                checked.group(),
                checked.version(),
                recipe.items().size(),
                json.toString(),
                now));
      }
    }
    String name = name(body, now);
    BatchId id = tasks.batches().open(name, BatchCallbacks.none()).id();
    batches.add(new BatchRecords.BatchRow(id, name, count, refused, now), drafts);
    if (!drafts.isEmpty()) {
      SubmitOptions options =
          SubmitOptions.defaults().withTags("draft").withTraceparent(traceparent);
      List<TaskId> ids =
          tasks
              .batches()
              .add(
                  id,
                  drafts.stream()
                      .map(draft ->
                          new dev.millrace.tasks.Submission(
                              "draft.build",
                              JsonMapper.shared().valueToTree(new BuildInput(draft.name())),
                              options))
                      .toList())
              .ids();
      batches.adopt(drafts.stream().map(BatchRecords.Pending::name).toList(), ids);
    }
    tasks.batches().close(id);
    return view(batches.find(id).orElseThrow());
  }

  private static String name(BatchBody body, Instant now) {
    String given = body.name();
    String name = given == null || given.isBlank() ? "drafts of " + now : given.strip();
    return name.substring(0, Math.min(MOST_NAME, name.length()));
  }

  private Endpoint list() {
    return Endpoint.get(BATCHES)
        .id("listDraftBatches")
        .tags("draft")
        .summary("List batches of drafts, newest first")
        .query(DraftList.class)
        .answersPage(DraftBatchView.class, EXAMPLE)
        .handle(request -> {
          Cursor<Key> cursor = Cursor.of("draft-batches", "", Key.class);
          Key key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          List<BatchRecords.BatchRow> rows =
              batches.page(key == null ? Long.MAX_VALUE : key.batch(), limit + 1);
          List<BatchRecords.BatchRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit ? cursor.encode(new Key(page.getLast().id().key())) : null;
          return Reply.ok(new Page<>(page.stream().map(this::view).toList(), next));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(BATCHES + "/{id}"))
        .id("findDraftBatch")
        .summary("Look at a batch of drafts")
        .answers(200, DraftBatchView.class, EXAMPLE)
        .handle(request -> Reply.ok(view(row(request.path("id")))));
  }

  private Endpoint cancel() {
    return named(Endpoint.post(BATCHES + "/{id}/cancel"))
        .id("cancelDraftBatch")
        .summary("Give up what a batch has not made yet")
        .answers(202, DraftBatchView.class, EXAMPLE)
        .handle(request -> {
          BatchRecords.BatchRow row = row(request.path("id"));
          tasks.batches().cancel(row.id());
          return Reply.accepted(view(row));
        });
  }

  private BatchRecords.BatchRow row(String id) {
    try {
      return batches.find(BatchId.parse(id)).orElseThrow(() -> missing(id));
    } catch (TaskException noId) {
      throw missing(id);
    }
  }

  private static RuntimeException missing(String id) {
    return DraftProblems.BATCH_NOT_FOUND.because("There is no batch of drafts '" + id + "'.");
  }

  private DraftBatchView view(BatchRecords.BatchRow row) {
    BatchView now = tasks.batches().find(row.id()).orElse(null);
    long drafts = now == null ? row.recipes() - row.refused().size() : now.total();
    long open = now == null ? 0 : now.open();
    return new DraftBatchView(
        row.id().toString(),
        row.name(),
        row.createdAt(),
        now == null ? null : now.finishedAt(),
        row.recipes(),
        drafts,
        open,
        now == null ? 0 : now.succeeded(),
        now == null ? 0 : now.dead(),
        now == null ? 0 : now.cancelled(),
        drafts == 0 ? 1_000 : (int) (1_000 * (drafts - open) / drafts),
        row.refused().stream()
            .map(each -> new DraftBatchView.RefusedView(each.index(), each.errors()))
            .toList());
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("id", "Id of the batch.", Examples.TASK)
        .problems(DraftProblems.BATCH_NOT_FOUND);
  }
}
