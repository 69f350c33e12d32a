package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.analysis.Match;
import dev.millrace.apps.crew.decisions.Choice;
import dev.millrace.apps.crew.decisions.DecisionStatus;
import dev.millrace.apps.crew.decisions.Impact;
import dev.millrace.apps.crew.decisions.Metadata;
import dev.millrace.apps.crew.decisions.NewDecision;
import dev.millrace.apps.crew.executions.AgentWork;
import dev.millrace.apps.crew.executions.NewExecution;
import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is written about a run that is over. */
final class RunStory {
  private static final int TITLE = 200;
  private static final int TEXT = 10_000;
  private static final int SCORES = 50;
  private static final int ISSUES = 100;
  private static final double MOST_SECONDS = 31_536_000;

  private final RunReader run;
  private final RunEnd end;
  private final Plan plan;

  RunStory(RunReader run, RunEnd end) {
    this.run = run;
    this.end = end;
    plan = run.input().plan();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most - 1) + "…" : text;
  }

  private String request() {
    return run.input().request();
  }

  /** Why these roles and this mode, and what became of it. */
  NewDecision decision() {
    List<String> tags =
        List.of("crew", "workflow", plan.domain(), word(plan.complexity()), end.status());
    return new NewDecision(
        run.input().project(),
        cut("Who works on: " + request().strip().replaceAll("\\s+", " "), TITLE),
        end.at(),
        DecisionStatus.ACCEPTED,
        cut(request(), TEXT),
        plan.templates().stream()
            .limit(10)
            .map(score ->
                new Choice(
                    cut("template " + score.id() + ", score " + score.score(), TITLE),
                    List.of(),
                    List.of()))
            .toList(),
        cut(
            String.join(", ", plan.roles())
                + " work in mode "
                + word(plan.mode())
                + ", tier "
                + word(plan.tier())
                + (plan.templateId() == null ? "" : ", by template " + plan.templateId())
                + ". Stages: "
                + plan.stages().stream().map(RunStory::stage).collect(Collectors.joining("; "))
                + ".",
            TEXT),
        cut(reasons(), TEXT),
        cut(consequences(), TEXT),
        "crew",
        List.of(),
        plan.roles(),
        tags.stream().distinct().toList(),
        List.of(),
        new Metadata(null, word(plan.complexity()), end.run(), null));
  }

  private static String stage(Stage stage) {
    return stage.name() + " (" + word(stage.mode()) + ": " + String.join(", ", stage.tasks()) + ")";
  }

  private String reasons() {
    List<String> lines = new ArrayList<>();
    for (Match match : plan.why()) {
      lines.add("'" + match.matched() + "' matches " + match.rule() + " (" + match.effect() + ").");
    }
    for (Match match : plan.because().tier()) {
      lines.add("Tier: '" + match.matched() + "' (" + match.rule() + ").");
    }
    for (Match match : plan.because().complexity()) {
      lines.add("Complexity: '" + match.matched() + "' " + match.effect() + ".");
    }
    lines.add(plan.points() + " points are " + word(plan.complexity()) + ".");
    return String.join("\n", lines);
  }

  private String consequences() {
    String metrics =
        run.metrics().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return "The run "
        + end.status()
        + " after "
        + Math.round(seconds())
        + " s"
        + (end.failure() == null ? "." : ": " + end.failure())
        + (metrics.isEmpty() ? "" : "\nMeasured: " + metrics + ".");
  }

  private double seconds() {
    return seconds(run.run().startedAt(), end.at());
  }

  /** How it went, which the estimates of such requests learn from. */
  NewExecution execution() {
    List<AgentTask> tasks = run.stages().stream().flatMap(stage -> stage.tasks().stream()).toList();
    List<String> agents =
        tasks.stream()
            .filter(task -> task.startedAt() != null)
            .map(AgentTask::agent)
            .distinct()
            .toList();
    List<String> issues = new ArrayList<>();
    if (end.failure() != null) {
      issues.add(cut(end.failure(), 2_000));
    }
    tasks.stream()
        .filter(task -> task.error() != null)
        .forEach(task ->
            issues.add(cut(task.id() + ": " + Objects.requireNonNull(task.error()), 2_000)));
    Map<String, Double> scores = new LinkedHashMap<>();
    run.metrics().entrySet().stream()
        .limit(SCORES)
        .forEach(entry -> scores.put(entry.getKey(), entry.getValue()));
    return new NewExecution(
        request(),
        end.run(),
        plan.templateId(),
        agents,
        seconds(),
        scores,
        null,
        end.status().equals("succeeded"),
        issues.stream().limit(ISSUES).toList(),
        work(),
        stages());
  }

  /** By stage how long it took, where it was through. */
  private Map<String, Double> stages() {
    Map<String, Double> stages = new LinkedHashMap<>();
    for (StageView stage : run.stages()) {
      if (stage.startedAt() != null && stage.endedAt() != null && stages.size() < SCORES) {
        stages.put(stage.name(), seconds(stage.startedAt(), stage.endedAt()));
      }
    }
    return stages;
  }

  private static double seconds(Instant from, Instant to) {
    return Math.clamp(Duration.between(from, to).toMillis() / 1_000.0, 0, MOST_SECONDS);
  }

  /** By agent how long it was at work, and whether its own part succeeded. */
  private Map<String, AgentWork> work() {
    Map<String, AgentWork> work = new LinkedHashMap<>();
    for (StageView stage : run.stages()) {
      SyncView sync = stage.sync();
      ProcessView process = stage.process();
      boolean stopped =
          (sync != null && "failed".equals(sync.status()))
              || (process != null && "failed".equals(process.status()));
      for (AgentTask task : stage.tasks()) {
        boolean over = task.state() == WorkState.COMPLETED || task.state() == WorkState.FAILED;
        if (task.startedAt() != null && (over || task.state() == WorkState.SKIPPED)) {
          boolean good = task.state() == WorkState.COMPLETED && !stopped && !task.fallback();
          work.merge(
              task.agent(),
              new AgentWork(seconds(task), good),
              (one, other) ->
                  new AgentWork(
                      Math.min(MOST_SECONDS, one.seconds() + other.seconds()),
                      one.success() && other.success()));
        }
      }
    }
    return work;
  }

  private double seconds(AgentTask task) {
    Instant until = task.endedAt() == null ? end.at() : task.endedAt();
    return seconds(Objects.requireNonNull(task.startedAt()), until);
  }

  /** That the run was over once more. */
  Impact impact() {
    return new Impact(
        "run",
        cut("Begun again, " + consequences(), 5_000),
        end.status().equals("succeeded") ? "positive" : "negative",
        Map.of("seconds", seconds()),
        end.at());
  }
}
