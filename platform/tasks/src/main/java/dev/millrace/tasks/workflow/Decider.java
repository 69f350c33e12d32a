package dev.millrace.tasks.workflow;

import dev.millrace.expression.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Decides what a run does next: a function of the definition, the book, the news and the time,
 * without effects. So a decision that is made again after a crash comes out the same, and the
 * commit that keeps the book submits what it says. Used once, by one thread.
 */
public final class Decider {
  private final Board board;
  private final Ending ending;

  private Decider(Board board) {
    this.board = board;
    ending = new Ending(board);
  }

  /**
   * What follows from {@code news}, in the order in which they came.
   *
   * @param run the run's id, which inputs may name as <code>{{run}}</code>
   * @param refusals which inputs are refused; such a task goes the way of its policy
   */
  public static Decision decide(
      Workflow workflow, Book book, String run, List<News> news, Refusals refusals, Instant now) {
    var board = new Board(workflow, book, run, refusals, now);
    var hearing = new Hearing(board);
    news.forEach(hearing::take);
    return new Decider(board).decision();
  }

  private Decision decision() {
    if (board.failure == null) {
      goOn();
    }
    if (board.failure != null) {
      ending.giveUp();
    }
    Status status = status();
    return new Decision(
        board.book(),
        List.copyOf(board.starts),
        List.copyOf(board.cancels),
        board.wakeAt,
        status,
        status == Status.SUCCEEDED ? board.values().get("tasks") : null);
  }

  private Status status() {
    if (board.failure != null) {
      return board.anyJob(Status.UNDOING) ? Status.RUNNING : Status.FAILED;
    }
    boolean through = board.stages.values().stream().allMatch(run -> run.status().through());
    boolean validated =
        board.stages.values().stream()
            .map(StageRun::validation)
            .filter(Objects::nonNull)
            .allMatch(job -> job.status().through());
    if (through && validated) {
      return Status.SUCCEEDED;
    }
    return board.paused ? Status.PAUSED : Status.RUNNING;
  }

  private void goOn() {
    boolean moved = true;
    while (moved && board.failure == null) {
      moved = false;
      for (Stage stage : board.workflow.stages()) {
        StageRun before = board.run(stage);
        goOn(stage);
        moved |= !before.equals(board.run(stage));
        if (board.failure != null) {
          return;
        }
      }
    }
  }

