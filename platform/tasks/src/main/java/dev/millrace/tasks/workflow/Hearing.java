package dev.millrace.tasks.workflow;

import dev.millrace.expression.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Takes news down on the board. Confined to one thread. */
final class Hearing {
  private final Board board;

  Hearing(Board board) {
    this.board = board;
  }

  void take(News news) {
    switch (news) {
      case News.Over over -> over(over);
      case News.Pause _ -> board.paused = true;
      case News.Resume _ -> resume();
      case News.Answer answer -> answer(answer);
      case News.Metrics metrics -> metrics(metrics);
      case News.Rollback rollback -> rollback(rollback.stage());
      case News.Again _ -> again();
    }
  }

  private void resume() {
    if (board.paused) {
      board.paused = false;
      for (Stage stage : board.workflow.stages()) {
        StageRun run = board.run(stage);
        if (run.status() == Status.RUNNING) {
          board.stages.put(stage.name(), run.timed(stage, board.now));
        }
      }
    }
  }

  private void over(News.Over over) {
    for (Stage stage : board.workflow.stages()) {
      StageRun run = board.run(stage);
      JobRun validation = run.validation();
      StageTask check = stage.validation();
      if (validation != null && check != null && over.batch().equals(validation.batch())) {
        board.stages.put(stage.name(), run.withValidation(validated(validation, over)));
        return;
      }
      for (StageTask task : stage.tasks()) {
        JobRun job = Board.job(run, task);
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
      return job.succeeded(output, board.now);
    }
    return job.ended(
        Status.FAILED,
        over.error() == null ? "it is not valid: " + output : over.error(),
        board.now);
  }

  private void over(Stage stage, StageTask task, JobRun job, News.Over over) {
    if (job.status() == Status.UNDOING) {
      Status undone = over.error() == null ? Status.UNDONE : Status.FAILED;
      board.put(stage, task, job.ended(undone, over.error(), board.now));
    } else if (job.status() == Status.RUNNING) {
      board.put(
          stage,
          task,
          over.error() == null
              ? job.succeeded(output(task, over.results()), board.now)
              : Ending.failed(stage, task, job, over.error(), board.now));
    }
  }

  private static @Nullable JsonNode output(StageTask task, List<JsonNode> results) {
    if (task.forEach() == null) {
      return results.isEmpty() ? null : results.getFirst();
    }
    return JsonNodeFactory.instance.arrayNode().addAll(results);
  }

  private void answer(News.Answer answer) {
    StageRun run = board.stages.get(answer.stage());
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
      board.stages.put(
          answer.stage(),
          run.with(sync.decided(answer.approved(), answer.by(), answer.comment(), verdict)));
    }
  }

  private void metrics(News.Metrics metrics) {
    StageRun run = board.stages.get(metrics.stage());
    if (run == null) {
      return;
    }
    if (run.sync() != null) {
      board.stages.put(metrics.stage(), run.with(run.sync().with(metrics.metrics())));
    } else if (run.status() == Status.RUNNING) {
      board.stages.put(metrics.stage(), run.with(run.watched().with(metrics.metrics())));
    }
  }

  private void rollback(String name) {
    if (!board.stages.containsKey(name)) {
      return;
    }
    for (String behind : Graph.of(board.workflow).from(List.of(name))) {
      StageRun run = board.run(board.workflow.stage(behind));
      board.cancelJobs(run);
      board.stages.put(behind, StageRun.waiting(board.workflow.stage(behind), run.round() + 1));
    }
    board.failure = null;
    board.undoing = false;
  }

  private void again() {
    if (board.failure == null) {
      return;
    }
    board.failure = null;
    board.undoing = false;
    for (Stage stage : board.workflow.stages()) {
      StageRun run = board.run(stage);
      boolean began = run.status() == Status.FAILED || run.status() == Status.CANCELLED;
      for (StageTask task : stage.tasks()) {
        JobRun job = Board.job(run, task);
        if (!job.status().through() && job.status() != Status.WAITING) {
          run = run.with(task.name(), JobRun.WAITING);
          began = true;
        }
      }
      if (run.validation() != null && run.validation().status() == Status.FAILED) {
        run = run.withValidation(JobRun.WAITING);
      }
      board.stages.put(stage.name(), began ? run.unjudged().started(stage, board.now) : run);
    }
  }
}
