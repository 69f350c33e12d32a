package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.OnFailure;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.WorkflowException;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WorkflowTest {
  @TempDir Path folder;

  private final Queue<String> ran = new ConcurrentLinkedQueue<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final InstantSource clock = now::get;

  /** Answers what it was given, and fails as long as its word is broken. */
  private final TaskType<JsonNode, JsonNode> echo =
      TaskType.io(
              "echo",
              JsonNode.class,
              JsonNode.class,
              (_, input) -> {
                String word = input.path("say").asString("?");
                if (broken.contains(word)) {
                  throw new IllegalStateException(word + " is broken");
                }
                ran.add(word);
                return input;
              })
          .withRetry(RetryPolicy.never());

  private final TaskType<JsonNode, JsonNode> undo =
      TaskType.io(
          "undo",
          JsonNode.class,
          JsonNode.class,
          (_, input) -> {
            ran.add("undo " + input.path("result").path("say").asString("?"));
            return null;
          });

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static StageTask say(String name, String input) {
    return StageTask.of(name, "echo", json(input));
  }

  private static StageTask say(String name) {
    return say(name, "{'say': '" + name + "'}");
  }

  private Site site() {
    return new Site(folder, config -> config, clock).start(echo, undo);
  }

  private static TaskId start(Site site, Workflow workflow, String input) {
    site.tasks.workflows().define(workflow);
    return site.tasks
        .workflows()
        .start(workflow.name(), json(input), SubmitOptions.defaults())
        .id();
  }

  private static WorkflowRun find(Site site, TaskId run) {
    return site.tasks.workflows().find(run).orElseThrow();
  }

  private static void awaitStage(Site site, TaskId run, String stage, Status status)
      throws InterruptedException {
    Signal.awaitUntil(
        stage + " is " + status, () -> find(site, run).stages().get(stage).status() == status);
  }

  @Test
  void resultsFlowFromStageToStage() throws Exception {
    var workflow =
        Workflow.of(
            "flow",
            Stage.sequential("one", say("a"), say("b", "{'say': '{{tasks.a.say}}b'}")),
            Stage.parallel(
                    "many",
                    say("each", "{'say': 'item {{item.n}} of {{input.who}}'}")
                        .withForEach("{{input.items}}"))
                .withAfter("one"),
            Stage.hybrid(
                    "last",
                    say("y").withAfter("x"),
                    say("x", "{'say': 'x', 'all': '{{tasks.each}}'}"))
                .withAfter("many"));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{'who': 'Ada', 'items': [{'n': 1}, {'n': 2}, {'n': 3}]}");
      TaskView done = site.awaitEnd(run);
      assertThat(done.error()).isNull();
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(List.copyOf(ran).subList(0, 2)).containsExactly("a", "ab");
      assertThat(List.copyOf(ran).subList(2, 5))
          .containsExactlyInAnyOrder("item 1 of Ada", "item 2 of Ada", "item 3 of Ada");
      assertThat(List.copyOf(ran).subList(5, 7)).containsExactly("x", "y");
      WorkflowRun view = find(site, run);
      assertThat(view.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(view.times().way()).containsExactly("one", "many", "last");
      assertThat(view.stages().get("many").tasks().get("each").output()).hasSize(3);
      assertThat(done.output()).isNotNull();
      assertThat(done.output().path("x").path("all")).hasSize(3);
      assertThat(site.tasks.workflows().list("flow", Status.SUCCEEDED, 10, null).items())
          .extracting(WorkflowPage.Item::id)
          .containsExactly(run);
    }
  }

  @Test
  void deadTaskFailsTheRunAndDrivenAgainItGoesOnThere() throws Exception {
    broken.add("b");
    var workflow =
        Workflow.of(
            "mended",
            Stage.sequential("s", say("a"), say("b"), say("c")),
            Stage.parallel("t", say("d")).withAfter("s"));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      TaskView dead = site.awaitEnd(run);
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).contains("task 'b' failed", "b is broken");
      assertThat(find(site, run).status()).isEqualTo(Status.FAILED);
      broken.clear();
      site.tasks.retry(run);
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("a", "b", "c", "d");
      assertThat(find(site, run).status()).isEqualTo(Status.SUCCEEDED);
    }
  }

  @Test
  void policiesSkipFallBackAndUndo() throws Exception {
    broken.addAll(Set.of("skip", "prefer", "last"));
    var other = StageTask.of("prefer", "echo", json("{'say': 'prefer'}")).withFallback("undo");
    var workflow =
        Workflow.of(
            "policies",
            Stage.parallel("s", say("skip").withOnFailure(OnFailure.SKIP), other),
            Stage.sequential(
                    "t",
                    say("first").withCompensate("undo"),
                    say("second").withCompensate("undo"),
                    say("last").withOnFailure(OnFailure.COMPENSATE))
                .withAfter("s"));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.DEAD);
      assertThat(ran).containsExactly("undo ?", "first", "second", "undo second", "undo first");
      WorkflowRun view = find(site, run);
      assertThat(view.failure()).contains("'last'");
      assertThat(view.stages().get("s").tasks().get("skip").status()).isEqualTo(Status.SKIPPED);
      assertThat(view.stages().get("s").tasks().get("prefer").fallback()).isTrue();
      assertThat(view.stages().get("t").tasks().get("first").status()).isEqualTo(Status.UNDONE);
    }
  }

  @Test
  void gateOpensOnTheResultsOfItsStageOnly() throws Exception {
    var gated =
        Workflow.of(
            "gated",
            Stage.parallel("check", say("tests", "{'say': 't', 'coverage': '{{input.coverage}}'}"))
                .withSync(SyncPoint.where("coverage >= 80")),
            Stage.parallel("ship", say("ship")).withAfter("check"));
    try (var site = site()) {
      TaskId low = start(site, gated, "{'coverage': 79}");
      assertThat(site.awaitEnd(low).error()).contains("sync point of stage 'check'", "79");
      TaskId high = start(site, gated, "{'coverage': 80}");
      assertThat(site.awaitEnd(high).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("t", "t", "ship");
    }
  }

  @Test
  void missingMetricIsWaitedForAndCanBeHandedIn() throws Exception {
    var workflow =
        Workflow.of(
            "metrics",
            Stage.parallel("s", say("a")).withSync(SyncPoint.criteria(Map.of("score", ">=9"))));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      awaitStage(site, run, "s", Status.CHECKING);
      site.awaitState(run, TaskState.WAITING);
      site.tasks.workflows().metrics(run, "s", Map.of("score", 9.5));
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      TaskId late = start(site, workflow, "{}");
      site.awaitState(late, TaskState.WAITING);
      awaitStage(site, late, "s", Status.CHECKING);
      site.awaitState(late, TaskState.WAITING);
      now.updateAndGet(at -> at.plus(SyncPoint.TIME_LIMIT));
      site.tasks.wakeTimer();
      assertThat(site.awaitEnd(late).error()).contains("score");
    }
  }

  @Test
  void consensusAndQuorumCountVotes() throws Exception {
    broken.add("no");
    var vote =
        Workflow.of(
            "votes",
            Stage.parallel(
                    "vote",
                    say("v1", "{'say': '1', 'conclusion': 'sql', 'confidence': 0.9}"),
                    say("v2", "{'say': '2', 'conclusion': 'sql', 'confidence': 0.8}"),
                    say("v3", "{'say': '3', 'conclusion': 'redis', 'confidence': 0.2}"))
                .withSync(SyncPoint.consensus(0.8)),
            Stage.parallel("try", say("ok1"), say("no"), say("ok2"))
                .withAfter("vote")
                .withSync(SyncPoint.quorum(2)));
    try (var site = site()) {
      assertThat(site.awaitEnd(start(site, vote, "{}")).state()).isEqualTo(TaskState.SUCCEEDED);
      var strict =
          Workflow.of(
              "strict",
              Stage.parallel(
                      "vote",
                      say("v1", "{'say': '1', 'conclusion': 'sql'}"),
                      say("v3", "{'say': '3', 'conclusion': 'redis'}"))
                  .withSync(SyncPoint.consensus(0.8)));
      assertThat(site.awaitEnd(start(site, strict, "{}")).error()).contains("otherwise think v3");
    }
  }

  @Test
  void personApprovesAfterARestart() throws Exception {
    var workflow =
        Workflow.of(
            "asked",
            Stage.parallel("s", say("a")).withSync(SyncPoint.approval(Duration.ofHours(1))),
            Stage.parallel("t", say("b")).withAfter("s"));
    TaskId run;
    try (var site = site()) {
      run = start(site, workflow, "{}");
      awaitStage(site, run, "s", Status.CHECKING);
      site.awaitState(run, TaskState.WAITING);
      assertThat(site.tasks.workflows().waiting(10))
          .singleElement()
          .satisfies(waiting -> {
            assertThat(waiting.run()).isEqualTo(run);
            assertThat(waiting.stage()).isEqualTo("s");
            assertThat(waiting.point().type()).isEqualTo(SyncPoint.Type.APPROVAL);
          });
      assertThatThrownBy(() -> site.tasks.workflows().answer(run, "t", true, null, null))
          .hasMessageContaining("waiting");
      site.die();
    }
    try (var site = site()) {
      site.tasks.workflows().answer(run, "s", true, "Ada", "looks good");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.workflows().waiting(10)).isEmpty();
      assertThat(find(site, run).stages().get("s").sync().by()).isEqualTo("Ada");
      assertThat(ran).containsExactly("a", "b");
    }
  }

  @Test
  void approvalIsEscalatedOnceThenTheRunFails() throws Exception {
    var sync =
        new SyncPoint(
            SyncPoint.Type.APPROVAL, null, null, null, null, Duration.ofHours(1), "boss", null);
    var workflow = Workflow.of("late", Stage.parallel("s", say("a")).withSync(sync));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      awaitStage(site, run, "s", Status.CHECKING);
      site.awaitState(run, TaskState.WAITING);
      now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
      site.tasks.wakeTimer();
      Signal.awaitUntil("escalated", () -> find(site, run).stages().get("s").sync().escalated());
      site.awaitState(run, TaskState.WAITING);
      now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
      site.tasks.wakeTimer();
      assertThat(site.awaitEnd(run).error()).contains("nobody approved");
    }
  }

  @Test
  void validationBesideTheNextStageStopsTheRun() throws Exception {
    broken.add("check");
    try (var site = new Site(folder, config -> config, clock)) {
      var held = site.held();
      site.start(echo, undo, held);
      var workflow =
          Workflow.of(
              "validated",
              Stage.parallel("s", say("a")).withValidation(say("check")),
              Stage.parallel("t", StageTask.of("b", "word.held", json("{'text': 'x'}")))
                  .withAfter("s"));
      TaskId run = start(site, workflow, "{}");
      TaskView dead = site.awaitEnd(run);
      assertThat(dead.error()).contains("validation of stage 's' failed", "check is broken");
      assertThat(find(site, run).stages().get("t").status()).isEqualTo(Status.CANCELLED);
      Signal.awaitUntil(
          "the task beside is cancelled",
          () -> site.count(TaskType.IO_QUEUE, TaskState.CANCELLED) == 1);
    }
  }

  @Test
  void stageThatTakesLongerThanItsTimeLimitFailsTheRun() throws Exception {
    try (var site = new Site(folder, config -> config, clock)) {
      site.start(echo, undo, site.held());
      var workflow =
          Workflow.of(
              "timed",
              Stage.parallel("s", StageTask.of("b", "word.held", json("{'text': 'x'}")))
                  .withTimeLimit(Duration.ofHours(1)),
              Stage.parallel("t", say("c")).withAfter("s"));
      Workflows workflows = site.tasks.workflows();
      TaskId run = start(site, workflow, "{}");
      awaitStage(site, run, "s", Status.RUNNING);
      site.awaitState(run, TaskState.WAITING);
      // A pause stops the clock; what is at work goes on.
      workflows.pause(run);
      Signal.awaitUntil("paused", () -> find(site, run).status() == Status.PAUSED);
      site.awaitState(run, TaskState.WAITING);
      now.updateAndGet(at -> at.plus(Duration.ofHours(2)));
      site.tasks.wakeTimer();
      workflows.resume(run);
      Signal.awaitUntil("going on", () -> find(site, run).status() == Status.RUNNING);
      site.awaitState(run, TaskState.WAITING);
      assertThat(find(site, run).stages().get("s").until()).isEqualTo(now.get().plusSeconds(3600));
      now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
      site.tasks.wakeTimer();
      TaskView dead = site.awaitEnd(run);
      assertThat(dead.error()).contains("stage 's' was not through within its time limit of PT1H");
      assertThat(find(site, run).stages().get("s").status()).isEqualTo(Status.FAILED);
      assertThat(find(site, run).stages().get("t").status()).isEqualTo(Status.WAITING);
      Signal.awaitUntil(
          "the task that was late is cancelled",
          () -> site.count(TaskType.IO_QUEUE, TaskState.CANCELLED) == 1);
      // Driven again, it has its whole time anew.
      site.tasks.retry(run);
      awaitStage(site, run, "s", Status.RUNNING);
      assertThat(find(site, run).stages().get("s").until()).isAfter(now.get());
      workflows.cancel(run);
    }
  }

  @Test
  void pausedRunStartsNothingNewAndRollsBackAndForks() throws Exception {
    var workflow =
        Workflow.of(
            "moved",
            Stage.parallel("s", say("a")),
            Stage.parallel("t", say("b", "{'say': 'b{{input.n}}'}"))
                .withAfter("s")
                .withSync(SyncPoint.approval(Duration.ofHours(1))),
            Stage.parallel("u", say("c")).withAfter("t"));
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      TaskId run = start(site, workflow, "{'n': 1}");
      awaitStage(site, run, "t", Status.CHECKING);
      site.awaitState(run, TaskState.WAITING);
      workflows.pause(run);
      Signal.awaitUntil("paused", () -> find(site, run).status() == Status.PAUSED);
      site.awaitState(run, TaskState.WAITING);
      workflows.answer(run, "t", true, null, null);
      awaitStage(site, run, "t", Status.SUCCEEDED);
      assertThat(find(site, run).stages().get("u").status()).isEqualTo(Status.WAITING);
      workflows.rollback(run, "t");
      awaitStage(site, run, "t", Status.WAITING);
      workflows.resume(run);
      awaitStage(site, run, "t", Status.CHECKING);
      assertThat(find(site, run).stages().get("t").round()).isEqualTo(2);
      workflows.answer(run, "t", true, null, null);
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("a", "b1", "b1", "c");
      TaskId fork = workflows.fork(run, "t", json("{'n': 2}")).id();
      awaitStage(site, fork, "t", Status.CHECKING);
      workflows.answer(fork, "t", true, null, null);
      assertThat(site.awaitEnd(fork).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("a", "b1", "b1", "c", "b2", "c");
      assertThatThrownBy(() -> workflows.fork(run, "zz", null)).hasMessageContaining("s, t, u");
    }
  }

  @Test
  void runKeepsTheVersionItBeganWith() throws Exception {
    try (var site = site()) {
      var first =
          Workflow.of(
              "versioned",
              Stage.parallel("s", say("a")).withSync(SyncPoint.approval(Duration.ofHours(1))),
              Stage.parallel("t", say("old")).withAfter("s"));
      TaskId run = start(site, first, "{}");
      awaitStage(site, run, "s", Status.CHECKING);
      Workflows workflows = site.tasks.workflows();
      assertThat(workflows.define(first).version()).isEqualTo(1);
      var second = Workflow.of("versioned", Stage.parallel("s", say("new")));
      assertThat(workflows.define(second).version()).isEqualTo(2);
      workflows.answer(run, "s", true, null, null);
      site.awaitEnd(run);
      site.awaitEnd(workflows.start("versioned", json("{}"), SubmitOptions.defaults()).id());
      assertThat(ran).containsExactly("a", "old", "new");
      assertThat(workflows.definitions()).hasSize(1);
    }
  }

  @Test
  void cancelledRunCancelsItsTasks() throws Exception {
    try (var site = new Site(folder, config -> config, clock)) {
      var held = site.held();
      site.start(echo, undo, held);
      var workflow =
          Workflow.of(
              "gone", Stage.parallel("s", StageTask.of("b", "word.held", json("{'text': 'x'}"))));
      TaskId run = start(site, workflow, "{}");
      awaitStage(site, run, "s", Status.RUNNING);
      site.awaitState(run, TaskState.WAITING);
      site.tasks.workflows().cancel(run);
      assertThat(find(site, run).status()).isEqualTo(Status.CANCELLED);
      Signal.awaitUntil(
          "its task is cancelled", () -> site.count(TaskType.IO_QUEUE, TaskState.CANCELLED) == 1);
    }
  }

  @Test
  void wrongDefinitionIsRefusedWithEveryProblem() {
    try (var site = site()) {
      var wrong =
          Workflow.of("wrong", Stage.parallel("s", StageTask.of("a", "ecko", null)).withAfter("x"));
      assertThatThrownBy(() -> site.tasks.workflows().define(wrong))
          .isInstanceOf(WorkflowException.class)
          .hasMessageContaining("/stages/0/after/0");
      var unknown = Workflow.of("wrong", Stage.parallel("s", StageTask.of("a", "ecko", null)));
      assertThatThrownBy(() -> site.tasks.workflows().define(unknown))
          .hasMessageContaining("/stages/0/tasks/0/type")
          .hasMessageContaining("echo");
      assertThatThrownBy(
              () -> site.tasks.workflows().start("none", json("{}"), SubmitOptions.defaults()))
          .hasMessageContaining("there is no workflow 'none'");
    }
  }

  @Test
  void rollsBackTheRunOfAnEarlierProcess() throws Exception {
    var workflow =
        Workflow.of("broken", Stage.sequential("one", say("a")), Stage.sequential("two", say("b")));
    broken.add("b");
    TaskId run;
    try (var site = site()) {
      run = start(site, workflow, "{}");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.DEAD);
    }
    broken.clear();
    try (var site = site()) {
      site.tasks.workflows().rollback(run, "two");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }
}
