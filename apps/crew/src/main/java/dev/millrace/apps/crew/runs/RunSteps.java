package dev.millrace.apps.crew.runs;

import dev.millrace.expression.Verdict;
import dev.millrace.tasks.WorkflowChange;
import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncRun;
import dev.millrace.tasks.workflow.WatchRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happened between two states of a run. Confined to one thread. */
final class RunSteps {
  private final String workflow;
  private final long run;
  private final JsonNode plan;
  private final Map<String, String> agents = new HashMap<>();
  private final Map<String, Set<String>> gates = new HashMap<>();
  private final StageNames stageNames;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Checks.Decided> decided = new ArrayList<>();

  private RunSteps(WorkflowChange change) {
    workflow = change.run().toString();
    run = change.run().key();
    plan = change.after().input().path("plan");
    for (JsonNode task : plan.path("tasks")) {
      agents.put(task.path("id").asString(""), task.path("agent").asString(""));
    }
    List<String> stages = new ArrayList<>();
    Set<String> withEntry = new HashSet<>();
    for (JsonNode stage : plan.path("stages")) {
      String name = stage.path("name").asString("");
      stages.add(name);
      if (stage.hasNonNull("entry")) {
        withEntry.add(name);
      }
    }
    Map<String, String> names = PlanWorkflow.stageNames(stages);
    Map<String, String> entries = PlanWorkflow.entryNames(names, withEntry);
    stageNames = new StageNames(names, entries);
    for (JsonNode stage : plan.path("stages")) {
      String name = stage.path("name").asString("");
      know(Objects.requireNonNull(names.get(name)), stage.path("gate"));
      String entry = entries.get(name);
      if (entry != null) {
        know(entry, stage.path("entry"));
      }
    }
  }

  private void know(String stage, JsonNode rules) {
    var metrics = new HashSet<String>();
    rules.properties().forEach(rule -> metrics.add(rule.getKey()));
    gates.put(stage, metrics);
  }

  static RunSteps of(WorkflowChange change) {
    var steps = new RunSteps(change);
    if (change.before().begun() == 0) {
      steps.warn();
    }
    change
        .after()
        .stages()
        .forEach((name, after) ->
            steps.stage(name, Objects.requireNonNull(change.before().stages().get(name)), after));
    return steps;
  }

  /** What is told. */
  List<RunEvent> events() {
    return events;
  }

  /** Checks that were decided. */
  List<Checks.Decided> decided() {
    return decided;
  }

  private void stage(String name, StageRun known, StageRun after) {
    // What came before a roll-back is of another round.
    StageRun before = known.round() == after.round() ? known : null;
    boolean again = before != null && before.earlier().size() < after.earlier().size();
    if (before != null && again) {
      before.tasks().forEach((task, job) -> ended(name, task, job));
    }
    watched(name, after.round(), before, after);
    retried(name, after, before == null ? 0 : before.earlier().size());
    SyncRun beforeSync = before == null || again ? null : before.sync();
    if (stageNames.isEntry(name)) {
      // Its task reads numbers, which is nobody's work.
      sync(name, after.round(), beforeSync, after.sync());
      return;
    }
    after
        .tasks()
        .forEach(
            (task, job) -> job(name, task, before == null ? null : before.tasks().get(task), job));
    sync(name, after.round(), beforeSync, after.sync());
    if (through(after.status()) && (before == null || !through(before.status()))) {
      events.add(new RunEvent.PhaseComplete(workflow, planned(name), after.round()));
    }
  }

  /** What was found while the stage was at work; it is decided when its tasks are through. */
  private void watched(String stage, int round, @Nullable StageRun before, StageRun after) {
    WatchRun known = before == null ? null : before.watch();
    Verdict was = known == null ? null : known.verdict();
    WatchRun found = after.watch();
    Verdict now = found == null ? null : found.verdict();
    boolean stopped = after.status() == Status.FAILED && now != null && !now.success();
    List<String> failed = now == null ? List.of() : words(now.failed());
    if (!failed.isEmpty() && (was == null || !words(was.failed()).equals(failed))) {
      events.add(
          stopped
              ? new RunEvent.GateFailed(
                  workflow, planned(stage), Checks.When.PROCESS.word(), failed)
              : new RunEvent.GateWarned(workflow, planned(stage), failed));
    }
    boolean wasAtWork = before == null || before.status() == Status.RUNNING;
    boolean through = after.status() == Status.CHECKING || through(after.status());
    if (now != null && wasAtWork && (stopped || through)) {
      decided.add(decided(stage, Checks.When.PROCESS, round, now.success(), now));
    } else if (now == null && was != null && wasAtWork && before != null) {
      // It runs again in the very step in which it was through.
      decided.add(decided(stage, Checks.When.PROCESS, round, was.success(), was));
    }
  }

  /** What ended in the step that has it run again; what it came to is gone. */
  private void ended(String stage, String task, JobRun job) {
    if (job.status() == Status.RUNNING) {
      String agent = agents.getOrDefault(task, task);
      events.add(new RunEvent.TaskCompleted(workflow, planned(stage), task, agent, null, false));
    }
  }

