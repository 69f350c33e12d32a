package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.analysis.Analysis;
import dev.millrace.apps.crew.analysis.Analyzer;
import dev.millrace.apps.crew.analysis.Thinking;
import dev.millrace.apps.crew.analysis.Tier;
import dev.millrace.apps.crew.gates.Criterion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes plans of requests: by the roles that the request needs, or by a template. Thread-safe. */
public final class Planner {
  private static final String DESIGN = "design";
  private static final String IMPLEMENTATION = "implementation";
  private static final int FEW_ROLES = 2;
  private static final int PARALLEL_UP_TO = 2;

  private record Slot(
      String name,
      String description,
      boolean parallel,
      @Nullable SyncPoint sync,
      @Nullable Map<String, String> gate) {}

  private static final List<Slot> SLOTS =
      List.of(
          new Slot(
              DESIGN,
              "Analysis and design",
              true,
              SyncPoint.of("design agreed", SyncType.CONSENSUS, Map.of("agreement", ">=0.8")),
              null),
          new Slot(
              IMPLEMENTATION,
              "Implementation",
              true,
              SyncPoint.of("integration", SyncType.VALIDATION, Map.of("api_compat", "==100")),
              null),
          new Slot(
              "quality",
              "Quality",
              true,
              null,
              Criterion.ordered("tests_passed", ">95", "coverage", ">80")),
          new Slot(
              "deployment",
              "Deployment preparation",
              false,
              SyncPoint.of("final check", SyncType.CHECKPOINT, Map.of("deployment_ready", "true")),
              null),
          new Slot("documentation", "Documentation", false, null, null));

  private final Analyzer analyzer;
  private final Function<String, Optional<String>> stageOf;
  private final BiFunction<String, String, Optional<History>> history;
  private final BiFunction<String, String, Optional<CheckHistory>> checks;
  private final Function<String, Optional<Double>> hoursOf;

  /**
   * @param stageOf the stage that an agent works in, if any fits
   * @param history how requests of a domain and a complexity went before
   * @param checks how checks of a domain and a stage went before
   * @param hoursOf how long the work of an agent takes, if that was learned
   */
  public Planner(
      Analyzer analyzer,
      Function<String, Optional<String>> stageOf,
      BiFunction<String, String, Optional<History>> history,
      BiFunction<String, String, Optional<CheckHistory>> checks,
      Function<String, Optional<Double>> hoursOf) {
    this.analyzer = analyzer;
    this.stageOf = stageOf;
    this.history = history;
    this.checks = checks;
    this.hoursOf = hoursOf;
  }

  /** A plan by the roles that {@code request} needs. */
  public Plan plan(String request, Collection<Template> templates) {
    Analysis analysis = analyzer.analyze(request);
    Draft draft = new Draft(analysis, analysis.roles().size());
    layOut(analysis, draft);
    return finish(analysis, draft, mode(analysis.roles()), null, templates);
  }

  /** A plan with the phases and agents of the template that suits {@code request} best. */
  public Plan planByBest(String request, Collection<Template> templates) {
    Analysis analysis = analyzer.analyze(request);
    String best = TemplateScore.all(analysis, templates).getFirst().id();
    Template template =
        templates.stream().filter(each -> each.id().equals(best)).findFirst().orElseThrow();
    return byTemplate(analysis, template, templates);
  }

  /** A plan with the phases and agents of {@code template}. */
  public Plan plan(String request, Template template, Collection<Template> templates) {
    return byTemplate(analyzer.analyze(request), template, templates);
  }

  private Plan byTemplate(Analysis analysis, Template template, Collection<Template> templates) {
    int count = template.phases().stream().mapToInt(phase -> phase.agents().size()).sum();
    Draft draft = new Draft(analysis, count);
    for (Phase phase : template.phases()) {
      String about = phase.description() == null ? phase.name() : phase.description();
      draft.stage(
          phase.name(),
          about,
          phase.order(),
          phase.agents(),
          phase.dependsOn(),
          phase.syncPoint(),
          phase.gate(),
          phase.timeLimit(),
          phase.entry(),
          phase.retries(),
          phase.process());
    }
    return finish(analysis, draft, ExecutionMode.HYBRID, template.id(), templates);
  }

  private void layOut(Analysis analysis, Draft draft) {
    boolean gated = analysis.tier() == Tier.PREMIUM;
    for (Slot slot : SLOTS) {
      List<String> roles =
          analysis.roles().stream()
              .filter(role -> slot.name().equals(stageOf.apply(role).orElse("")))
              .toList();
      boolean parallel =
          slot.parallel() && !(slot.name().equals(IMPLEMENTATION) && roles.size() > PARALLEL_UP_TO);
      if (!roles.isEmpty()) {
        draft.stage(
            slot.name(),
            slot.description(),
            parallel ? ExecutionMode.PARALLEL : ExecutionMode.SEQUENTIAL,
            roles,
            draft.last(),
            gated ? slot.sync() : null,
            gated ? slot.gate() : null,
            Phase.USUAL_TIME_LIMIT,
            null,
            0,
            null);
      }
    }
    List<String> others =
        analysis.roles().stream()
            .filter(role -> SLOTS.stream().noneMatch(slot -> isIn(role, slot)))
            .toList();
    if (!others.isEmpty()) {
      draft.stage(
          "execution",
          "Task execution",
          ExecutionMode.PARALLEL,
          others,
          draft.last(),
          null,
          null,
          Phase.USUAL_TIME_LIMIT,
          null,
          0,
          null);
    }
  }

