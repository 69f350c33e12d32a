package dev.millrace.server.workflows;

import dev.millrace.expression.Verdict;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.WorkflowPage;
import dev.millrace.tasks.WorkflowRun;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Workflows as they are on the wire. */
final class WorkflowWire {
  private WorkflowWire() {}

  /** A definition that is kept. */
  public record Definition(
      String name,
      int version,
      Instant definedAt,
      @Doc("How long the longest way through its stages takes, by the tasks' estimates.")
          Duration estimate,
      @Doc("The stages on that way.") List<String> criticalPath,
      @Doc("What was defined.") Workflow definition) {
    static Definition of(WorkflowVersion version) {
      return new Definition(
          version.workflow().name(),
          version.version(),
          version.definedAt(),
          version.estimate().time(),
          version.estimate().way(),
          version.workflow());
    }
  }

  /** A run to start. */
  public record StartRun(
      @Doc("The workflow's name.") @Size(min = 1, max = 100) String name,
      @Doc("What its tasks may name as {{input…}}.") @Nullable JsonNode input,
      @Doc("Words to find its task by.") @Default("[]") @Size(max = 20) List<String> tags,
      @Doc("While a run with this key is unfinished, a second one is not started.")
          @Nullable
          @Size(min = 1, max = 200)
          String uniqueKey) {}

  /** Which runs a list shows. */
  public record RunQuery(
      @Doc("Only runs of this workflow.") @Nullable @Size(max = 100) String name,
      @Doc("Only runs that stand there.") @Nullable Status status,
      @Doc("The largest number of items.") @Default("50") @Range(min = 1, max = 200) int limit,
      @Doc("Where to go on: 'next' of the page before.") @Nullable @Size(max = 1024)
          String cursor) {}

  /** A run in a list. */
  public record RunItem(
      String id,
      String name,
      int version,
      Status status,
      Instant startedAt,
      @Nullable Instant finishedAt) {
    static RunItem of(WorkflowPage.Item item) {
      return new RunItem(
          item.id().toString(),
          item.name(),
          item.version(),
          item.status(),
          item.startedAt(),
          item.finishedAt());
    }
  }

  /** A run with its stages. */
  public record RunDetail(
      String id,
      String name,
      int version,
      Status status,
      @Doc("Why it failed.") @Nullable String failure,
      JsonNode input,
      List<StageItem> stages,
      @Doc("The stages on the longest way so far.") List<String> criticalPath,
      @Doc("How long that way took so far.") Duration took,
      Instant startedAt,
      @Nullable Instant finishedAt) {
    static RunDetail of(WorkflowRun run) {
      var stages = new ArrayList<StageItem>();
      run.stages().forEach((name, stage) -> stages.add(StageItem.of(name, stage)));
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
          run.startedAt(),
          run.finishedAt());
    }
  }

  /** A stage of a run. */
  public record StageItem(
      String name,
      Status status,
      @Doc("From 1; one more with each roll-back.") int round,
      List<JobItem> tasks,
      @Nullable JobItem validation,
      @Nullable SyncItem sync,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {
    static StageItem of(String name, StageRun stage) {
      var tasks = new ArrayList<JobItem>();
      stage.tasks().forEach((task, job) -> tasks.add(JobItem.of(task, job)));
      JobRun validation = stage.validation();
      SyncRun sync = stage.sync();
      return new StageItem(
          name,
          stage.status(),
          stage.round(),
          tasks,
          validation == null ? null : JobItem.of("validation", validation),
          sync == null ? null : SyncItem.of(sync),
          stage.startedAt(),
          stage.endedAt());
    }
  }

  /** A task of a stage. */
  public record JobItem(
      String name,
      Status status,
      @Doc("The batch that counts its tasks.") @Nullable String batch,
      @Doc("Whether its fallback runs or ran.") boolean fallback,
      @Nullable JsonNode result,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {
    static JobItem of(String name, JobRun job) {
      return new JobItem(
          name,
          job.status(),
          job.batch(),
          job.fallback(),
          job.output(),
          job.error(),
          job.startedAt(),
          job.endedAt());
    }
  }

  /** How a sync point fares. */
  public record SyncItem(
      Status status,
      @Doc("How long it waits.") Instant until,
      boolean escalated,
      @Doc("Who decided.") @Nullable String by,
      @Nullable String comment,
      @Doc("What does not hold, for people.") List<String> failed) {
    static SyncItem of(SyncRun sync) {
      Verdict verdict = sync.verdict();
      return new SyncItem(
          sync.status(),
          sync.until(),
          sync.escalated(),
          sync.by(),
          sync.comment(),
          verdict == null
              ? List.of()
              : verdict.failed().stream().map(Verdict.Failure::reason).toList());
    }
  }

  /** A stage, by name. */
  public record AtStage(@Doc("The stage's name.") @Size(min = 1, max = 100) String stage) {}

  /** A run that takes over what came before a stage. */
  public record Fork(
      @Doc("The first stage that is done anew.") @Size(min = 1, max = 100) String stage,
      @Doc("The new run's input; that of the old one if it is left out.")
          @Nullable JsonNode input) {}

  /** A word on a sync point: an answer, or metrics. */
  public record SyncAnswer(
      @Doc("Yes or no, at an approval.") @Nullable Boolean approved,
      @Doc("Who says so.") @Nullable @Size(max = 100) String by,
      @Doc("Why.") @Nullable @Size(max = 2_000) String comment,
      @Doc("Metrics that the criteria wait for.") @Nullable Map<String, JsonNode> metrics) {}

  /** The answer to a start. */
  public record Started(
      @Doc("The run's id, which is that of the task that drives it.") String id,
      @Doc("Whether an unfinished run with the same unique key was there already.")
          boolean duplicate,
      @Doc("The commit it stands in.") String position,
      @Doc("Where to look how it goes.") String statusUrl) {}

  /** The commit in which something was told to a run. */
  public record Told(@Doc("The commit it stands in.") String position) {}
}
