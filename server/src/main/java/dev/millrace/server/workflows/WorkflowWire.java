package dev.millrace.server.workflows;

import dev.millrace.expression.Verdict;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.WaitingSync;
import dev.millrace.tasks.WorkflowPage;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.workflow.StageMode;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.Watch;
import dev.millrace.tasks.workflow.WatchRun;
import dev.millrace.tasks.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** Which version of a definition. */
  public record VersionQuery(
      @Doc("The latest unless it is given.") @Nullable @Range(min = 1) Integer version) {}

  /** A run with its stages. */
  public record RunDetail(
      String id,
      String name,
      int version,
      Status status,
      @Doc("Why it failed.") @Nullable String failure,
      JsonNode input,
      @Doc("In the order of the definition.") List<StageItem> stages,
      @Doc("The stages on the longest way so far.") List<String> criticalPath,
      @Doc("How long that way took so far.") Duration took,
      @Doc("How long the longest way was said to take; zero if nobody said.") Duration estimate,
      Instant startedAt,
      @Nullable Instant finishedAt) {
    /** Whether anything but the time has changed. */
    boolean says(@Nullable RunDetail before) {
      return before == null
          || !equals(
              new RunDetail(
                  before.id,
                  before.name,
                  before.version,
                  before.status,
                  before.failure,
                  before.input,
                  before.stages,
                  before.criticalPath,
                  took,
                  before.estimate,
                  before.startedAt,
                  before.finishedAt));
    }
  }

  /** A stage of a run. */
  public record StageItem(
      String name,
      @Doc("What people call it; its name if it has no title.") String title,
      @Doc("The stages that must be through first.") List<String> after,
      @Doc("In which order its tasks run.") StageMode mode,
      Status status,
      @Doc("From 1; one more with each roll-back.") int round,
      List<JobItem> tasks,
      @Nullable JobItem validation,
      @Doc("What is looked at while it is at work.") @Nullable WatchItem watch,
      @Nullable SyncItem sync,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  /** A task of a stage. */
  public record JobItem(
      String name,
      String type,
      @Doc("The tasks of its stage that must be through first.") List<String> after,
      @Doc("Waiting before it began, and while a limit holds all its tasks up.") Status status,
      @Doc("What holds all its tasks up, such as 'limit nightly'; null for nothing.")
          @Nullable String waitsFor,
      @Doc("The batch that counts its tasks.") @Nullable String batch,
      @Doc("How many tasks it has; 0 before it began.") long total,
      @Doc("How many of them are not over.") long open,
      @Doc("Whether its fallback runs or ran.") boolean fallback,
      @Nullable JsonNode result,
      @Nullable String error,
      @Doc("How long it was said to take.") @Nullable Duration estimate,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  /** What is looked at while a stage is at work, and what was found. */
  public record WatchItem(
      @Doc("Rules by metric.") Map<String, Object> criteria,
      @Doc("Whether the run fails where one does not hold.") boolean stops,
      @Doc("The metrics that were handed in while it was at work.") Map<String, Object> metrics,
      @Doc("What does not hold, for people.") List<String> failed) {
    static WatchItem of(Watch watch, @Nullable WatchRun run) {
      Verdict verdict = run == null ? null : run.verdict();
      return new WatchItem(
          watch.criteria(),
          watch.stops(),
          run == null ? Map.of() : run.metrics(),
          verdict == null
              ? List.of()
              : verdict.failed().stream()
                  .map(failed -> failed.criterion() + ": " + failed.reason())
                  .toList());
    }
  }

  /** A sync point, and how it fares. */
  public record SyncItem(
      @Doc("What is looked at.") SyncPoint.Type type,
      @Doc("Waiting before the run has come to it.") Status status,
      @Doc("Rules by metric.") Map<String, Object> criteria,
      @Doc("A condition over the metrics.") @Nullable String where,
      @Doc("Of a consensus, the share that must agree.") double agreement,
      @Doc("Of a quorum, how many tasks must have succeeded.") @Nullable Integer quorum,
      @Doc("Whether the run fails if it does not pass.") boolean mustPass,
      @Doc("How long it waits; null before it does.") @Nullable Instant until,
      boolean escalated,
      @Doc("Whom it is escalated to.") @Nullable String escalateTo,
      @Doc("The metrics that were handed in.") Map<String, Object> metrics,
      @Doc("Who decided.") @Nullable String by,
      @Nullable String comment,
      @Doc("What does not hold, for people.") List<String> failed,
      @Doc("How often the stage's tasks may run again where it does not pass.") int retries,
      @Doc("What did not hold before they ran again, for people: one text each time.")
          List<String> earlier) {
    static SyncItem of(SyncPoint point, @Nullable SyncRun run, List<SyncRun> earlier) {
      Verdict verdict = run == null ? null : run.verdict();
      return new SyncItem(
          point.type(),
          run == null ? Status.WAITING : run.status(),
          point.criteria(),
          point.where(),
          point.agreement(),
          point.quorum(),
          point.mustPass(),
          run == null ? null : run.until(),
          run != null && run.escalated(),
          point.escalateTo(),
          run == null ? Map.of() : run.metrics(),
          run == null ? null : run.by(),
          run == null ? null : run.comment(),
          verdict == null
              ? List.of()
              : verdict.failed().stream().map(Verdict.Failure::reason).toList(),
          point.retries(),
          earlier.stream().map(SyncItem::reasons).toList());
    }

    private static String reasons(SyncRun run) {
      Verdict verdict = run.verdict();
      return verdict == null
          ? ""
          : verdict.failed().stream()
              .map(Verdict.Failure::reason)
              .collect(Collectors.joining("; "));
    }
  }

  /** A sync point that waits for a person, or for metrics. */
  public record WaitingItem(
      @Doc("The run's id.") String run,
      @Doc("The name of its workflow.") String workflow,
      int version,
      @Doc("The stage at whose end it is.") String stage,
      @Doc("What people call the stage.") String title,
      SyncItem sync) {
    static WaitingItem of(WaitingSync waiting) {
      return new WaitingItem(
          waiting.run().toString(),
          waiting.workflow(),
          waiting.version(),
          waiting.stage(),
          waiting.title(),
          SyncItem.of(waiting.point(), waiting.state(), List.of()));
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
