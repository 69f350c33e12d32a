package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Doc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When what can run, and how long all of it takes. */
@Doc("When what can run, and how long all of it takes.")
public record Schedule(
    @Doc("What can run at the same time, in order.") List<Level> levels,
    @Doc("The sum over the levels of the longest task.") double hours,
    @Doc("The tasks that decide how long it takes, in order.") List<String> criticalPath,
    @Doc("How long the critical path takes.") double criticalHours) {

  /** Orders the tasks of stages; each also waits for all tasks of the stages before its own. */
  static Schedule of(List<Stage> stages, List<WorkTask> tasks) {
    Map<String, List<String>> tasksOf = new HashMap<>();
    stages.forEach(stage -> tasksOf.put(stage.name(), stage.tasks()));
    Map<String, List<String>> needs = new HashMap<>();
    for (Stage stage : stages) {
      List<String> before = new ArrayList<>();
      stage.dependsOn().forEach(name -> before.addAll(tasksOf.getOrDefault(name, List.of())));
      needs.put(stage.name(), before);
    }
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    Map<String, Double> hours = new HashMap<>();
    for (WorkTask task : tasks) {
      List<String> all = new ArrayList<>(task.dependsOn());
      all.addAll(needs.getOrDefault(task.stage(), List.of()));
      dependsOn.put(task.id(), all);
      hours.put(task.id(), task.hours());
    }
    Dependencies dependencies = Dependencies.of(dependsOn, "/tasks");
    List<Level> levels =
        dependencies.levels().stream()
            .map(level ->
                new Level(
                    level,
                    level.stream().mapToDouble(id -> hours.getOrDefault(id, 0.0)).max().orElse(0)))
            .toList();
    List<String> critical = dependencies.longestPath(id -> hours.getOrDefault(id, 0.0));
    return new Schedule(
        levels,
        rounded(levels.stream().mapToDouble(Level::hours).sum()),
        critical,
        rounded(critical.stream().mapToDouble(id -> hours.getOrDefault(id, 0.0)).sum()));
  }

  /** When a stage is at work, in hours from the begin of all. */
  public record Span(double from, double to) {}

  /** By stage when it is planned to be at work, if all begins as soon as it can. */
  public static Map<String, Span> spans(List<Stage> stages, List<WorkTask> tasks) {
    Map<String, WorkTask> byId = new HashMap<>();
    tasks.forEach(task -> byId.put(task.id(), task));
    Map<String, Stage> byName = new LinkedHashMap<>();
    stages.forEach(stage -> byName.put(stage.name(), stage));
    Map<String, Span> spans = new LinkedHashMap<>();
    stages.forEach(stage -> span(stage, byName, byId, spans));
    return spans;
  }

  private static Span span(
      Stage stage,
      Map<String, Stage> stages,
      Map<String, WorkTask> tasks,
      Map<String, Span> spans) {
    Span known = spans.get(stage.name());
    if (known != null) {
      return known;
    }
    double from = 0;
    for (String name : stage.dependsOn()) {
      Stage before = stages.get(name);
      from = before == null ? from : Math.max(from, span(before, stages, tasks, spans).to());
    }
    Map<String, Double> ends = new HashMap<>();
    double longest = 0;
    for (String id : stage.tasks()) {
      longest = Math.max(longest, end(id, tasks, ends));
    }
    Span span = new Span(from, from + longest);
    spans.put(stage.name(), span);
    return span;
  }

  /** When a task is over, from the begin of its stage on. */
  private static double end(String id, Map<String, WorkTask> tasks, Map<String, Double> ends) {
    Double known = ends.get(id);
    WorkTask task = tasks.get(id);
    if (known != null || task == null) {
      return known == null ? 0 : known;
    }
    double begin = 0;
    for (String before : task.dependsOn()) {
      begin = Math.max(begin, end(before, tasks, ends));
    }
    ends.put(id, begin + task.hours());
    return begin + task.hours();
  }

  private static double rounded(double hours) {
    return Math.round(hours * 100) / 100.0;
  }
}
