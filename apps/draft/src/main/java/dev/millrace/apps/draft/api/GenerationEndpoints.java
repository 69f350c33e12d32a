package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.Generation;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of the records of how drafts came to be. Thread-safe. */
public final class GenerationEndpoints {
  private static final String RECORDS = "/api/v1/draft/generation-records";
  private static final String RECORD = RECORDS + "/{name}";
  private static final GenerationView EXAMPLE =
      new GenerationView(
          Examples.NAME,
          "竖屏人物图片",
          "ready",
          "rg1",
          2,
          "recipe",
          "",
          Examples.TASK,
          Examples.CREATED,
          Examples.CREATED.plusSeconds(4),
          5_242_880,
          null,
          "/srv/drafts/" + Examples.NAME);

  private final GenerationRecords generations;
  private final DraftRecords records;
  private final DraftRoot root;

  public GenerationEndpoints(GenerationRecords generations, DraftRecords records, DraftRoot root) {
    this.generations = generations;
    this.records = records;
    this.root = root;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(list(), find(), recipe(), delete());
  }

  private Endpoint list() {
    return Endpoint.get(RECORDS)
        .id("listGenerationRecords")
        .tags("draft")
        .summary("List how drafts came to be, newest first")
        .query(GenerationQuery.class)
        .answersPage(GenerationView.class, EXAMPLE)
        .handle(request -> {
          GenerationQuery query = request.query();
          GenerationRecords.Filter filter = filter(query);
          Cursor<GenerationQuery.Key> cursor =
              Cursor.of("generation-records", filter.toString(), GenerationQuery.Key.class);
          GenerationQuery.Key key = cursor.decode(query.cursor());
          List<Generation> rows =
              generations.page(
                  filter, key == null ? Long.MAX_VALUE : key.task(), query.limit() + 1);
          List<Generation> page = rows.subList(0, Math.min(query.limit(), rows.size()));
          String next =
              rows.size() > query.limit()
                  ? cursor.encode(new GenerationQuery.Key(page.getLast().task().key()))
                  : null;
          return Reply.ok(new Page<>(page.stream().map(this::view).toList(), next));
        });
  }

  private static GenerationRecords.Filter filter(GenerationQuery query) {
    GenerationQuery.State state = query.state();
    GenerationQuery.From source = query.source();
    return new GenerationRecords.Filter(
        query.ruleGroup(),
        state == null ? null : state.name().toLowerCase(Locale.ROOT),
        source == null ? null : Generation.Source.valueOf(source.name()),
        query.origin(),
        query.text(),
        query.after(),
        query.before());
  }

  private Endpoint find() {
    return named(Endpoint.get(RECORD))
        .id("findGenerationRecord")
        .summary("Look at how a draft came to be")
        .answers(200, GenerationView.class, EXAMPLE)
        .handle(request -> Reply.ok(view(generation(request.path("name")))));
  }

  private Endpoint recipe() {
    return named(Endpoint.get(RECORD + "/recipe"))
        .id("generationRecipe")
        .summary("Read the recipe of a draft as it was sent, also after the draft is gone")
        .answers(200, ObjectNode.class, Examples.recipe())
        .handle(request -> {
          String recipe = records.recipe(generation(request.path("name")).task());
          return Reply.ok(JsonMapper.shared().readTree(recipe));
        });
  }

  private Endpoint delete() {
    return named(Endpoint.delete(RECORD))
        .id("deleteGenerationRecord")
        .summary("Delete the record and the recipe of a draft that is gone")
        .answersEmpty(204)
        .problems(DraftProblems.RECORD_IN_USE)
        .handle(request -> {
          Generation made = generation(request.path("name"));
          if (!generations.delete(made.task())) {
            throw DraftProblems.RECORD_IN_USE.because(
                "The draft '" + made.name() + "' is still there.");
          }
          return Reply.noContent();
        });
  }

  private Generation generation(String name) {
    return generations
        .find(name)
        .orElseThrow(
            () -> DraftProblems.RECORD_NOT_FOUND.because("There is no record of '" + name + "'."));
  }

  private GenerationView view(Generation made) {
    return new GenerationView(
        made.name(),
        made.title(),
        made.ended() == null ? "open" : made.ended().name().toLowerCase(Locale.ROOT),
        made.ruleGroup(),
        made.ruleGroupVersion(),
        made.source().name().toLowerCase(Locale.ROOT),
        made.origin(),
        made.task().toString(),
        made.createdAt(),
        made.endedAt(),
        made.bytes(),
        made.code(),
        root.find(made.name()).map(Object::toString).orElse(null));
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("name", "Name of the draft.", Examples.NAME)
        .problems(DraftProblems.RECORD_NOT_FOUND);
  }
}
