package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.JobRun;
import dev.millrace.tasks.workflow.OnFailure;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageRun;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.SyncPoint;
import dev.millrace.tasks.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Inputs that their type refuses, votes beside criteria, runs that begin again, listeners. */
class WorkflowPolicyTest {
  record Wanted(String say) {}

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

  /** Takes a field say, and no other. */
  private final TaskType<Wanted, JsonNode> strict =
      TaskType.io(
          "strict",
          Wanted.class,
          JsonNode.class,
          (_, input) -> {
            ran.add("strict " + input.say());
            return Json.MAPPER.valueToTree(input);
          });

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static StageTask say(String name) {
    return StageTask.of(name, "echo", json("{'say': '" + name + "'}"));
  }

  private static StageTask refused(String name) {
    return StageTask.of(name, "strict", json("{'shout': '{{input.x}}'}"));
  }

  private Site site() {
    return new Site(folder).start(echo, strict);
  }

  private static TaskId start(Site site, Workflow workflow, String input) {
    WorkflowVersion version = site.tasks.workflows().define(workflow);
    return site.tasks.workflows().start(version, json(input), SubmitOptions.defaults()).id();
  }

  private static JobRun job(Site site, TaskId run, String stage, String task) {
    return site.tasks.workflows().find(run).orElseThrow().stages().get(stage).tasks().get(task);
  }

