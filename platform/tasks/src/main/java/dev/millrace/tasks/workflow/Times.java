package dev.millrace.tasks.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long a workflow takes and what decides it: the longest way through its stages. Estimates come
 * from {@link StageTask#estimate}, real times from a run.
 *
 * @param way the stages on the longest way, first to last
 * @param time how long that way takes
 */
public record Times(List<String> way, Duration time) {

  /**
   * By the estimates of the tasks; those without one count as nothing.
   *
   * @param within how long the workflow of that name takes, for tasks that are runs of one
   */
  static Times estimated(Workflow workflow, Function<String, Duration> within) {
    ToLongFunction<String> length = name -> estimate(workflow.stage(name), within);
    List<String> way = Graph.of(workflow).longestWay(length);
    return new Times(way, Duration.ofMillis(Graph.sum(way, length)));
  }

  private static long estimate(Stage stage, Function<String, Duration> within) {
    Map<String, Long> lengths =
        stage.tasks().stream()
            .collect(Collectors.toMap(StageTask::name, task -> estimate(task, within)));
    ToLongFunction<String> length = name -> lengths.getOrDefault(name, 0L);
    return Graph.sum(Graph.of(stage).longestWay(length), length);
  }

  private static long estimate(StageTask task, Function<String, Duration> within) {
    Duration own = task.estimate();
    return own != null
        ? own.toMillis()
        : SubWorkflow.name(task.type()).map(within).orElse(Duration.ZERO).toMillis();
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
