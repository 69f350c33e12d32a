package dev.millrace.tasks.workflow;

import dev.millrace.expression.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what a run does next: a function of the definition, the book, the news and the time,
 * without effects. So a decision that is made again after a crash comes out the same, and the
 * commit that keeps the book submits what it says. Used once, by one thread.
 */
public final class Decider {
  private final Workflow workflow;
  private final Instant now;
  private final JsonNode input;
  private final Map<String, StageRun> stages;
  private final List<Decision.Start> starts = new ArrayList<>();
  private final List<String> cancels = new ArrayList<>();
  private boolean paused;
  private @Nullable String failure;
  private boolean undoing;
  private @Nullable Instant wakeAt;
  private int begun;

  private Decider(Workflow workflow, Book book, Instant now) {
    this.workflow = workflow;
    this.now = now;
    input = book.input();
    stages = new LinkedHashMap<>(book.stages());
    paused = book.paused();
    failure = book.failure();
    undoing = book.undoing();
    begun = book.begun();
  }

  /** What follows from {@code news}, in the order in which they came. */
  public static Decision decide(Workflow workflow, Book book, List<News> news, Instant now) {
    var decider = new Decider(workflow, book, now);
    news.forEach(decider::take);
    return decider.decision();
  }

  // News.

  private void take(News news) {
    switch (news) {
      case News.Over over -> over(over);
      case News.Pause _ -> paused = true;
      case News.Resume _ -> paused = false;
      case News.Answer answer -> answer(answer);
      case News.Metrics metrics -> metrics(metrics);
      case News.Rollback rollback -> rollback(rollback.stage());
      case News.Again _ -> again();
    }
  }

  private void over(News.Over over) {
    for (Stage stage : workflow.stages()) {
      StageRun run = run(stage);
      JobRun validation = run.validation();
      StageTask check = stage.validation();
      if (validation != null && check != null && over.batch().equals(validation.batch())) {
        stages.put(stage.name(), run.withValidation(validated(validation, over)));
        return;
      }
      for (StageTask task : stage.tasks()) {
        JobRun job = job(run, task);
        if (over.batch().equals(job.batch())) {
          over(stage, task, job, over);
          return;
        }
      }
    }
  }

  private JobRun validated(JobRun job, News.Over over) {
    JsonNode output = over.results().isEmpty() ? null : over.results().getFirst();
    boolean invalid = output != null && !output.path("valid").asBoolean(true);
    if (over.error() == null && !invalid) {
      return job.succeeded(output, now);
    }
    return job.ended(
        Status.FAILED, over.error() == null ? "it is not valid: " + output : over.error(), now);
  }

  private void over(Stage stage, StageTask task, JobRun job, News.Over over) {
    if (job.status() == Status.UNDOING) {
      Status undone = over.error() == null ? Status.UNDONE : Status.FAILED;
      put(stage, task, job.ended(undone, over.error(), now));
    } else if (job.status() == Status.RUNNING) {
      put(
          stage,
          task,
          over.error() == null
              ? job.succeeded(output(task, over.results()), now)
              : failed(stage, task, job, over.error()));
    }
  }

  private static @Nullable JsonNode output(StageTask task, List<JsonNode> results) {
    if (task.forEach() == null) {
      return results.isEmpty() ? null : results.getFirst();
    }
    return JsonNodeFactory.instance.arrayNode().addAll(results);
  }

  private JobRun failed(Stage stage, StageTask task, JobRun job, String error) {
    SyncPoint sync = stage.sync();
    boolean counted = sync != null && sync.type() == SyncPoint.Type.QUORUM;
    return switch (task.onFailure()) {
      case SKIP -> job.ended(Status.SKIPPED, error, now);
      case FALLBACK -> {
        if (!job.fallback()) {
          yield new JobRun(Status.WAITING, null, true, null, error, job.startedAt(), null);
        }
        yield job.ended(counted ? Status.SKIPPED : Status.FAILED, error, now);
      }
      case FAIL, COMPENSATE -> job.ended(counted ? Status.SKIPPED : Status.FAILED, error, now);
    };
  }

  private void answer(News.Answer answer) {
    StageRun run = stages.get(answer.stage());
    SyncRun sync = run == null ? null : run.sync();
    if (run != null && sync != null && run.status() == Status.CHECKING) {
      String who = answer.by() == null ? "somebody" : answer.by();
      Verdict verdict =
          SyncCheck.verdict(
              "approval",
              "approved",
              answer.approved(),
              answer.approved(),
              who + " did not approve" + (answer.comment() == null ? "" : ": " + answer.comment()));
      stages.put(
          answer.stage(),
          run.with(sync.decided(answer.approved(), answer.by(), answer.comment(), verdict)));
    }
  }