  private void goOn(Stage stage) {
    JobRun validation = board.run(stage).validation();
    if (validation != null && validation.status() == Status.FAILED) {
      ending.fail(
          stage, "the validation of stage '" + stage.name() + "' failed: " + validation.error());
      return;
    }
    switch (board.run(stage).status()) {
      case WAITING -> {
        boolean free = stage.after().stream().allMatch(name -> board.run(name).status().through());
        if (free && !board.paused) {
          board.stages.put(stage.name(), board.run(stage).started(stage, board.now));
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
    if (isStopped(stage)) {
      return;
    }
    for (StageTask task : stage.tasks()) {
      JobRun job = Board.job(board.run(stage), task);
      boolean free =
          stage.before(task).stream()
              .map(name -> Objects.requireNonNull(board.run(stage).tasks().get(name)))
              .allMatch(earlier -> earlier.status().through());
      if (job.status() == Status.WAITING && free && !board.paused) {
        job = begun(stage, task, job);
        board.put(stage, task, job);
      }
      if (job.status() == Status.FAILED) {
        board.undoing = task.onFailure() == OnFailure.COMPENSATE;
        ending.fail(stage, "task '" + task.name() + "' failed: " + job.error());
        return;
      }
    }
    if (board.run(stage).tasks().values().stream().allMatch(job -> job.status().through())) {
      finish(stage);
    } else {
      keepTime(stage);
    }
  }

  /** Whether what is known so far stops the stage; else what was found is kept. */
  private boolean isStopped(Stage stage) {
    Watch watch = stage.watch();
    if (watch == null) {
      return false;
    }
    WatchRun watched = board.run(stage).watched();
    Verdict found = SyncCheck.soFar(watch, board.run(stage), watched.metrics());
    if (found == null) {
      return false;
    }
    board.stages.put(stage.name(), board.run(stage).with(watched.found(found)));
    if (found.success() || !watch.stops()) {
      return false;
    }
    ending.fail(stage, "stage '" + stage.name() + "' was stopped while at work: " + reasons(found));
    return true;
  }

  private static String reasons(Verdict verdict) {
    return verdict.failed().stream()
        .map(failed -> failed.criterion() + ": " + failed.reason())
        .collect(Collectors.joining("; "));
  }

  /** A pause stops the clock: a stage cannot be late with what it may not begin. */
  private void keepTime(Stage stage) {
    Instant until = board.run(stage).until();
    if (until == null || board.paused) {
      return;
    }
    if (until.isAfter(board.now)) {
      board.wake(until);
    } else {
      ending.fail(
          stage,
          "stage '"
              + stage.name()
              + "' was not through within its time limit of "
              + stage.timeLimit());
    }
  }

  private void finish(Stage stage) {
    SyncPoint sync = stage.sync();
    StageRun done = board.run(stage);
    if (sync == null) {
      board.stages.put(stage.name(), done.ended(Status.SUCCEEDED, board.now));
      return;
    }
    SyncRun begun = SyncRun.begun(board.now.plus(sync.timeLimit()));
    board.stages.put(
        stage.name(), done.with(begun.with(done.watched().metrics())).with(Status.CHECKING));
  }

  /** The task at work, or what its policy says where its input is refused. */
  private JobRun begun(Stage stage, StageTask task, JobRun job) {
    String fallback = task.fallback();
    String type = job.fallback() && fallback != null ? fallback : task.type();
    List<JsonNode> inputs = job.fallback() ? board.fallbackInputs(task) : board.inputs(task);
    if (inputs.isEmpty()) {
      return job.succeeded(JsonNodeFactory.instance.arrayNode(), board.now);
    }
    String refusal = board.refusal(type, inputs, task.priority());
    if (refusal == null) {
      String batch = board.start(task.name(), type, inputs, task.priority());
      return job.started(batch, job.fallback(), board.now);
    }
    JobRun refused = Ending.failed(stage, task, job, "it was refused: " + refusal, board.now);
    return refused.status() == Status.WAITING ? begun(stage, task, refused) : refused;
  }

  private void check(Stage stage) {
    SyncPoint point = Objects.requireNonNull(stage.sync());
    StageRun run = board.run(stage);
    SyncRun sync = Objects.requireNonNull(run.sync());
    if (sync.status() == Status.CHECKING) {
      sync = checked(point, run, sync);
      run = run.with(sync);
      board.stages.put(stage.name(), run);
    }
    boolean refused = point.type() == SyncPoint.Type.APPROVAL;
    if (sync.status() == Status.FAILED && !refused && run.earlier().size() < point.retries()) {
      board.stages.put(stage.name(), run.again(stage));
      return;
    }
    boolean leftOpen = sync.status() == Status.FAILED && !point.mustPass();
    if (sync.status() == Status.SUCCEEDED || leftOpen) {
      board.stages.put(stage.name(), run.ended(Status.SUCCEEDED, board.now));
    } else if (sync.status() == Status.FAILED) {
      Verdict verdict = Objects.requireNonNull(sync.verdict());
      ending.fail(
          stage,
          "the sync point of stage '" + stage.name() + "' did not pass: " + reasons(verdict));
    }
  }

  private SyncRun checked(SyncPoint point, StageRun run, SyncRun sync) {
    Verdict found = SyncCheck.check(point, run, sync.metrics());
    if (found != null) {
      return sync.decided(found.success(), null, null, found);
    }
    if (sync.until().isAfter(board.now)) {
      board.wake(sync.until());
      return sync;
    }
    if (point.type() != SyncPoint.Type.APPROVAL) {
      Verdict verdict = SyncCheck.inTheEnd(point, run, sync.metrics());
      return sync.decided(verdict.success(), null, null, verdict);
    }
    if (point.escalateTo() != null && !sync.escalated()) {
      SyncRun later = sync.escalatedUntil(board.now.plus(point.timeLimit()));
      board.wake(later.until());
      return later;
    }
    Verdict late =
        SyncCheck.verdict(
            "approval", "approved", "nobody", false, "nobody approved within " + point.timeLimit());
    return sync.decided(false, null, null, late);
  }

  private void validate(Stage stage) {
    StageTask check = stage.validation();
    JobRun job = board.run(stage).validation();
    if (check != null && job != null && job.status() == Status.WAITING && !board.paused) {
      List<JsonNode> inputs = board.inputs(check);
      String refusal = board.refusal(check.type(), inputs, check.priority());
      JobRun begun =
          refusal == null
              ? job.started(
                  board.start(check.name(), check.type(), inputs, check.priority()),
                  false,
                  board.now)
              : job.ended(Status.FAILED, "it was refused: " + refusal, board.now);
      board.stages.put(stage.name(), board.run(stage).withValidation(begun));
    }
  }
}
