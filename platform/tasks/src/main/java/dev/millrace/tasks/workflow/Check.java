package dev.millrace.tasks.workflow;

import dev.millrace.expression.Criteria;
import dev.millrace.expression.ExpressionException;
import dev.millrace.tasks.workflow.Workflow.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a definition, at once. */
final class Check {
  static final int STAGES = 200;
  static final int TASKS = 1_000;
  private static final int TITLE = 200;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");

  private final Workflow workflow;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> taskPlaces = new HashMap<>();

  Check(Workflow workflow) {
    this.workflow = workflow;
  }

  List<Problem> problems() {
    name("/name", workflow.name());
    size();
    stages();
    if (problems.isEmpty()) {
      Graph.of(workflow)
          .cycle()
          .ifPresent(way -> problem("/stages", "stages wait for each other: " + arrows(way)));
    }
    return problems;
  }

  private void size() {
    int tasks = workflow.stages().stream().mapToInt(stage -> stage.tasks().size()).sum();
    if (workflow.stages().isEmpty()) {
      problem("/stages", "there is no stage; give at least one");
    } else if (workflow.stages().size() > STAGES || tasks > TASKS) {
      problem(
          "/stages",
          workflow.stages().size()
              + " stages and "
              + tasks
              + " tasks; use up to "
              + STAGES
              + " and "
              + TASKS
              + ", and forEach for many tasks of a kind");
    }
  }

  private void stages() {
    Set<String> names = new LinkedHashSet<>();
    workflow.stages().forEach(stage -> names.add(stage.name()));
    var seen = new LinkedHashSet<String>();
    for (int i = 0; i < workflow.stages().size(); i++) {
      Stage stage = workflow.stages().get(i);
      String at = "/stages/" + i;
      name(at + "/name", stage.name());
      if (!seen.add(stage.name())) {
        problem(at + "/name", "two stages are called '" + stage.name() + "'; name them apart");
      }
      references(at + "/after", "stage '" + stage.name() + "'", stage.after(), names);
      stage(at, stage);
    }
  }

  private void stage(String at, Stage stage) {
    if (stage.tasks().isEmpty()) {
      problem(at + "/tasks", "stage '" + stage.name() + "' has no task; give at least one");
    }
    Set<String> names = new LinkedHashSet<>();
    stage.tasks().forEach(task -> names.add(task.name()));
    int before = problems.size();
    for (int i = 0; i < stage.tasks().size(); i++) {
      StageTask task = stage.tasks().get(i);
      String place = at + "/tasks/" + i;
      task(place, task);
      references(place + "/after", "task '" + task.name() + "'", task.after(), names);
      if (!task.after().isEmpty() && stage.mode() != StageMode.HYBRID) {
        problem(
            place + "/after",
            "after counts in stages of mode hybrid; this one is " + stage.mode().word());
      }
    }
    if (problems.size() == before) {
      Graph.of(stage)
          .cycle()
          .ifPresent(way -> problem(at + "/tasks", "tasks wait for each other: " + arrows(way)));
    }
    if (stage.title() != null && (stage.title().isBlank() || stage.title().length() > TITLE)) {
      problem(at + "/title", "title '" + stage.title() + "'; give 1 to " + TITLE + " characters");
    }
    if (stage.timeLimit() != null && !stage.timeLimit().isPositive()) {
      problem(at + "/timeLimit", "timeLimit " + stage.timeLimit() + "; it must be positive");
    }
    if (stage.validation() != null) {
      task(at + "/validation", stage.validation());
    }
    if (stage.watch() != null) {
      watch(at + "/watch/criteria", stage.watch());
    }
    if (stage.sync() != null) {
      sync(at + "/sync", stage, stage.sync());
    }
  }

  private void task(String at, StageTask task) {
    name(at + "/name", task.name());
    String other = taskPlaces.putIfAbsent(task.name(), at);
    if (other != null) {
      problem(
          at + "/name", "task '" + task.name() + "' is at " + other + " already; name them apart");
    }
    if (task.priority() != null && (task.priority() < 0 || task.priority() > 9)) {
      problem(at + "/priority", "priority " + task.priority() + "; use 0 (urgent) to 9 (idle)");
    }
    if (task.onFailure() == OnFailure.FALLBACK && task.fallback() == null) {
      problem(at + "/fallback", "onFailure is fallback, but no fallback type is named");
    }
    if (task.forEach() != null && Template.pathOf(task.forEach()).isEmpty()) {
      problem(
          at + "/forEach",
          "'" + task.forEach() + "' is no path; use a form such as {{input.items}}");
    }
  }

  private void sync(String at, Stage stage, SyncPoint sync) {
    if (sync.type() != SyncPoint.Type.CRITERIA
        && (!sync.criteria().isEmpty() || sync.where() != null)) {
      criteria(at, sync);
    }
    if (sync.retries() < 0 || sync.retries() > SyncPoint.MOST_RETRIES) {
      problem(
          at + "/retries", "retries " + sync.retries() + "; use 0 to " + SyncPoint.MOST_RETRIES);
    }
    switch (sync.type()) {
      case CRITERIA -> criteria(at, sync);
      case CONSENSUS -> {
        double share = sync.agreement();
        if (!(share > 0 && share <= 1)) {
          problem(at + "/agreement", "agreement " + share + "; use more than 0 and at most 1");
        }
      }
      case QUORUM -> {
        Integer quorum = sync.quorum();
        if (quorum == null || quorum < 1 || quorum > stage.tasks().size()) {
          problem(
              at + "/quorum",
              "quorum " + quorum + "; use 1 to " + stage.tasks().size() + ", the stage's tasks");
        }
      }
      case APPROVAL -> {
        if (sync.timeLimit().isNegative() || sync.timeLimit().isZero()) {
          problem(at + "/timeLimit", "timeLimit " + sync.timeLimit() + "; it must be positive");
        }
      }
    }
  }

  private void watch(String at, Watch watch) {
    if (watch.criteria().isEmpty()) {
      problem(at, "a watch needs a rule, such as \"coverage\": \">=80\"");
    }
    rules(at, watch.criteria());
  }

  private void rules(String at, Map<String, Object> criteria) {
    try {
      Criteria.of(criteria);
    } catch (ExpressionException wrong) {
      problem(at, wrong.getMessage());
    }
  }

  private void criteria(String at, SyncPoint sync) {
    String where = sync.where();
    if (sync.criteria().isEmpty() && where == null) {
      problem(at, "a sync point of type criteria needs criteria or where");
    }
    rules(at + "/criteria", sync.criteria());
    try {
      if (where != null) {
        Criteria.where(where);
      }
    } catch (ExpressionException wrong) {
      problem(at + "/where", wrong.getMessage());
    }
  }

  private void references(String at, String who, List<String> after, Set<String> known) {
    for (int i = 0; i < after.size(); i++) {
      if (!known.contains(after.get(i))) {
        problem(
            at + "/" + i,
            who
                + " waits for '"
                + after.get(i)
                + "', which is not there; there are "
                + String.join(", ", known));
      }
    }
  }

  private void name(String at, String name) {
    if (!NAME.matcher(name).matches()) {
      problem(
          at,
          "name '"
              + name
              + "'; use up to 100 lower-case letters, digits, dashes and underscores, a letter"
              + " first");
    }
  }

  private void problem(String at, @Nullable String detail) {
    problems.add(new Problem(at, String.valueOf(detail)));
  }

  private static String arrows(List<String> way) {
    return String.join(" → ", way);
  }
}
