package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Watch;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.tasks.workflow.WorkflowException;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stages that are looked at while they are at work. */
class WorkflowWatchTest {
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

  private final TaskType<JsonNode, JsonNode> asked =
      TaskType.io(
          "asked",
          JsonNode.class,
          JsonNode.class,
          (run, _) -> run.awaitSignal("answer", JsonNode.class, Duration.ofHours(1)).orElseThrow());

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static StageTask says(String name, String coverage) {
    return StageTask.of(
        name, "echo", json("{'say': '" + name + "', 'metrics': {'coverage': " + coverage + "}}"));
  }

  private Site site() {
    return new Site(folder).start(echo, asked);
  }

  private static TaskId start(Site site, Stage... stages) {
    WorkflowVersion version = site.tasks.workflows().define(Workflow.of("watched", stages));
    return site.tasks.workflows().start(version, json("{}"), SubmitOptions.defaults()).id();
  }

  private static StageRun stage(Site site, TaskId run) {
    return site.tasks.workflows().find(run).orElseThrow().stages().get("s");
  }

  @Test
  void stopsBeforeTheNextTaskBegins() throws Exception {
    Watch watch = new Watch(Map.of("coverage", ">=80", "security", ">8"), true);
    try (var site = site()) {
      TaskId run =
          start(
              site,
              Stage.sequential("s", says("good", "85"), says("bad", "40"), says("late", "90"))
                  .withWatch(watch));
      TaskView over = site.awaitEnd(run);
      assertThat(over.error()).contains("stage 's' was stopped while at work: coverage: 40");
      // Security was never measured, which says nothing.
      assertThat(over.error()).doesNotContain("security");
      assertThat(ran).containsExactly("good", "bad");
      assertThat(stage(site, run).status()).isEqualTo(Status.FAILED);
    }
  }

  @Test
  void warnsAndGoesOn() throws Exception {
    Watch watch = new Watch(Map.of("coverage", ">=80"), false);
    try (var site = site()) {
      TaskId run =
          start(
              site, Stage.sequential("s", says("bad", "40"), says("late", "90")).withWatch(watch));
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("bad", "late");
      assertThat(stage(site, run).watch().verdict().failed().getFirst().criterion())
          .isEqualTo("coverage");
    }
  }

  @Test
  void metricsThatAreHandedInMeanwhileCountAtOnceAndAtTheEnd() throws Exception {
    Watch watch = new Watch(Map.of("coverage", ">=50"), true);
    Stage stage =
        Stage.parallel("s", StageTask.of("a", "asked", json("{}")))
            .withWatch(watch)
            .withSync(SyncPoint.criteria(Map.of("coverage", ">=80")));
    try (var site = site()) {
      TaskId run = start(site, stage);
      Signal.awaitUntil("at work", () -> site.tasks.workflows().atWork(run).containsKey("a"));
      site.tasks.workflows().metrics(run, "s", Map.of("coverage", 85));
      Signal.awaitUntil("heard", () -> stage(site, run).watch() != null);
      TaskId task = site.tasks.workflows().atWork(run).get("a");
      site.tasks.signal(task, "answer", json("{}"));
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(stage(site, run).sync().metrics()).containsEntry("coverage", 85);

      TaskId bad = start(site, stage);
      Signal.awaitUntil("at work", () -> site.tasks.workflows().atWork(bad).containsKey("a"));
      TaskId left = site.tasks.workflows().atWork(bad).get("a");
      site.tasks.workflows().metrics(bad, "s", Map.of("coverage", 20));
      assertThat(site.awaitEnd(bad).error()).contains("stopped while at work", "20");
      assertThat(site.awaitEnd(left).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  @Test
  void unwatchedStageTakesNoMetricsAtWorkAndWrongRulesAreRefused() throws Exception {
    try (var site = site()) {
      TaskId run =
          start(
              site,
              Stage.parallel("s", StageTask.of("a", "asked", json("{}")))
                  .withSync(SyncPoint.criteria(Map.of("coverage", ">=80"))));
      Signal.awaitUntil("at work", () -> site.tasks.workflows().atWork(run).containsKey("a"));
      assertThatThrownBy(() -> site.tasks.workflows().metrics(run, "s", Map.of("coverage", 20)))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("at no sync point");
      site.tasks.workflows().cancel(run);
      assertThatThrownBy(() ->
              start(site, Stage.parallel("s", says("a", "1")).withWatch(new Watch(null, null))))
          .isInstanceOf(WorkflowException.class)
          .hasMessageContaining("/stages/0/watch/criteria");
      assertThatThrownBy(() ->
              start(
                  site,
                  Stage.parallel("s", says("a", "1"))
                      .withWatch(new Watch(Map.of("a", ">=="), true))))
          .isInstanceOf(WorkflowException.class);
    }
  }
}
