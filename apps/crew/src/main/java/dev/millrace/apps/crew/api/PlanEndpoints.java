package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import java.util.List;

/** Plans out of requests. */
public final class PlanEndpoints {
  private final Plans plans;

  public PlanEndpoints(Plans plans) {
    this.plans = plans;
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
        .answersLazily(200, Plan.class, Examples::plan)
        .problems(CrewProblems.TEMPLATE_NOT_FOUND)
        .handle(
            request -> Reply.ok(plans.asked(request.body().request(), request.body().template())));
  }
}
