package dev.millrace.tasks.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a workflow takes and what decides it: the longest way through its stages. Estimates come
 * from {@link StageTask#estimate}, real times from a run.
 *
 * @param way the stages on the longest way, first to last
 * @param time how long that way takes
 */
public record Times(List<String> way, Duration time) {

  /** By the estimates of the tasks; those without one count as nothing. */
  public static Times estimated(Workflow workflow) {
    Graph graph = Graph.of(workflow);
    List<String> way = graph.longestWay(name -> estimate(workflow.stage(name)));
    return new Times(
        way, Duration.ofMillis(Graph.sum(way, name -> estimate(workflow.stage(name)))));
  }

  private static long estimate(Stage stage) {
    Graph tasks = Graph.of(stage);
    List<String> way = tasks.longestWay(name -> estimate(stage, name));
    return Graph.sum(way, name -> estimate(stage, name));
  }

  private static long estimate(Stage stage, String task) {
    return stage.tasks().stream()
        .filter(each -> each.name().equals(task))
        .map(StageTask::estimate)
        .mapToLong(time -> time == null ? 0 : time.toMillis())
        .sum();
  }

  /** By what a run took so far. */
  public static Times real(Workflow workflow, Book book, Instant now) {
    List<String> way = Graph.of(workflow).longestWay(name -> took(book.stages().get(name), now));
    return new Times(
        way, Duration.ofMillis(Graph.sum(way, name -> took(book.stages().get(name), now))));
  }

  private static long took(@Nullable StageRun run, Instant now) {
    if (run == null || run.startedAt() == null) {
      return 0;
    }
    Instant end = run.endedAt() == null ? now : run.endedAt();
    return Duration.between(run.startedAt(), end).toMillis();
  }
}