  private void metrics(News.Metrics metrics) {
    StageRun run = stages.get(metrics.stage());
    if (run != null && run.sync() != null) {
      stages.put(metrics.stage(), run.with(run.sync().with(metrics.metrics())));
    }
  }

  private void rollback(String name) {
    if (!stages.containsKey(name)) {
      return;
    }
    for (String behind : Graph.of(workflow).from(List.of(name))) {
      StageRun run = run(workflow.stage(behind));
      cancelJobs(run);
      stages.put(behind, StageRun.waiting(workflow.stage(behind), run.round() + 1));
    }
    failure = null;
    undoing = false;
  }

  private void again() {
    if (failure == null) {
      return;
    }
    failure = null;
    undoing = false;
    for (Stage stage : workflow.stages()) {
      StageRun run = run(stage);
      boolean began = run.status() == Status.FAILED || run.status() == Status.CANCELLED;
      for (StageTask task : stage.tasks()) {
        JobRun job = job(run, task);
        if (!job.status().through() && job.status() != Status.WAITING) {
          run = run.with(task.name(), JobRun.WAITING);
          began = true;
        }
      }
      if (run.validation() != null && run.validation().status() == Status.FAILED) {
        run = run.withValidation(JobRun.WAITING);
      }
      stages.put(stage.name(), began ? run.with((SyncRun) null).started(now) : run);
    }
  }

  // The decision.

  private Decision decision() {
    if (failure == null) {
      goOn();
    }
    if (failure != null) {
      giveUp();
    }
    Status status = status();
    var book = new Book(input, stages, paused, failure, undoing, begun);
    return new Decision(
        book,
        List.copyOf(starts),
        List.copyOf(cancels),
        wakeAt,
        status,
        status == Status.SUCCEEDED ? values().get("tasks") : null);
  }

  private Status status() {
    if (failure != null) {
      return anyJob(Status.UNDOING) ? Status.RUNNING : Status.FAILED;
    }
    boolean through = stages.values().stream().allMatch(run -> run.status().through());
    boolean validated =
        stages.values().stream()
            .map(StageRun::validation)
            .filter(Objects::nonNull)
            .allMatch(job -> job.status().through());
    if (through && validated) {
      return Status.SUCCEEDED;
    }
    return paused ? Status.PAUSED : Status.RUNNING;
  }

  private boolean anyJob(Status status) {
    return stages.values().stream()
        .flatMap(run -> run.tasks().values().stream())
        .anyMatch(job -> job.status() == status);
  }

  private void goOn() {
    boolean moved = true;
    while (moved && failure == null) {
      moved = false;
      for (Stage stage : workflow.stages()) {
        StageRun before = run(stage);
        goOn(stage);
        moved |= before.status() != run(stage).status();
        if (failure != null) {
          return;
        }
      }
    }
  }

  private void goOn(Stage stage) {
    JobRun validation = run(stage).validation();
    if (validation != null && validation.status() == Status.FAILED) {
      fail(stage, "the validation of stage '" + stage.name() + "' failed: " + validation.error());
      return;
    }
    switch (run(stage).status()) {
      case WAITING -> {
        boolean free = stage.after().stream().allMatch(name -> run(name).status().through());
        if (free && !paused) {
          stages.put(stage.name(), run(stage).started(now));
          work(stage);
        }
      }
      case RUNNING -> work(stage);
      case CHECKING -> check(stage);
      case SUCCEEDED -> validate(stage);
      case PAUSED, SKIPPED, FAILED, CANCELLED, UNDOING, UNDONE -> {
        // Nothing follows from these.
      }
    }
  }

  private void work(Stage stage) {
    for (StageTask task : stage.tasks()) {
      JobRun job = job(run(stage), task);
      if (job.status() == Status.FAILED) {
        undoing = task.onFailure() == OnFailure.COMPENSATE;
        fail(stage, "task '" + task.name() + "' failed: " + job.error());
        return;
      }
      boolean free =
          stage.before(task).stream()
              .map(name -> Objects.requireNonNull(run(stage).tasks().get(name)))
              .allMatch(earlier -> earlier.status().through());
      if (job.status() == Status.WAITING && free && !paused) {
        begin(stage, task, job);
      }
    }
    if (run(stage).tasks().values().stream().allMatch(job -> job.status().through())) {
      SyncPoint sync = stage.sync();
      StageRun done = run(stage);
      if (sync == null) {
        stages.put(stage.name(), done.ended(Status.SUCCEEDED, now));
      } else {
        stages.put(
            stage.name(),
            done.with(SyncRun.begun(now.plus(sync.timeLimit()))).with(Status.CHECKING));
      }
    }
  }

