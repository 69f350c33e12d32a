package dev.millrace.tasks.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WorkflowCheckTest {
  private static StageTask task(String name) {
    return StageTask.of(name, "work", null);
  }

  private static List<String> problems(Workflow workflow) {
    return workflow.problems().stream().map(p -> p.pointer() + " " + p.detail()).toList();
  }

  @Test
  void rightOneHasNoProblems() {
    assertThat(
            problems(
                Workflow.of(
                    "right",
                    Stage.hybrid("a", task("a1"), task("a2").withAfter("a1")),
                    Stage.parallel("b", task("b1"))
                        .withAfter("a")
                        .withSync(SyncPoint.where("coverage >= 80")))))
        .isEmpty();
  }

  @Test
  void cycleNamesItsWay() {
    assertThat(
            problems(
                Workflow.of(
                    "round",
                    Stage.parallel("a", task("a1")).withAfter("c"),
                    Stage.parallel("b", task("b1")).withAfter("a"),
                    Stage.parallel("c", task("c1")).withAfter("b"))))
        .singleElement()
        .asString()
        .contains("/stages", "a → b → c → a");
    assertThat(
            problems(
                Workflow.of(
                    "round",
                    Stage.hybrid("a", task("x").withAfter("y"), task("y").withAfter("x")))))
        .singleElement()
        .asString()
        .contains("/stages/0/tasks", "x → y → x");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    var sync = new SyncPoint(SyncPoint.Type.QUORUM, null, null, null, 5, null, null, null);
    assertThat(
            problems(
                Workflow.of(
                    "Wrong",
                    Stage.parallel("a", task("t"), task("t")).withAfter("zzz").withSync(sync),
                    Stage.parallel("a").withSync(SyncPoint.where("coverage >=")),
                    Stage.parallel(
                        "b",
                        StageTask.of("u", "work", null)
                            .withOnFailure(OnFailure.FALLBACK)
                            .withForEach("items")))))
        .anySatisfy(p -> assertThat(p).startsWith("/name name 'Wrong'"))
        .anySatisfy(p -> assertThat(p).contains("/stages/0/after/0", "'zzz'", "there are a, b"))
        .anySatisfy(p -> assertThat(p).contains("/stages/0/tasks/1/name", "already"))
        .anySatisfy(p -> assertThat(p).contains("/stages/0/sync/quorum", "1 to 2"))
        .anySatisfy(p -> assertThat(p).contains("/stages/1/name", "two stages"))
        .anySatisfy(p -> assertThat(p).contains("/stages/1/tasks", "no task"))
        .anySatisfy(p -> assertThat(p).contains("/stages/1/sync/where"))
        .anySatisfy(p -> assertThat(p).contains("/stages/2/tasks/0/fallback"))
        .anySatisfy(p -> assertThat(p).contains("/stages/2/tasks/0/forEach"));
  }

  @Test
  void criticalPathIsTheLongestWayByEstimates() {
    var slow = task("slow").withEstimate(Duration.ofMinutes(10));
    var quick = task("quick").withEstimate(Duration.ofMinutes(1));
    var last = task("last").withEstimate(Duration.ofMinutes(2));
    Times times =
        new SubWorkflows(_ -> Optional.empty())
            .estimate(
                Workflow.of(
                    "w",
                    Stage.parallel("begin", task("x").withEstimate(Duration.ofMinutes(3))),
                    Stage.parallel("short", quick).withAfter("begin"),
                    Stage.sequential("long", slow, task("more").withEstimate(Duration.ofMinutes(5)))
                        .withAfter("begin"),
                    Stage.parallel("end", last).withAfter("short", "long")));
    assertThat(times.way()).containsExactly("begin", "long", "end");
    assertThat(times.time()).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void jsonGoesThereAndBack() {
    var mapper = JsonMapper.builder().build();
    var workflow =
        Workflow.of(
            "json",
            Stage.parallel("a", task("a1").withFallback("other"))
                .withSync(SyncPoint.criteria(Map.of("coverage", ">=80", "green", true)))
                .withValidation(task("v")));
    assertThat(mapper.readValue(mapper.writeValueAsString(workflow), Workflow.class))
        .isEqualTo(workflow);
    assertThat(
            mapper
                .readValue(
                    """
                    {"name": "short", "stages": [{"name": "a", "tasks": [{"name": "t", "type": "x"}]}]}
                    """,
                    Workflow.class)
                .problems())
        .isEmpty();
  }
}
