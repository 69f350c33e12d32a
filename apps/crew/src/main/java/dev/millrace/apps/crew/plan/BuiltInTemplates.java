package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.gates.Criterion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two templates that are there from the beginning. */
final class BuiltInTemplates {
  static final List<Template> ALL =
      List.of(
          new Template(
              "premium_quality_workflow",
              "Premium quality",
              "Five staged phases, each ending in a check.",
              9,
              TemplateKind.PREMIUM,
              List.of("development", "security"),
              List.of(
                  phase(
                      "requirement_analysis",
                      "Agree on what is wanted",
                      List.of("business-analyst", "product-strategist", "ux-designer"),
                      true,
                      List.of(),
                      SyncPoint.of(
                          "requirements agreed",
                          SyncType.CONSENSUS,
                          Map.of("agreement_percent", ">80")),
                      null),
                  phase(
                      "architecture_design",
                      "Design and review the architecture",
                      List.of("api-designer", "backend-architect", "database-specialist"),
                      false,
                      List.of("requirement_analysis"),
                      null,
                      Map.of("architecture_review", ">=0.85")),
                  phase(
                      "parallel_implementation",
                      "Build all parts side by side",
                      List.of("backend-architect", "frontend-specialist", "database-specialist"),
                      true,
                      List.of("architecture_design"),
                      SyncPoint.of(
                          "integration check", SyncType.VALIDATION, Map.of("api_compat", "==100")),
                      null),
                  phase(
                          "quality_assurance",
                          "Prove that it is right, safe and fast",
                          List.of(
                              "test-engineer",
                              "security-auditor",
                              "performance-engineer",
                              "code-reviewer"),
                          true,
                          List.of("parallel_implementation"),
                          null,
                          Criterion.ordered(
                              "coverage", ">=90", "security", ">=8.5", "api_ms", "<=200"))
                      .withProcess(
                          new ProcessGate(
                              Criterion.ordered(
                                  "coverage", ">=90", "security", ">=8.5", "api_ms", "<=200"),
                              false)),
                  phase(
                      "deployment_prep",
                      "Make it ready to go out",
                      List.of("devops-engineer", "deployment-manager"),
                      false,
                      List.of("quality_assurance"),
                      SyncPoint.of(
                          "final verification",
                          SyncType.CHECKPOINT,
                          Map.of("deployment_ready", "true")),
                      null)),
              true),
          new Template(
              "rapid_development_workflow",
              "Rapid development",
              "Look, build, try.",
              5,
              TemplateKind.RAPID,
              List.of("maintenance", "optimisation", "general"),
              List.of(
                  phase(
                      "quick_analysis",
                      "See what is wanted",
                      List.of("business-analyst"),
                      false,
                      List.of(),
                      null,
                      null),
                  phase(
                      "rapid_implementation",
                      "Build it",
                      List.of("backend-architect", "frontend-specialist"),
                      true,
                      List.of("quick_analysis"),
                      null,
                      null),
                  phase(
                      "basic_testing",
                      "Try it",
                      List.of("test-engineer"),
                      false,
                      List.of("rapid_implementation"),
                      null,
                      null)),
              true));

  private BuiltInTemplates() {}

  private static Phase phase(
      String name,
      String description,
      List<String> agents,
      boolean parallel,
      List<String> dependsOn,
      @Nullable SyncPoint sync,
      @Nullable Map<String, String> gate) {
    return new Phase(
        name, description, agents, parallel, dependsOn, sync, gate, Phase.USUAL_TIME_LIMIT);
  }
}
