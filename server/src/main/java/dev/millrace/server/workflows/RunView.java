package dev.millrace.server.workflows;

import dev.millrace.server.workflows.WorkflowWire.JobItem;
import dev.millrace.server.workflows.WorkflowWire.RunDetail;
import dev.millrace.server.workflows.WorkflowWire.StageItem;
import dev.millrace.server.workflows.WorkflowWire.SyncItem;
import dev.millrace.server.workflows.WorkflowWire.WatchItem;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.BatchView;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowRun;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageMode;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run put together with its definition and the counts of its tasks. Thread-safe. */
final class RunView {
  private final Tasks tasks;

  RunView(Tasks tasks) {
    this.tasks = tasks;
  }

  Optional<RunDetail> find(TaskId id) {
    return tasks.workflows().find(id).map(this::of);
  }

  private RunDetail of(WorkflowRun run) {
    WorkflowVersion version = tasks.workflows().definition(run.name(), run.version()).orElseThrow();
    var stages = new ArrayList<StageItem>();
    for (Stage stage : version.workflow().stages()) {
      StageRun at = run.stages().get(stage.name());
      if (at != null) {
        stages.add(stage(stage, at, run.waitsFor()));
      }
    }
    return new RunDetail(
        run.id().toString(),
        run.name(),
        run.version(),
        run.status(),
        run.failure(),
        run.input(),
        stages,
        run.times().way(),
        run.times().time(),
        version.estimate().time(),
        run.startedAt(),
        run.finishedAt());
  }

  private StageItem stage(Stage stage, StageRun run, Map<String, String> waitsFor) {
    var jobs = new ArrayList<JobItem>();
    for (int i = 0; i < stage.tasks().size(); i++) {
      StageTask task = stage.tasks().get(i);
      JobRun at = run.tasks().get(task.name());
      if (at != null) {
        jobs.add(job(task, before(stage, i), at, waitsFor));
      }
    }
    StageTask validation = stage.validation();
    JobRun validated = run.validation();
    return new StageItem(
        stage.name(),
        stage.shownAs(),
        stage.after(),
        stage.mode(),
        run.status(),
        run.round(),
        jobs,
        validation == null || validated == null
            ? null
            : job(validation, List.of(), validated, waitsFor),
        stage.watch() == null ? null : WatchItem.of(stage.watch(), run.watch()),
        stage.sync() == null ? null : SyncItem.of(stage.sync(), run.sync(), run.earlier()),
        run.startedAt(),
        run.endedAt());
  }

  private static List<String> before(Stage stage, int at) {
    return stage.mode() == StageMode.SEQUENTIAL
        ? at == 0 ? List.of() : List.of(stage.tasks().get(at - 1).name())
        : stage.tasks().get(at).after();
  }

  private JobItem job(
      StageTask task, List<String> after, JobRun run, Map<String, String> waitsFor) {
    BatchView counts = batch(run.batch());
    String fallback = task.fallback();
    return new JobItem(
        task.name(),
        run.fallback() && fallback != null ? fallback : task.type(),
        after,
        run.status(),
        run.batch() == null ? null : waitsFor.get(run.batch()),
        run.batch(),
        counts == null ? 0 : counts.total(),
        counts == null ? 0 : counts.open(),
        run.fallback(),
        run.output(),
        run.error(),
        task.estimate(),
        run.startedAt(),
        run.endedAt());
  }

  private @Nullable BatchView batch(@Nullable String id) {
    return id == null ? null : tasks.batches().find(BatchId.parse(id)).orElse(null);
  }
}
