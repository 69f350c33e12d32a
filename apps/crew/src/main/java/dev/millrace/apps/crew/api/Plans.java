package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Plan;
import dev.millrace.apps.crew.plan.Planner;
import dev.millrace.apps.crew.plan.Template;
import dev.millrace.apps.crew.plan.Templates;
import org.jspecify.annotations.Nullable;

/** Plans requests as clients ask for it. Thread-safe. */
public final class Plans {
  private static final String AUTO = "auto";

  private final Planner planner;
  private final Templates templates;
  private final PlanTimes times = new PlanTimes();

  public Plans(Planner planner, Templates templates) {
    this.planner = planner;
    this.templates = templates;
  }

  /** A plan that a client asked for; how long it took is known from then on. */
  Plan asked(String request, @Nullable String template) {
    long begin = System.nanoTime();
    Plan plan = plan(request, template);
    times.add(System.nanoTime() - begin);
    return plan;
  }

  PlanTimes times() {
    return times;
  }

  /**
   * A plan.
   *
   * @param template id of one, {@code auto} for the best, null for a layout by roles
   */
  public Plan plan(String request, @Nullable String template) {
    if (template == null) {
      return planner.plan(request, templates.all());
    }
    if (template.equals(AUTO)) {
      return planner.planByBest(request, templates.all());
    }
    Template found =
        templates
            .find(template)
            .orElseThrow(() ->
                CrewProblems.TEMPLATE_NOT_FOUND.because(
                    "There is no template '" + template + "'."));
    return planner.plan(request, found, templates.all());
  }
}
