package dev.millrace.tasks.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage: tasks that belong together, and what must be true at their end. Immutable.
 *
 * @param name unique in its workflow
 * @param after stages that must be through first; stages that wait for nobody run at once
 * @param mode parallel by default
 * @param tasks at least one
 * @param sync what must be true before stages behind it begin; null for nothing
 * @param validation a task that runs beside the stages behind this one; if it is dead or answers
 *     {@code {"valid": false}}, the workflow stops
 * @param timeLimit how long its tasks may take, from its begin or the end of a pause on; the run
 *     fails where they take longer. Null for as long as they need; a sync point has its own
 * @param watch what is looked at while its tasks are at work; null for nothing
 * @param title what people call it, in any script; null for its name
 */
public record Stage(
    String name,
    List<String> after,
    StageMode mode,
    List<StageTask> tasks,
    @Nullable SyncPoint sync,
    @Nullable StageTask validation,
    @Nullable Duration timeLimit,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Watch watch,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String title) {
  public Stage {
    after = after == null ? List.of() : List.copyOf(after);
    mode = mode == null ? StageMode.PARALLEL : mode;
    tasks = List.copyOf(tasks);
  }

  /** One that is not watched and has no title. */
  public Stage(
      String name,
      List<String> after,
      StageMode mode,
      List<StageTask> tasks,
      @Nullable SyncPoint sync,
      @Nullable StageTask validation,
      @Nullable Duration timeLimit) {
    this(name, after, mode, tasks, sync, validation, timeLimit, null, null);
  }

  /** A stage whose tasks all run at once. */
  public static Stage parallel(String name, StageTask... tasks) {
    return new Stage(name, List.of(), StageMode.PARALLEL, List.of(tasks), null, null, null);
  }

  /** A stage whose tasks run one after another. */
  public static Stage sequential(String name, StageTask... tasks) {
    return new Stage(name, List.of(), StageMode.SEQUENTIAL, List.of(tasks), null, null, null);
  }

  /** A stage whose tasks say what they wait for. */
  public static Stage hybrid(String name, StageTask... tasks) {
    return new Stage(name, List.of(), StageMode.HYBRID, List.of(tasks), null, null, null);
  }

  public Stage withAfter(String... stages) {
    return new Stage(name, List.of(stages), mode, tasks, sync, validation, timeLimit, watch, title);
  }

  public Stage withSync(SyncPoint point) {
    return new Stage(name, after, mode, tasks, point, validation, timeLimit, watch, title);
  }

  public Stage withValidation(StageTask task) {
    return new Stage(name, after, mode, tasks, sync, task, timeLimit, watch, title);
  }

  public Stage withTimeLimit(Duration limit) {
    return new Stage(name, after, mode, tasks, sync, validation, limit, watch, title);
  }

  public Stage withWatch(Watch rules) {
    return new Stage(name, after, mode, tasks, sync, validation, timeLimit, rules, title);
  }

  public Stage withTitle(String words) {
    return new Stage(name, after, mode, tasks, sync, validation, timeLimit, watch, words);
  }

  /** Its title, or its name if it has none. */
  public String shownAs() {
    return title == null ? name : title;
  }

  /** The tasks of this stage that must be through before {@code task} starts. */
  List<String> before(StageTask task) {
    return switch (mode()) {
      case PARALLEL -> List.of();
      case HYBRID -> task.after();
      case SEQUENTIAL -> {
        int at = tasks.indexOf(task);
        yield at == 0 ? List.of() : List.of(tasks.get(at - 1).name());
      }
    };
  }
}