  /** Verdicts that were not final. */
  private void retried(String stage, StageRun after, int known) {
    for (int i = Math.min(known, after.earlier().size()); i < after.earlier().size(); i++) {
      SyncRun sync = after.earlier().get(i);
      decided.add(decided(stage, after.round(), sync));
      failed(stage, sync.verdict());
      Verdict verdict = sync.verdict();
      events.add(
          new RunEvent.GateRetried(
              workflow,
              planned(stage),
              i + 1,
              verdict == null ? List.of() : words(verdict.failed())));
    }
  }

  /** Tells of checks that are more likely to fail than to pass. */
  private void warn() {
    for (JsonNode stage : plan.path("stages")) {
      JsonNode before = stage.path("checks");
      if (before.path("atRisk").asBoolean(false)) {
        events.add(
            new RunEvent.GateAtRisk(
                workflow,
                stage.path("name").asString(""),
                before.path("chance").asDouble(0),
                before.path("checks").asLong(0),
                before.path("weakest").asStringOpt().orElse(null)));
      }
    }
  }

  private String planned(String stage) {
    return stageNames.planned(stage);
  }

  private Checks.When when(String stage) {
    return stageNames.isEntry(stage) ? Checks.When.ENTRY : Checks.When.EXIT;
  }

  private String gate(String stage) {
    return when(stage).word();
  }

  /** Why the run failed, in the plan's words. */
  @Nullable String told(@Nullable String failure) {
    return stageNames.told(failure);
  }

  private static boolean through(Status status) {
    return status == Status.SUCCEEDED || status == Status.SKIPPED;
  }

  private void job(String stage, String task, @Nullable JobRun before, JobRun after) {
    Status was = before == null ? Status.WAITING : before.status();
    String agent = agents.getOrDefault(task, task);
    boolean another = before == null || !Objects.equals(before.batch(), after.batch());
    switch (after.status()) {
      case RUNNING -> {
        if (was != Status.RUNNING || another) {
          events.add(
              new RunEvent.TaskStarted(workflow, planned(stage), task, agent, after.fallback()));
        }
      }
      case SUCCEEDED -> {
        if (was != Status.SUCCEEDED) {
          JsonNode output = after.output();
          String conclusion =
              output == null ? null : output.path("conclusion").asStringOpt().orElse(null);
          boolean skipped = output != null && output.hasNonNull("skipped");
          events.add(
              new RunEvent.TaskCompleted(
                  workflow, planned(stage), task, agent, conclusion, skipped));
        }
      }
      case FAILED, SKIPPED -> {
        if (was != after.status()) {
          events.add(new RunEvent.TaskFailed(workflow, planned(stage), task, agent, after.error()));
        }
      }
      case WAITING, CHECKING, PAUSED, CANCELLED, UNDOING, UNDONE -> {
        // Nobody is told of these.
      }
    }
  }

  private void sync(String stage, int round, @Nullable SyncRun before, @Nullable SyncRun after) {
    if (after == null || (before != null && before.status() == after.status())) {
      return;
    }
    if (after.status() == Status.SUCCEEDED || after.status() == Status.FAILED) {
      decided.add(decided(stage, round, after));
    }
    switch (after.status()) {
      case CHECKING ->
          events.add(
              new RunEvent.SyncWaiting(
                  workflow, planned(stage), gate(stage), after.until().toString()));
      case SUCCEEDED ->
          events.add(new RunEvent.SyncPassed(workflow, planned(stage), gate(stage), after.by()));
      case FAILED -> failed(stage, after.verdict());
      case WAITING, RUNNING, PAUSED, SKIPPED, CANCELLED, UNDOING, UNDONE -> {
        // A sync point is none of these.
      }
    }
  }

  private Checks.Decided decided(String stage, int round, SyncRun sync) {
    Verdict verdict = sync.verdict();
    return decided(
        stage,
        when(stage),
        round,
        verdict == null ? sync.status() == Status.SUCCEEDED : verdict.success(),
        verdict);
  }

  private Checks.Decided decided(
      String stage, Checks.When when, int round, boolean passed, @Nullable Verdict verdict) {
    return new Checks.Decided(
        run,
        when,
        stageNames.planned(stage),
        round,
        passed,
        plan.path("domain").asString(""),
        plan.path("templateId").asStringOpt().orElse(null),
        Checks.Decided.metrics(verdict));
  }

  private void failed(String stage, @Nullable Verdict verdict) {
    List<Verdict.Failure> failures = verdict == null ? List.of() : verdict.failed();
    events.add(new RunEvent.SyncFailed(workflow, planned(stage), gate(stage), words(failures)));
    Set<String> gate = gates.getOrDefault(stage, Set.of());
    List<Verdict.Failure> ofGate =
        failures.stream().filter(each -> gate.contains(each.criterion())).toList();
    if (!ofGate.isEmpty()) {
      events.add(new RunEvent.GateFailed(workflow, planned(stage), gate(stage), words(ofGate)));
    }
  }

  private static List<String> words(List<Verdict.Failure> failures) {
    return failures.stream().map(each -> each.criterion() + ": " + each.reason()).toList();
  }
}