  private void begin(Stage stage, StageTask task, JobRun job) {
    String type = job.fallback() && task.fallback() != null ? task.fallback() : task.type();
    List<JsonNode> inputs = inputs(task);
    if (inputs.isEmpty()) {
      put(stage, task, job.succeeded(JsonNodeFactory.instance.arrayNode(), now));
      return;
    }
    put(
        stage,
        task,
        job.started(start(task.name(), type, inputs, task.priority()), job.fallback(), now));
  }

  private String start(
      String task, String type, List<JsonNode> inputs, @Nullable Integer priority) {
    String batch = "new-" + ++begun;
    starts.add(new Decision.Start(batch, task + " #" + begun, type, inputs, priority));
    return batch;
  }

  private List<JsonNode> inputs(StageTask task) {
    ObjectNode values = values();
    JsonNode template = task.input() == null ? JsonNodeFactory.instance.objectNode() : task.input();
    if (task.forEach() == null) {
      return List.of(Template.filled(template, values));
    }
    JsonNode items = Template.value(Template.pathOf(task.forEach()).orElse(""), values);
    var inputs = new ArrayList<JsonNode>();
    for (JsonNode item : items) {
      values.set("item", item);
      inputs.add(Template.filled(template, values));
    }
    return inputs;
  }

  /** What templates may name: the run's input and the results of its tasks. */
  private ObjectNode values() {
    ObjectNode tasks = JsonNodeFactory.instance.objectNode();
    for (StageRun run : stages.values()) {
      run.tasks()
          .forEach((name, job) -> {
            if (job.output() != null) {
              tasks.set(name, job.output());
            }
          });
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    values.set("input", input);
    values.set("tasks", tasks);
    return values;
  }

  private void check(Stage stage) {
    SyncPoint point = Objects.requireNonNull(stage.sync());
    StageRun run = run(stage);
    SyncRun sync = Objects.requireNonNull(run.sync());
    if (sync.status() == Status.CHECKING) {
      sync = checked(point, run, sync);
      run = run.with(sync);
      stages.put(stage.name(), run);
    }
    boolean leftOpen = sync.status() == Status.FAILED && !point.mustPass();
    if (sync.status() == Status.SUCCEEDED || leftOpen) {
      stages.put(stage.name(), run.ended(Status.SUCCEEDED, now));
    } else if (sync.status() == Status.FAILED) {
      Verdict verdict = Objects.requireNonNull(sync.verdict());
      fail(
          stage,
          "the sync point of stage '"
              + stage.name()
              + "' did not pass: "
              + verdict.failed().stream()
                  .map(Verdict.Failure::reason)
                  .collect(Collectors.joining("; ")));
    }
  }

  private SyncRun checked(SyncPoint point, StageRun run, SyncRun sync) {
    Verdict found = SyncCheck.check(point, run, sync.metrics());
    if (found != null) {
      return sync.decided(found.success(), null, null, found);
    }
    if (sync.until().isAfter(now)) {
      wake(sync.until());
      return sync;
    }
    if (point.type() != SyncPoint.Type.APPROVAL) {
      Verdict verdict = SyncCheck.inTheEnd(point, run, sync.metrics());
      return sync.decided(verdict.success(), null, null, verdict);
    }
    if (point.escalateTo() != null && !sync.escalated()) {
      SyncRun later = sync.escalatedUntil(now.plus(point.timeLimit()));
      wake(later.until());
      return later;
    }
    Verdict late =
        SyncCheck.verdict(
            "approval", "approved", "nobody", false, "nobody approved within " + point.timeLimit());
    return sync.decided(false, null, null, late);
  }

  private void wake(Instant at) {
    Instant earlier = wakeAt;
    wakeAt = earlier == null || at.isBefore(earlier) ? at : earlier;
  }

  private void validate(Stage stage) {
    StageTask check = stage.validation();
    JobRun job = run(stage).validation();
    if (check != null && job != null && job.status() == Status.WAITING && !paused) {
      String batch = start(check.name(), check.type(), inputs(check), check.priority());
      stages.put(stage.name(), run(stage).withValidation(job.started(batch, false, now)));
    }
  }

  // The end.

  private void fail(Stage stage, String why) {
    failure = why;
    stages.put(stage.name(), run(stage).ended(Status.FAILED, now));
    starts.clear();
    for (StageRun run : List.copyOf(stages.values())) {
      cancelJobs(run);
    }
    for (Stage each : workflow.stages()) {
      StageRun run = run(each);
      for (StageTask task : each.tasks()) {
        JobRun job = job(run, task);
        if (job.status() == Status.RUNNING) {
          run = run.with(task.name(), job.ended(Status.CANCELLED, null, now));
        }
      }
      JobRun validation = run.validation();
      if (validation != null && validation.status() == Status.RUNNING) {
        run = run.withValidation(validation.ended(Status.CANCELLED, null, now));
      }
      boolean open = run.status() == Status.RUNNING || run.status() == Status.CHECKING;
      stages.put(each.name(), open ? run.ended(Status.CANCELLED, now) : run);
    }
  }

  private void cancelJobs(StageRun run) {
    run.tasks().values().forEach(this::cancel);
    if (run.validation() != null) {
      cancel(run.validation());
    }
  }

  private void cancel(JobRun job) {
    if (job.status() == Status.RUNNING && job.batch() != null && !job.batch().startsWith("new-")) {
      cancels.add(job.batch());
    }
  }

  /** Undoes one task after another, the one that ended last first. */
  private void giveUp() {
    if (!undoing || anyJob(Status.UNDOING)) {
      return;
    }
    record Done(Stage stage, StageTask task, JobRun job) {}
    var done = new ArrayList<Done>();
    for (Stage stage : workflow.stages()) {
      for (StageTask task : stage.tasks()) {
        JobRun job = job(run(stage), task);
        if (job.status() == Status.SUCCEEDED && task.compensate() != null) {
          done.add(new Done(stage, task, job));
        }
      }
    }
    // Of those that ended at the same time the last in the definition.
    done.reversed().stream()
        .max(
            Comparator.comparing(
                (Done each) -> Objects.requireNonNullElse(each.job.endedAt(), Instant.MIN)))
        .ifPresent(last -> undo(last.stage, last.task, last.job));
  }

  private void undo(Stage stage, StageTask task, JobRun job) {
    ObjectNode undo = JsonNodeFactory.instance.objectNode();
    List<JsonNode> inputs = inputs(task);
    undo.set("input", inputs.size() == 1 ? inputs.getFirst() : null);
    undo.set("result", job.output());
    String batch =
        start(
            "undo " + task.name(),
            Objects.requireNonNull(task.compensate()),
            List.of(undo),
            task.priority());
    put(
        stage,
        task,
        new JobRun(
            Status.UNDOING, batch, job.fallback(), job.output(), null, job.startedAt(), null));
  }

  private StageRun run(Stage stage) {
    return run(stage.name());
  }

  private StageRun run(String stage) {
    return Objects.requireNonNull(stages.get(stage));
  }

  private static JobRun job(StageRun run, StageTask task) {
    return Objects.requireNonNull(run.tasks().get(task.name()));
  }

  private void put(Stage stage, StageTask task, JobRun job) {
    stages.put(stage.name(), run(stage).with(task.name(), job));
  }

  /** The book with the ids of the batches that were begun. */
  public static Book named(Book book, Map<String, String> ids) {
    var stages = new LinkedHashMap<String, StageRun>();
    book.stages()
        .forEach((name, run) -> {
          StageRun named = run;
          for (Map.Entry<String, JobRun> job : run.tasks().entrySet()) {
            named = named.with(job.getKey(), named(job.getValue(), ids));
          }
          JobRun validation = run.validation();
          stages.put(
              name, validation == null ? named : named.withValidation(named(validation, ids)));
        });
    return new Book(
        book.input(), stages, book.paused(), book.failure(), book.undoing(), book.begun());
  }

  private static JobRun named(JobRun job, Map<String, String> ids) {
    String id = job.batch() == null ? null : ids.get(job.batch());
    return id == null
        ? job
        : new JobRun(
            job.status(),
            id,
            job.fallback(),
            job.output(),
            job.error(),
            job.startedAt(),
            job.endedAt());
  }

  /** The batches that a book waits for. */
  public static Set<String> openBatches(Book book) {
    return book.stages().values().stream()
        .flatMap(run ->
            java.util.stream.Stream.concat(
                run.tasks().values().stream(),
                java.util.stream.Stream.ofNullable(run.validation())))
        .filter(job -> job.status() == Status.RUNNING || job.status() == Status.UNDOING)
        .map(JobRun::batch)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
