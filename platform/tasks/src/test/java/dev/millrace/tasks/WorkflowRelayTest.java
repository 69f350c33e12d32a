package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs that are taken on in commits that are made anyway, and where they are not. */
class WorkflowRelayTest {
  @TempDir Path folder;
  private final Queue<String> ran = new ConcurrentLinkedQueue<>();
  private final CountDownLatch door = new CountDownLatch(1);

  private final TaskType<JsonNode, JsonNode> echo =
      TaskType.io(
          "echo",
          JsonNode.class,
          JsonNode.class,
          (_, input) -> {
            ran.add(input.path("say").asString("?"));
            return input;
          });

  /** Waits until the door is open. */
  private final TaskType<JsonNode, JsonNode> slow =
      TaskType.io(
          "slow",
          JsonNode.class,
          JsonNode.class,
          (_, input) -> {
            door.await();
            ran.add("slow");
            return input;
          });

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static StageTask say(String name, String word) {
    return StageTask.of(name, "echo", json("{'say': '" + word + "'}"));
  }

  private static final Workflow FLOW =
      Workflow.of(
          "flow",
          Stage.parallel("one", say("a", "{{input.word}} of {{run}}")),
          Stage.sequential("two", say("b", "{{tasks.a.say}}!"), say("c", "c")).withAfter("one"));

  private static final Workflow SLOW =
      Workflow.of(
          "slow",
          Stage.parallel("one", StageTask.of("a", "slow", json("{'n': 1}"))),
          Stage.parallel("two", say("b", "b{{tasks.a.n}}")).withAfter("one"));

  private Site site() {
    return new Site(folder).start(echo, slow);
  }

  private static TaskId start(Site site, Workflow workflow, SubmitOptions options) {
    WorkflowVersion version = site.tasks.workflows().define(workflow);
    return site.tasks.workflows().start(version, json("{'word': 'x'}"), options).id();
  }

  private static TaskId start(Site site, Workflow workflow) {
    return start(site, workflow, SubmitOptions.defaults());
  }

  private static JobRun job(Site site, TaskId run, String stage, String task) {
    return site.tasks.workflows().find(run).orElseThrow().stages().get(stage).tasks().get(task);
  }

