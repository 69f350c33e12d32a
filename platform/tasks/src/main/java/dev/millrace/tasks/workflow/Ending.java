package dev.millrace.tasks.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a run fails: what its tasks' policies say, what is cancelled and undone. */
final class Ending {
  private final Board board;

  Ending(Board board) {
    this.board = board;
  }

  /** What its policy makes of a task whose attempts are used up, or whose input is refused. */
  static JobRun failed(Stage stage, StageTask task, JobRun job, String error, Instant now) {
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

  void fail(Stage stage, String why) {
    board.failure = why;
    board.stages.put(stage.name(), board.run(stage).ended(Status.FAILED, board.now));
    board.starts.clear();
    for (StageRun run : List.copyOf(board.stages.values())) {
      board.cancelJobs(run);
    }
    for (Stage each : board.workflow.stages()) {
      StageRun run = board.run(each);
      for (StageTask task : each.tasks()) {
        JobRun job = Board.job(run, task);
        if (job.status() == Status.RUNNING) {
          run = run.with(task.name(), job.ended(Status.CANCELLED, null, board.now));
        }
      }
      JobRun validation = run.validation();
      if (validation != null && validation.status() == Status.RUNNING) {
        run = run.withValidation(validation.ended(Status.CANCELLED, null, board.now));
      }
      boolean open = run.status() == Status.RUNNING || run.status() == Status.CHECKING;
      board.stages.put(each.name(), open ? run.ended(Status.CANCELLED, board.now) : run);
    }
  }

  /** Undoes one task after another, the one that ended last first. */
  void giveUp() {
    if (!board.undoing || board.anyJob(Status.UNDOING)) {
      return;
    }
    record Done(Stage stage, StageTask task, JobRun job) {}
    var done = new ArrayList<Done>();
    for (Stage stage : board.workflow.stages()) {
      for (StageTask task : stage.tasks()) {
        JobRun job = Board.job(board.run(stage), task);
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
    List<JsonNode> inputs = job.fallback() ? board.fallbackInputs(task) : board.inputs(task);
    undo.set("input", inputs.size() == 1 ? inputs.getFirst() : null);
    undo.set("result", job.output());
    String type = Objects.requireNonNull(task.compensate());
    List<JsonNode> undoing = List.of(undo);
    String refusal = board.refusal(type, undoing, task.priority());
    if (refusal != null) {
      board.put(stage, task, job.ended(Status.FAILED, "it is not undone: " + refusal, board.now));
      giveUp();
      return;
    }
    String batch = board.start("undo " + task.name(), type, undoing, task.priority());
    board.put(
        stage,
        task,
        new JobRun(
            Status.UNDOING, batch, job.fallback(), job.output(), null, job.startedAt(), null));
  }
}