  private boolean isIn(String role, Slot slot) {
    return slot.name().equals(stageOf.apply(role).orElse(""));
  }

  private ExecutionMode mode(List<String> roles) {
    if (roles.size() <= FEW_ROLES) {
      return ExecutionMode.SEQUENTIAL;
    }
    Set<String> stages = new LinkedHashSet<>();
    roles.forEach(role -> stageOf.apply(role).ifPresent(stages::add));
    return stages.contains(DESIGN) && stages.contains(IMPLEMENTATION)
        ? ExecutionMode.HYBRID
        : ExecutionMode.PARALLEL;
  }

  private Plan finish(
      Analysis analysis,
      Draft draft,
      ExecutionMode mode,
      @Nullable String template,
      Collection<Template> templates) {
    return new Plan(
        analysis.complexity(),
        analysis.points(),
        analysis.index(),
        analysis.domain(),
        analysis.domains(),
        analysis.priority(),
        analysis.tier(),
        template == null ? analysis.roles() : draft.roles(),
        mode,
        draft.stages,
        draft.tasks,
        Schedule.of(draft.stages, draft.tasks),
        analysis.estimateHours(),
        analysis.size(),
        analysis.duration(),
        analysis.thinking(),
        analysis.keywords(),
        template,
        TemplateScore.all(analysis, templates),
        draft.history,
        analysis.why(),
        analysis.because());
  }

  /** Agents of one group side by side, in the order of groups, where the mode knows any. */
  private List<String> inGroups(ExecutionMode mode, List<String> agents) {
    return mode.isGrouped()
        ? agents.stream().sorted(Comparator.comparingInt(this::place)).toList()
        : agents;
  }

  /** The place of the slot that an agent belongs to; who belongs to none comes last. */
  private int place(String agent) {
    String stage = stageOf.apply(agent).orElse("");
    for (int i = 0; i < SLOTS.size(); i++) {
      if (SLOTS.get(i).name().equals(stage)) {
        return i;
      }
    }
    return SLOTS.size();
  }

  /** Stages and tasks while they are laid out. */
  private final class Draft {
    private final String domain;
    private final Thinking thinking;
    private final int priority;
    private final double hours;
    final List<Stage> stages = new ArrayList<>();
    final List<WorkTask> tasks = new ArrayList<>();
    private final Set<String> ids = new LinkedHashSet<>();
    final @Nullable History history;

    Draft(Analysis analysis, int taskCount) {
      this.domain = analysis.domain();
      this.thinking = analysis.thinking();
      this.priority = 2 * analysis.priority();
      this.history =
          Planner.this.history.apply(analysis.domain(), analysis.complexity().name()).orElse(null);
      double all = history == null ? analysis.estimateHours() : history.meanHours();
      this.hours = Math.round(all / Math.max(1, taskCount) * 1_000) / 1_000.0;
    }

    /** The stage before the next one, if there is any. */
    List<String> last() {
      return stages.isEmpty() ? List.of() : List.of(stages.getLast().name());
    }

    List<String> roles() {
      return tasks.stream().map(WorkTask::agent).distinct().toList();
    }

    void stage(
        String name,
        String description,
        ExecutionMode mode,
        List<String> agents,
        List<String> dependsOn,
        @Nullable SyncPoint sync,
        @Nullable Map<String, String> gate,
        Duration timeLimit,
        @Nullable Map<String, String> entry,
        int retries,
        @Nullable ProcessGate process) {
      List<String> own = new ArrayList<>();
      Sequence sequence = new Sequence(mode);
      for (String agent : inGroups(mode, agents)) {
        String id = id(agent);
        List<String> before = sequence.before(id, place(agent));
        tasks.add(
            new WorkTask(
                id,
                agent,
                description + ": " + agent,
                name,
                priority,
                WorkTask.platformPriority(priority),
                WorkTask.USUAL_TIMEOUT,
                WorkTask.MOST_RETRIES,
                before,
                hoursOf.apply(agent).orElse(hours)));
        own.add(id);
      }
      CheckHistory before =
          sync == null && gate == null ? null : checks.apply(domain, name).orElse(null);
      stages.add(
          new Stage(
              name,
              description,
              mode,
              own,
              dependsOn,
              sync,
              gate,
              before,
              thinking,
              timeLimit,
              entry,
              retries,
              process));
    }

    /** The agent's name; with a number where it works more than once. */
    private String id(String agent) {
      String id = agent;
      for (int n = 2; !ids.add(id); n++) {
        id = agent + "-" + n;
      }
      return id;
    }
  }
}