  @Test
  void refusedInputGoesTheWayOfItsOwnPolicy() throws Exception {
    var workflow =
        Workflow.of(
            "refused",
            Stage.sequential(
                "s",
                refused("left").withOnFailure(OnFailure.SKIP),
                refused("taken").withFallback("echo"),
                say("behind")),
            Stage.sequential(
                    "t",
                    say("done").withCompensate("echo"),
                    refused("last").withOnFailure(OnFailure.COMPENSATE))
                .withAfter("s"));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      TaskView dead = site.awaitEnd(run);
      assertThat(dead.error()).contains("task 'last' failed: it was refused", "/input/shout");
      assertThat(ran).containsExactly("?", "behind", "done", "?");
      assertThat(job(site, run, "s", "left").status()).isEqualTo(Status.SKIPPED);
      assertThat(job(site, run, "s", "left").error()).contains("shout");
      assertThat(job(site, run, "s", "taken").fallback()).isTrue();
      assertThat(job(site, run, "t", "done").status()).isEqualTo(Status.UNDONE);
    }
  }

  @Test
  void refusedTaskFailsTheRunAndItsValidationDoes() throws Exception {
    try (var site = site()) {
      TaskId failed = start(site, Workflow.of("fails", Stage.parallel("s", refused("a"))), "{}");
      assertThat(site.awaitEnd(failed).error()).contains("task 'a' failed: it was refused");
      var checked =
          Workflow.of("checked", Stage.parallel("s", say("a")).withValidation(refused("v")));
      assertThat(site.awaitEnd(start(site, checked, "{}")).error())
          .contains("validation of stage 's' failed", "refused");
    }
  }

  @Test
  void taskThatIsThroughAtOnceLetsEarlierListedOnesGoOn() throws Exception {
    var workflow =
        Workflow.of(
            "order",
            Stage.hybrid(
                "s", say("second").withAfter("first"), say("first").withForEach("{{input.none}}")));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{'none': []}");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("second");
    }
  }

  @Test
  void goodNumberOfOneTaskDoesNotHideTheBadOneOfAnother() throws Exception {
    var gate = SyncPoint.criteria(Map.of("coverage", ">80"));
    var workflow =
        Workflow.of(
            "numbers",
            Stage.parallel(
                    "s",
                    StageTask.of("bad", "echo", json("{'metrics': {'coverage': 40}}")),
                    StageTask.of("good", "echo", json("{'metrics': {'coverage': 95}}")))
                .withSync(gate));
    try (var site = site()) {
      assertThat(site.awaitEnd(start(site, workflow, "{}")).error())
          .contains("sync point of stage 's'", "coverage", "40");
    }
  }

  @Test
  void consensusMayHaveCriteriaAndSilenceIsNoAgreement() throws Exception {
    var votes =
        new SyncPoint(
            SyncPoint.Type.CONSENSUS, Map.of("coverage", ">80"), null, 0.8, null, null, null, true);
    try (var site = site()) {
      var low =
          Workflow.of(
              "low",
              Stage.parallel(
                      "s", StageTask.of("a", "echo", json("{'conclusion': 'yes', 'coverage': 70}")))
                  .withSync(votes));
      assertThat(site.awaitEnd(start(site, low, "{}")).error()).contains("coverage: 70");
      var silent =
          Workflow.of("silent", Stage.parallel("s", say("a")).withSync(SyncPoint.consensus(0.8)));
      assertThat(site.awaitEnd(start(site, silent, "{}")).error()).contains("agreement");
      assertThatThrownBy(() ->
              site.tasks
                  .workflows()
                  .define(
                      Workflow.of(
                          "wrong",
                          Stage.parallel("s", say("a"))
                              .withSync(
                                  new SyncPoint(
                                      SyncPoint.Type.CONSENSUS,
                                      Map.of(),
                                      "coverage >",
                                      null,
                                      null,
                                      null,
                                      null,
                                      null)))))
          .hasMessageContaining("/stages/0/sync/where");
    }
  }

  @Test
  void stageRunsAgainWhereItsSyncPointDoesNotPassUntilThatIsFinal() throws Exception {
    var gate = SyncPoint.criteria(Map.of("coverage", ">80")).withRetries(2);
    Workflow never =
        Workflow.of(
            "never",
            Stage.parallel("s", say("a")),
            Stage.sequential("t", StageTask.of("b", "echo", json("{'coverage': 40}")), say("c"))
                .withAfter("s")
                .withSync(gate));
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      TaskId run = start(site, never, "{}");
      assertThat(site.awaitEnd(run).error()).contains("sync point of stage 't'", "coverage: 40");
      // The stage before is not touched, and what ran again is no round of its own.
      assertThat(ran).containsExactly("a", "?", "c", "?", "c", "?", "c");
      StageRun stage = workflows.find(run).orElseThrow().stages().get("t");
      assertThat(stage.round()).isEqualTo(1);
      assertThat(stage.earlier()).hasSize(2);
      assertThat(stage.earlier().getFirst().verdict().failed().getFirst().criterion())
          .isEqualTo("coverage");
      // A roll-back has all of them anew.
      workflows.rollback(run, "t");
      site.awaitEnd(run);
      assertThat(ran).hasSize(13);
      assertThat(workflows.find(run).orElseThrow().stages().get("t").earlier()).hasSize(2);

      Workflow refused =
          Workflow.of(
              "refused",
              Stage.parallel("s", say("x"))
                  .withSync(SyncPoint.approval(Duration.ofMillis(50)).withRetries(3)));
      assertThat(site.awaitEnd(start(site, refused, "{}")).state()).isEqualTo(TaskState.DEAD);
      assertThat(ran).filteredOn("x"::equals).hasSize(1);
      assertThatThrownBy(() ->
              workflows.define(
                  Workflow.of(
                      "often", Stage.parallel("s", say("y")).withSync(gate.withRetries(21)))))
          .hasMessageContaining("/stages/0/sync/retries");
    }
  }

  @Test
  void stagePassesWhenItsTasksDoBetterTheSecondTime() throws Exception {
    try (var site = site()) {
      site.tasks.register(
          TaskType.io(
              "better",
              JsonNode.class,
              JsonNode.class,
              (_, _) -> {
                ran.add("better");
                return json("{'coverage': " + 50 * ran.size() + "}");
              }));
      Workflow workflow =
          Workflow.of(
              "better",
              Stage.parallel("s", StageTask.of("a", "better", null))
                  .withSync(SyncPoint.criteria(Map.of("coverage", ">80")).withRetries(1)),
              Stage.parallel("t", say("b")).withAfter("s"));
      TaskId run = start(site, workflow, "{}");
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("better", "better", "b");
    }
  }

  @Test
  void failedRunBeginsAgainWithAStage() throws Exception {
    var workflow =
        Workflow.of(
            "again",
            Stage.parallel("s", say("a")),
            Stage.parallel("t", say("b"))
                .withAfter("s")
                .withSync(
                    new SyncPoint(
                        SyncPoint.Type.CONSENSUS, null, null, null, null, null, null, true)),
            Stage.parallel("u", say("c")).withAfter("t"));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      site.awaitEnd(run);
      Workflows workflows = site.tasks.workflows();
      workflows.rollback(run, "t");
      site.awaitEnd(run);
      assertThat(ran).containsExactly("a", "b", "b");
      workflows.rollback(run, "s");
      site.awaitEnd(run);
      assertThat(ran).containsExactly("a", "b", "b", "a", "b");
      assertThat(workflows.find(run).orElseThrow().stages().get("t").round()).isEqualTo(3);
      TaskId good = start(site, Workflow.of("good", Stage.parallel("s", say("x"))), "{}");
      site.awaitEnd(good);
      assertThatThrownBy(() -> workflows.rollback(good, "s")).isInstanceOf(TaskException.class);
      assertThat(workflows.find(good).orElseThrow().status()).isEqualTo(Status.SUCCEEDED);
    }
  }

  @Test
  void inputsMayNameTheRunAndListsTheBeginningOfNames() throws Exception {
    var workflow =
        Workflow.of(
            "app-one", Stage.parallel("s", StageTask.of("a", "echo", json("{'say': '{{run}}'}"))));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      site.awaitEnd(run);
      assertThat(ran).containsExactly(run.toString());
      assertThat(site.tasks.workflows().list("app-*", null, 10, null).items()).hasSize(1);
      assertThat(site.tasks.workflows().list("app", null, 10, null).items()).isEmpty();
    }
  }

  @Test
  void startsTheVersionThatWasDefinedWhateverCameSince() throws Exception {
    try (var site = site()) {
      Workflows workflows = site.tasks.workflows();
      WorkflowVersion first = workflows.define(Workflow.of("w", Stage.parallel("s", say("old"))));
      workflows.define(Workflow.of("w", Stage.parallel("s", say("new"))));
      site.awaitEnd(workflows.start(first, json("{}"), SubmitOptions.defaults()).id());
      assertThat(ran).containsExactly("old");
    }
  }

  @Test
  void listenerWritesInTheCommitsOfTheSteps() throws Exception {
    try (var site = new Site(folder)) {
      site.store.write(tx -> tx.update("CREATE TABLE heard (run TEXT, status TEXT)"));
      site.tasks
          .workflows()
          .listen(change -> {
            String run = change.run().toString();
            String status = change.status().word();
            return tx -> tx.update("INSERT INTO heard VALUES (?, ?)", run, status);
          });
      site.start(echo, strict, site.held());
      TaskId good =
          start(site, Workflow.of("good", Stage.sequential("s", say("a"), say("b"))), "{}");
      site.awaitEnd(good);
      assertThat(heard(site, good)).containsExactly("running", "running", "succeeded");
      TaskId bad = start(site, Workflow.of("bad", Stage.parallel("s", refused("a"))), "{}");
      site.awaitEnd(bad);
      assertThat(heard(site, bad)).containsExactly("failed");
      var held =
          Workflow.of(
              "held", Stage.parallel("s", StageTask.of("b", "word.held", json("{'text': 'x'}"))));
      TaskId gone = start(site, held, "{}");
      site.awaitState(gone, TaskState.WAITING);
      site.tasks.workflows().cancel(gone);
      assertThat(heard(site, gone)).containsExactly("running", "cancelled");
    }
  }

  /** As after a kill between the commit of the failure and that of the task's end. */
  @Test
  void runThatFailedBeforeItsTaskWasOverIsNotDoneAgain() throws Exception {
    var workflow = Workflow.of("late", Stage.sequential("s", say("a"), refused("b")));
    try (var site = site()) {
      TaskId run = start(site, workflow, "{}");
      String error = site.awaitEnd(run).error();
      site.store.write(tx -> tx.update("UPDATE workflow_runs SET finished_at = NULL"));
      site.tasks.retry(run);
      assertThat(site.awaitEnd(run).error()).isEqualTo(error);
      site.tasks.retry(run);
      assertThat(site.awaitEnd(run).error()).isEqualTo(error);
      assertThat(ran).containsExactly("a");
      assertThat(site.tasks.workflows().find(run).orElseThrow().finishedAt()).isNotNull();
    }
  }

  private static List<String> heard(Site site, TaskId run) {
    return site.store.read(view ->
        view.query(
            "SELECT status FROM heard WHERE run = ? ORDER BY rowid",
            row -> row.getString(1),
            run.toString()));
  }
}
