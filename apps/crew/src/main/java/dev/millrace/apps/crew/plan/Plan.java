package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.analysis.Analysis.Because;
import dev.millrace.apps.crew.analysis.Complexity;
import dev.millrace.apps.crew.analysis.Match;
import dev.millrace.apps.crew.analysis.Size;
import dev.millrace.apps.crew.analysis.Thinking;
import dev.millrace.apps.crew.analysis.Tier;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done for a request, by whom, in which order, and why. */
@Doc("What is to be done for a request, by whom, in which order, and why.")
public record Plan(
    @Doc("How hard it is.") Complexity complexity,
    @Doc("Points of complexity: up to 2 simple, up to 5 medium.") int points,
    @Doc("The index of complexity, 1 to 10.") double index,
    @Doc("What it is about.") String domain,
    @Doc("All domains found, most hits first.") List<String> domains,
    @Doc("1 low to 5 urgent.") int priority,
    @Doc("Premium work is gated, standard work is not.") Tier tier,
    @Doc("Who works on it.") List<String> roles,
    @Doc("How the roles work together.") ExecutionMode mode,
    @Doc("The stages, in order.") List<Stage> stages,
    @Doc("What each role does.") List<WorkTask> tasks,
    @Doc("Levels and critical path.") Schedule schedule,
    @Doc("Hours of work, estimated.") double estimateHours,
    @Doc("How much there is to make.") Size size,
    @Doc("The time that the request names.") @Nullable Duration duration,
    @Doc("How hard the agents are told to think.") Thinking thinking,
    @Doc("Words found, by group.") Map<String, List<String>> keywords,
    @Doc("The template it was made from; null for the layout by roles.")
        @Nullable String templateId,
    @Doc("How well the templates suit, the best first.") List<TemplateScore> templates,
    @Doc("How such requests went before; null if too few are recorded.") @Nullable History history,
    @Doc("Why these roles: the pattern and the text that triggered it.") List<Match> why,
    @Doc("Why everything else.") Because because) {

  /** The same where the checks of all stages are tried again so often. */
  public Plan withGateRetries(int times) {
    return with(stages.stream().map(stage -> stage.withRetries(times)).toList());
  }

  /**
   * The same where these stages are watched while they are at work.
   *
   * @param gates by the stage's name
   * @throws PlanException if there is no such stage
   */
  public Plan withProcessGates(Map<String, ProcessGate> gates) {
    List<String> names = stages.stream().map(Stage::name).toList();
    List<Fault> unknown =
        gates.keySet().stream()
            .filter(name -> !names.contains(name))
            .map(name ->
                new Fault(
                    "/processGates/" + name.replace("~", "~0").replace("/", "~1"),
                    "the plan has no stage '" + name + "'; it has " + String.join(", ", names),
                    "missing-reference"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new PlanException(unknown);
    }
    return with(
        stages.stream()
            .map(stage -> {
              ProcessGate gate = gates.get(stage.name());
              return gate == null ? stage : stage.withProcess(gate);
            })
            .toList());
  }

  private Plan with(List<Stage> others) {
    return new Plan(
        complexity,
        points,
        index,
        domain,
        domains,
        priority,
        tier,
        roles,
        mode,
        others,
        tasks,
        schedule,
        estimateHours,
        size,
        duration,
        thinking,
        keywords,
        templateId,
        templates,
        history,
        why,
        because);
  }
}
