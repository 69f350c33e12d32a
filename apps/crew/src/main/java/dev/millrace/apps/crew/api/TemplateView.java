package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.plan.Phase;
import dev.millrace.apps.crew.plan.Template;
import dev.millrace.apps.crew.plan.TemplateKind;
import dev.millrace.http.schema.Doc;
import java.util.List;

/** A template. */
@Doc("A template: phases that are used again and again.")
public record TemplateView(
    @Doc("Its id.") String id,
    @Doc("Its name, for people.") String name,
    @Doc("What it is for.") String description,
    @Doc("The index of complexity that it is made for.") double threshold,
    @Doc("What it is meant for.") TemplateKind kind,
    @Doc("Domains of requests that it suits.") List<String> domains,
    @Doc("Its phases, in order.") List<Phase> phases,
    @Doc("Whether it is there from the beginning.") boolean builtIn) {

  static TemplateView of(Template template) {
    return new TemplateView(
        template.id(),
        template.name(),
        template.description(),
        template.threshold(),
        template.kind(),
        template.domains(),
        template.phases(),
        template.builtIn());
  }
}
