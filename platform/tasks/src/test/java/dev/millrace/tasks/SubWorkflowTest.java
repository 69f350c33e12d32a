package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.WorkflowException;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Workflows within workflows. */
class SubWorkflowTest {
  @TempDir Path folder;
  private final Queue<String> ran = new ConcurrentLinkedQueue<>();

  private final TaskType<JsonNode, JsonNode> echo =
      TaskType.io(
          "echo",
          JsonNode.class,
          JsonNode.class,
          (_, input) -> {
            ran.add(input.path("say").asString("?"));
            return input;
          });

  private final TaskType<JsonNode, JsonNode> broken =
      TaskType.<JsonNode, JsonNode>io(
              "broken",
              JsonNode.class,
              JsonNode.class,
              (_, _) -> {
                throw new IllegalStateException("the press is broken");
              })
          .withRetry(RetryPolicy.never());

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static StageTask say(String name, String word) {
    return StageTask.of(name, "echo", json("{'say': '" + word + "'}"));
  }

  private Site site() {
    return new Site(folder).start(echo, broken);
  }

  private static TaskView end(Site site, String workflow, String input) throws Exception {
    Workflows workflows = site.tasks.workflows();
    return site.awaitEnd(workflows.start(workflow, json(input), SubmitOptions.defaults()).id());
  }

  private static void define(Site site, String name, StageTask... tasks) {
    site.tasks.workflows().define(Workflow.of(name, Stage.sequential("s", tasks)));
  }

  private static List<WorkflowPage.Item> runs(Site site, String name) {
    return site.tasks.workflows().list(name, null, 200, null).items();
  }

  @Test
  void runsForEveryItemAndHandsItsResultsOn() throws Exception {
    try (var site = site()) {
      define(site, "print", say("page", "{{input.title}}"), say("cover", "blue"));
      define(
          site,
          "books",
          StageTask.run("each", "print", json("{'title': '{{item}}'}"))
              .withForEach("{{input.titles}}"),
          StageTask.of("last", "echo", json("{'say': 'end', 'all': '{{tasks.each}}'}")));
      TaskView done = end(site, "books", "{'titles': ['A', 'B', 'C']}");
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactlyInAnyOrder("A", "B", "C", "blue", "blue", "blue", "end");
      assertThat(runs(site, "print"))
          .hasSize(3)
          .allSatisfy(run -> assertThat(run.status()).isEqualTo(Status.SUCCEEDED));
      assertThat(done.output().path("last").path("all").findValuesAsString("say"))
          .contains("A", "B", "C");
    }
  }

  @Test
  void failsWithThePlaceAndGivesWayToAFallback() throws Exception {
    try (var site = site()) {
      define(site, "bad", StageTask.of("press", "broken", null));
      define(site, "spare", say("by-hand", "{{input.say}}"));
      define(site, "outer", StageTask.run("inner", "bad", null));
      assertThat(end(site, "outer", "{}").error())
          .contains("task 'inner' failed", "task 'press' failed", "the press is broken");
      define(
          site,
          "careful",
          StageTask.run("inner", "bad", json("{'say': 'slowly'}")).withFallback("workflow:spare"));
      assertThat(end(site, "careful", "{}").state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("slowly");
    }
  }

  @Test
  void endsWithTheRunItBelongsTo() throws Exception {
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      workflows.define(
          Workflow.of(
              "asking",
              Stage.parallel("s", say("a", "a")).withSync(SyncPoint.approval(Duration.ofDays(1)))));
      define(site, "outer", StageTask.run("inner", "asking", null), say("behind", "never"));
      TaskId run = workflows.start("outer", json("{}"), SubmitOptions.defaults()).id();
      Signal.awaitUntil("somebody is asked", () -> !workflows.waiting(10).isEmpty());
      workflows.cancel(run);
      Signal.awaitUntil(
          "the inner run is cancelled",
          () -> runs(site, "asking").getFirst().status() == Status.CANCELLED);
      assertThat(workflows.waiting(10)).isEmpty();
      assertThat(ran).containsExactly("a");
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    TaskId run;
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      workflows.define(
          Workflow.of(
              "asking",
              Stage.parallel("s", say("a", "a")).withSync(SyncPoint.approval(Duration.ofDays(1))),
              Stage.parallel("t", say("b", "b")).withAfter("s")));
      define(site, "outer", StageTask.run("inner", "asking", null), say("behind", "c"));
      run = workflows.start("outer", json("{}"), SubmitOptions.defaults()).id();
      Signal.awaitUntil("somebody is asked", () -> !workflows.waiting(10).isEmpty());
      site.die();
    }
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      WaitingSync asked = workflows.waiting(10).getFirst();
      workflows.answer(asked.run(), asked.stage(), true, "Ada", null);
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("a", "b", "c");
      assertThat(runs(site, "asking")).hasSize(1);
    }
  }

  @Test
  void refusesWhatIsMissingAndWhatLeadsBack() {
    try (var site = site()) {
      assertThatThrownBy(() -> define(site, "a", say("x", "x"), StageTask.run("y", "b", null)))
          .isInstanceOfSatisfying(
              WorkflowException.class,
              wrong ->
                  assertThat(wrong.problems())
                      .containsExactly(
                          new Workflow.Problem(
                              "/stages/0/tasks/1/type",
                              "there is no workflow 'b'; define it first (a → b)")));
      define(site, "a", say("x", "x"));
      define(site, "b", StageTask.run("to-a", "a", null));
      define(site, "c", say("y", "y").withFallback("workflow:b"));
      assertThatThrownBy(() -> define(site, "a", StageTask.run("to-c", "c", null)))
          .hasMessageContaining("/stages/0/tasks/0/type")
          .hasMessageContaining("a → c → b → a");
      assertThatThrownBy(() -> define(site, "d", StageTask.run("self", "d", null)))
          .hasMessageContaining("d → d");
      assertThat(site.tasks.workflows().definition("a").orElseThrow().version()).isEqualTo(1);
    }
  }

  @Test
  void refusesToStandTooDeep() {
    try (var site = site()) {
      define(site, "w0", say("x", "x"));
      for (int i = 1; i <= 10; i++) {
        define(site, "w" + i, StageTask.run("in", "w" + (i - 1), null));
      }
      assertThatThrownBy(() -> define(site, "w11", StageTask.run("in", "w10", null)))
          .hasMessageContaining("more than 10 deep");
    }
  }

  @Test
  void countsInTheEstimate() {
    try (var site = site()) {
      define(site, "inner", say("x", "x").withEstimate(Duration.ofMinutes(4)));
      define(
          site,
          "outer",
          StageTask.run("a", "inner", null),
          StageTask.run("b", "inner", null).withEstimate(Duration.ofMinutes(1)),
          say("c", "c").withEstimate(Duration.ofMinutes(2)));
      Map<String, WorkflowVersion> all = new HashMap<>();
      site.tasks.workflows().definitions().forEach(each -> all.put(each.workflow().name(), each));
      assertThat(all.get("outer").estimate().time()).isEqualTo(Duration.ofMinutes(7));
      assertThat(site.tasks.workflows().definition("outer", 1).orElseThrow().estimate().time())
          .isEqualTo(Duration.ofMinutes(7));
    }
  }
}
