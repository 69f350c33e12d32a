package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.agents.Agents;
import dev.millrace.apps.crew.plan.PlanException;
import dev.millrace.apps.crew.plan.Template;
import dev.millrace.apps.crew.plan.Templates;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.HttpProblems;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import java.util.List;

/** The templates of plans. */
public final class TemplateEndpoints {
  private static final String TEMPLATES = "/api/v1/crew/templates";
  private static final String TEMPLATE = TEMPLATES + "/{id}";

  private final Templates templates;
  private final Agents agents;

  public TemplateEndpoints(Templates templates, Agents agents) {
    this.templates = templates;
    this.agents = agents;
  }

  public List<Endpoint> all() {
    return List.of(list(), find(), add(), put(), remove());
  }

  private Endpoint list() {
    return Endpoint.get(TEMPLATES)
        .id("listTemplates")
        .tags("crew")
        .summary("List templates by id")
        .answersPage(TemplateView.class, Examples.TEMPLATE)
        .handle(_ ->
            Reply.ok(new Page<>(templates.all().stream().map(TemplateView::of).toList(), null)));
  }

  private Endpoint find() {
    return named(Endpoint.get(TEMPLATE))
        .id("findTemplate")
        .summary("Look at a template")
        .answers(200, TemplateView.class, Examples.TEMPLATE)
        .problems(CrewProblems.TEMPLATE_NOT_FOUND)
        .handle(request -> Reply.ok(TemplateView.of(template(request.path("id")))));
  }

  private Endpoint add() {
    return Endpoint.post(TEMPLATES)
        .id("addTemplate")
        .tags("crew")
        .summary("Make a template")
        .body(TemplateBody.class, Examples.TEMPLATE_BODY)
        .answers(201, TemplateView.class, Examples.TEMPLATE)
        .problems(CrewProblems.TEMPLATE_INVALID, CrewProblems.TEMPLATE_EXISTS)
        .handle(request -> {
          String id = request.body().id();
          if (id == null) {
            throw HttpProblems.BODY_INVALID.because(
                "The template has no id.",
                List.of(new Fault("/id", "is required: a text", "required")));
          }
          if (templates.find(id).isPresent()) {
            throw CrewProblems.TEMPLATE_EXISTS.because("There is a template '" + id + "' already.");
          }
          Template template = save(request.body().as(id));
          return Reply.created(TEMPLATES + "/" + id, TemplateView.of(template));
        });
  }

  private Endpoint put() {
    return named(Endpoint.put(TEMPLATE))
        .id("putTemplate")
        .summary("Make or replace a template")
        .body(TemplateBody.class, Examples.TEMPLATE_BODY)
        .answers(200, TemplateView.class, Examples.TEMPLATE)
        .problems(CrewProblems.TEMPLATE_INVALID, CrewProblems.TEMPLATE_BUILT_IN)
        .handle(request -> {
          String id = request.path("id");
          String own = request.body().id();
          if (!id.matches(TemplateBody.ID) || (own != null && !own.equals(id))) {
            throw HttpProblems.BODY_INVALID.because(
                "The ids do not fit.",
                List.of(
                    new Fault(
                        "/id",
                        "must be that of the address, '"
                            + id
                            + "', in lower-case letters, digits,"
                            + " dashes and _",
                        "invalid")));
          }
          requireOwn(id);
          return Reply.ok(TemplateView.of(save(request.body().as(id))));
        });
  }

  private Endpoint remove() {
    return named(Endpoint.delete(TEMPLATE))
        .id("removeTemplate")
        .summary("Remove a template")
        .answersEmpty(204)
        .problems(CrewProblems.TEMPLATE_NOT_FOUND, CrewProblems.TEMPLATE_BUILT_IN)
        .handle(request -> {
          String id = request.path("id");
          requireOwn(id);
          if (!templates.remove(id)) {
            throw CrewProblems.TEMPLATE_NOT_FOUND.because("There is no template '" + id + "'.");
          }
          return Reply.noContent();
        });
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint.tags("crew").path("id", "Id of the template.", "premium_quality_workflow");
  }

  private Template template(String id) {
    return templates
        .find(id)
        .orElseThrow(
            () -> CrewProblems.TEMPLATE_NOT_FOUND.because("There is no template '" + id + "'."));
  }

  private void requireOwn(String id) {
    if (templates.find(id).map(Template::builtIn).orElse(false)) {
      throw CrewProblems.TEMPLATE_BUILT_IN.because("The template '" + id + "' is built in.");
    }
  }

  private Template save(Template template) {
    try {
      template.check(agents::has);
    } catch (PlanException wrong) {
      throw CrewProblems.TEMPLATE_INVALID.because(
          "The template has "
              + wrong.faults().size()
              + " faults; the first: "
              + wrong.faults().getFirst().detail()
              + ".",
          wrong.faults());
    }
    templates.put(template);
    return template;
  }
}
