package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.Planner;
import dev.millrace.apps.crew.plan.Template;
import dev.millrace.apps.crew.plan.Templates;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import java.util.List;

/** Plans out of requests. */
public final class PlanEndpoints {
  private static final String AUTO = "auto";

  private final Planner planner;
  private final Templates templates;

  public PlanEndpoints(Planner planner, Templates templates) {
    this.planner = planner;
    this.templates = templates;
  }

  public List<Endpoint> all() {
    return List.of(analyze());
  }

  private Endpoint analyze() {
    return Endpoint.post("/api/v1/crew/workflows/analyze")
        .id("analyzeRequest")
        .tags("crew")
        .summary("Plan a request without running anything")
        .description(
            "Reads the request by rules and answers with roles, stages, sync points, gates and an"
                + " estimate, and for each decision with the rule and the text behind it.")
        .body(AnalyzeRequest.class, new AnalyzeRequest(Examples.LOGIN, null))
        .answers(200, Plan.class, Examples.plan())
        .problems(CrewProblems.TEMPLATE_NOT_FOUND)
        .handle(request -> Reply.ok(plan(request.body())));
  }

  private Plan plan(AnalyzeRequest asked) {
    String id = asked.template();
    if (id == null) {
      return planner.plan(asked.request(), templates.all());
    }
    if (id.equals(AUTO)) {
      return planner.planByBest(asked.request(), templates.all());
    }
    Template template =
        templates
            .find(id)
            .orElseThrow(() ->
                CrewProblems.TEMPLATE_NOT_FOUND.because("There is no template '" + id + "'."));
    return planner.plan(asked.request(), template, templates.all());
  }
}
