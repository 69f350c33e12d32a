package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.analysis.Analysis;
import dev.millrace.http.schema.Doc;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How well a template suits a request, and why. */
@Doc("How well a template suits a request, and why.")
public record TemplateScore(
    @Doc("The template.") String id,
    @Doc("The sum of the parts.") double score,
    @Doc("0.6 × (10 − the distance between the index and the template's threshold).")
        double complexity,
    @Doc("30 for a premium template at priority 4 or 5, 25 for a rapid one at 1 or 2.")
        double priority,
    @Doc("20 if the template is meant for the request's domain.") double domain) {

  /** All scores, the best first; of equal ones, by id. */
  public static List<TemplateScore> all(Analysis analysis, Collection<Template> templates) {
    return templates.stream()
        .map(template -> of(analysis, template))
        .sorted(
            Comparator.comparingDouble((TemplateScore score) -> -score.score())
                .thenComparing(TemplateScore::id))
        .toList();
  }

  static TemplateScore of(Analysis analysis, Template template) {
    double complexity = 0.6 * (10 - Math.abs(template.threshold() - analysis.index()));
    double priority =
        switch (template.kind()) {
          case PREMIUM -> analysis.priority() >= 4 ? 30 : 0;
          case RAPID -> analysis.priority() <= 2 ? 25 : 0;
          case CUSTOM -> 0;
        };
    double domain = template.domains().contains(analysis.domain()) ? 20 : 0;
    double sum = Math.round((complexity + priority + domain) * 100) / 100.0;
    return new TemplateScore(
        template.id(), sum, Math.round(complexity * 100) / 100.0, priority, domain);
  }
}