  /** How often tasks of runs have taken a slot. */
  private static long slots(Site site) {
    var timer = site.meters.find("millrace.tasks.wait").tag("queue", Workflows.QUEUE).timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void runOfSingleTasksTakesNoSlotOfItsOwn() throws Exception {
    try (var site = site()) {
      TaskId run = start(site, FLOW);
      TaskView done = site.awaitEnd(run);
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.attempt()).isOne();
      assertThat(done.output()).isNotNull();
      assertThat(done.output().path("b").path("say").asString()).isEqualTo("x of " + run + "!");
      assertThat(ran).containsExactly("x of " + run, "x of " + run + "!", "c");
      WorkflowRun view = site.tasks.workflows().find(run).orElseThrow();
      assertThat(view.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(view.finishedAt()).isNotNull();
      assertThat(slots(site)).isZero();
      assertThat(site.tasks.batches().ownedBy(run, 10, null).items())
          .hasSize(3)
          .allSatisfy(batch -> {
            assertThat(batch.finished()).isTrue();
            assertThat(batch.succeeded()).isOne();
            assertThat(batch.open()).isZero();
          });
      for (TaskState state : TaskState.values()) {
        assertThat(site.count(Workflows.QUEUE, state))
            .as(state.word())
            .isEqualTo(state == TaskState.SUCCEEDED ? 1 : 0);
        assertThat(site.count(TaskType.IO_QUEUE, state))
            .as(state.word())
            .isEqualTo(state == TaskState.SUCCEEDED ? 3 : 0);
      }
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    TaskId run;
    try (var site = site()) {
      run = start(site, SLOW);
      Signal.awaitUntil(
          "the first task runs", () -> site.count(TaskType.IO_QUEUE, TaskState.RUNNING) == 1);
      site.die();
    }
    door.countDown();
    try (var site = site()) {
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).contains("b1");
    }
  }

  @Test
  void pauseThatCameMeanwhileHolds() throws Exception {
    try (var site = site()) {
      TaskId run = start(site, SLOW);
      site.tasks.workflows().pause(run);
      Signal.awaitUntil(
          "paused", () -> site.tasks.workflows().find(run).orElseThrow().status() == Status.PAUSED);
      door.countDown();
      Signal.awaitUntil(
          "the first is through", () -> job(site, run, "one", "a").status() == Status.SUCCEEDED);
      assertThat(job(site, run, "two", "b").status()).isEqualTo(Status.WAITING);
      site.tasks.workflows().resume(run);
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("slow", "b1");
    }
  }

  @Test
  void pausedQueueHoldsRunsUpAtTheirStartAndBetweenStages() throws Exception {
    try (var site = site()) {
      TaskId begun = start(site, SLOW);
      Signal.awaitUntil(
          "the first task runs", () -> site.count(TaskType.IO_QUEUE, TaskState.RUNNING) == 1);
      site.tasks.pause(Workflows.QUEUE);
      TaskId held = start(site, FLOW);
      assertThat(site.tasks.find(held).orElseThrow().state()).isEqualTo(TaskState.READY);
      door.countDown();
      site.awaitState(begun, TaskState.READY);
      assertThat(ran).containsExactly("slow");
      site.tasks.resume(Workflows.QUEUE);
      assertThat(site.awaitEnd(begun).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(held).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void cancelledRunTakesNothingOn() throws Exception {
    try (var site = site()) {
      TaskId run = start(site, SLOW);
      Signal.awaitUntil(
          "the first task runs", () -> site.count(TaskType.IO_QUEUE, TaskState.RUNNING) == 1);
      site.tasks.workflows().cancel(run);
      door.countDown();
      Signal.awaitUntil(
          "nothing is open", () -> site.count(TaskType.IO_QUEUE, TaskState.RUNNING) == 0);
      assertThat(site.tasks.workflows().find(run).orElseThrow().status())
          .isEqualTo(Status.CANCELLED);
      assertThat(ran).doesNotContain("b1");
      assertThat(site.count(Workflows.QUEUE, TaskState.CANCELLED)).isOne();
      assertThat(site.count(Workflows.QUEUE, TaskState.WAITING)).isZero();
    }
  }

  @Test
  void tasksSideBySideAreAllWaitedFor() throws Exception {
    var wide =
        Workflow.of(
            "wide",
            Stage.parallel(
                "many", say("a", "a"), say("b", "b"), say("c", "c"), say("d", "d"), say("e", "e")),
            Stage.parallel("last", say("z", "z")).withAfter("many"));
    try (var site = site()) {
      site.tasks.workflows().define(wide);
      List<TaskId> runs =
          java.util.stream.IntStream.range(0, 20).mapToObj(_ -> start(site, wide)).toList();
      for (TaskId run : runs) {
        assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(ran).hasSize(120);
      assertThat(ran.stream().filter("z"::equals)).hasSize(20);
    }
  }

  @Test
  void listenerThatFailsInTheCommitCostsTheTaskNothing() throws Exception {
    var broken = new AtomicBoolean(true);
    try (var site = new Site(folder)) {
      site.tasks
          .workflows()
          .listen(change ->
              tx -> {
                boolean second = change.after().stages().get("two").status() == Status.RUNNING;
                if (second && broken.getAndSet(false)) {
                  throw new IllegalStateException("the listener is broken");
                }
              });
      site.start(echo, slow);
      door.countDown();
      TaskId run = start(site, SLOW);
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("slow", "b1");
      assertThat(slots(site)).isPositive();
    }
  }

  @Test
  void unusualStartsAreLeftToTheRunItself() throws Exception {
    try (var site = site()) {
      TaskId first = start(site, FLOW, SubmitOptions.defaults().withUniqueKey("once"));
      TaskId behind = start(site, FLOW, SubmitOptions.defaults().withAfter(first));
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(first).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(slots(site)).isOne();
    }
  }

  @Test
  void taskThatALimitHoldsUpWaits() throws Exception {
    try (var site = site()) {
      site.tasks.limits().set(Limit.ofType("one-slow", "slow").withConcurrency(1));
      TaskId first = start(site, SLOW);
      Signal.awaitUntil(
          "the first task runs", () -> site.count(TaskType.IO_QUEUE, TaskState.RUNNING) == 1);
      TaskId second = start(site, SLOW);
      Signal.awaitUntil(
          "the second waits", () -> job(site, second, "one", "a").status() == Status.WAITING);
      WorkflowRun view = site.tasks.workflows().find(second).orElseThrow();
      assertThat(view.stages().get("one").status()).isEqualTo(Status.RUNNING);
      assertThat(view.waitsFor())
          .containsExactly(
              java.util.Map.entry(job(site, second, "one", "a").batch(), "limit one-slow"));
      assertThat(job(site, first, "one", "a").status()).isEqualTo(Status.RUNNING);
      door.countDown();
      assertThat(site.awaitEnd(second).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(first).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.workflows().find(second).orElseThrow().waitsFor()).isEmpty();
    }
  }
}
