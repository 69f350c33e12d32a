package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.records.RuleGroupRow;
import dev.millrace.apps.draft.records.RuleGroups;
import dev.millrace.http.Cursor;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints of stored rule groups. Thread-safe. */
public final class RuleGroupEndpoints {
  private static final String GROUPS = "/api/v1/draft/rule-groups";
  private static final String GROUP = GROUPS + "/{id}";
  private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}._-]{1,100}");
  private static final int MOST_TITLE = 200;
  private static final String RULES = "/ruleGroup/rules";

  private final RuleGroups groups;
  private final TypedReader reader;
  private final InstantSource clock;

  public RuleGroupEndpoints(RuleGroups groups, TypedReader reader, InstantSource clock) {
    this.groups = groups;
    this.reader = reader;
    this.clock = clock;
  }

  private record Key(String id) {}

  private record VersionKey(int version) {}

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(list(), create(), find(), versions(), version(), replace(), delete());
  }

  private Endpoint list() {
    return Endpoint.get(GROUPS)
        .id("listRuleGroups")
        .tags("draft")
        .summary("List stored rule groups by id")
        .query(DraftList.class)
        .answersPage(RuleGroupView.class, example())
        .handle(request -> {
          Cursor<Key> cursor = Cursor.of("rule-groups", "", Key.class);
          Key key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          List<RuleGroupRow> rows = groups.page(key == null ? "" : key.id(), limit + 1);
          List<RuleGroupRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next = rows.size() > limit ? cursor.encode(new Key(page.getLast().id())) : null;
          return Reply.ok(new Page<>(page.stream().map(RuleGroupEndpoints::view).toList(), next));
        });
  }

  private Endpoint create() {
    return Endpoint.post(GROUPS)
        .id("createRuleGroup")
        .tags("draft")
        .summary("Keep a rule group")
        .description(
            "A recipe then names it as `\"ruleGroup\": \"rg1\"`, or as `{\"id\": \"rg1\","
                + " \"version\": 2}`. Materials that rules name are those of the recipe.")
        .body(RuleGroupBody.class, body())
        .answers(201, RuleGroupView.class, example())
        .problems(DraftProblems.RULE_GROUP_EXISTS, DraftProblems.RULE_GROUP_INVALID)
        .handle(request -> {
          RuleGroupBody body = request.body();
          String given = body.id();
          String id =
              given == null || given.isBlank()
                  ? "rg-" + UUID.randomUUID().toString().substring(0, 8)
                  : given.strip();
          if (!groups.create(id, title(id, body), checked(id, body), clock.instant())) {
            throw DraftProblems.RULE_GROUP_EXISTS.because(
                "There is a rule group '" + id + "' already.");
          }
          return Reply.created(GROUPS + "/" + id, view(row(id)));
        });
  }

  private Endpoint find() {
    return named(Endpoint.get(GROUP))
        .id("findRuleGroup")
        .summary("Read a rule group as it is now")
        .answers(200, RuleGroupView.class, example())
        .handle(request -> Reply.ok(view(row(request.path("id")))));
  }

  private Endpoint versions() {
    return named(Endpoint.get(GROUP + "/versions"))
        .id("listRuleGroupVersions")
        .summary("List the versions of a rule group, newest first")
        .description("Also of one that was deleted: drafts keep the version they were made with.")
        .query(DraftList.class)
        .answersPage(RuleGroupView.class, example())
        .handle(request -> {
          String id = request.path("id");
          Cursor<VersionKey> cursor = Cursor.of("rule-group-versions", id, VersionKey.class);
          VersionKey key = cursor.decode(request.query().cursor());
          int limit = request.query().limit();
          int before = key == null ? Integer.MAX_VALUE : key.version();
          List<RuleGroupRow> rows = groups.versions(id, before, limit + 1);
          if (rows.isEmpty() && key == null) {
            throw missing(id);
          }
          List<RuleGroupRow> page = rows.subList(0, Math.min(limit, rows.size()));
          String next =
              rows.size() > limit ? cursor.encode(new VersionKey(page.getLast().version())) : null;
          return Reply.ok(new Page<>(page.stream().map(RuleGroupEndpoints::view).toList(), next));
        });
  }

  private Endpoint version() {
    return named(Endpoint.get(GROUP + "/versions/{version}"))
        .path("version", "Number of the version.", "1")
        .id("findRuleGroupVersion")
        .summary("Read a version of a rule group")
        .answers(200, RuleGroupView.class, example())
        .handle(request -> {
          String id = request.path("id");
          String version = request.path("version");
          return Reply.ok(
              (version.matches("\\d{1,9}")
                      ? groups.find(id, Integer.parseInt(version))
                      : java.util.Optional.<RuleGroupRow>empty())
                  .map(RuleGroupEndpoints::view)
                  .orElseThrow(() -> missing(id + "' in version '" + version)));
        });
  }

  private Endpoint replace() {
    return Endpoint.put(GROUP)
        .id("replaceRuleGroup")
        .tags("draft")
        .path("id", "Id of the group.", "rg1")
        .summary("Make a new version of a rule group")
        .body(RuleGroupBody.class, body())
        .answers(200, RuleGroupView.class, example())
        .problems(
            DraftProblems.RULE_GROUP_NOT_FOUND,
            DraftProblems.RULE_GROUP_CHANGED,
            DraftProblems.RULE_GROUP_INVALID)
        .handle(request -> {
          String id = request.path("id");
          RuleGroupBody body = request.body();
          RuleGroupRow now = row(id);
          Integer expected = body.version();
          OptionalInt wanted = expected == null ? OptionalInt.empty() : OptionalInt.of(expected);
          if (!groups.replace(id, wanted, title(id, body), checked(id, body), clock.instant())) {
            throw DraftProblems.RULE_GROUP_CHANGED.because(
                "The rule group '" + id + "' is at version " + now.version() + ".");
          }
          return Reply.ok(view(row(id)));
        });
  }

  private Endpoint delete() {
    return named(Endpoint.delete(GROUP))
        .id("deleteRuleGroup")
        .summary("Delete a rule group")
        .description("Recipes can no longer name it; drafts made with it can be made again.")
        .answersEmpty(204)
        .handle(request -> {
          if (!groups.delete(request.path("id"))) {
            throw missing(request.path("id"));
          }
          return Reply.noContent();
        });
  }

  private static String title(String id, RuleGroupBody body) {
    String title = body.title().strip();
    List<Fault> faults = new ArrayList<>();
    if (title.isEmpty() || title.length() > MOST_TITLE) {
      faults.add(
          new Fault(
              "/title",
              "has " + title.length() + " characters; give 1 to " + MOST_TITLE,
              "out-of-range"));
    }
    if (!ID.matcher(id).matches()) {
      faults.add(
          new Fault(
              "/id",
              "is \"" + id + "\"; give 1 to 100 letters, digits, dots, dashes and underscores",
              "out-of-range"));
    }
    if (!faults.isEmpty()) {
      throw invalid(faults);
    }
    return title;
  }

  /** The rules, read as a recipe would be; materials are that recipe's and not known here. */
  private JsonNode checked(String id, RuleGroupBody body) {
    ObjectNode recipe = JsonMapper.shared().createObjectNode();
    ArrayNode rules = recipe.putObject("ruleGroup").put("id", id).putArray("rules");
    body.rules().forEach(rules::add);
    List<Fault> faults =
        reader.read(recipe).faults().stream()
            .filter(fault -> fault.pointer().startsWith(RULES))
            .filter(fault -> !fault.code().equals("unknown-material"))
            .map(fault ->
                new Fault(
                    fault.pointer().substring("/ruleGroup".length()), fault.detail(), fault.code()))
            .toList();
    if (!faults.isEmpty()) {
      throw invalid(faults);
    }
    return rules;
  }

  private static RuntimeException invalid(List<Fault> faults) {
    Fault first = faults.getFirst();
    return DraftProblems.RULE_GROUP_INVALID.because(
        String.format(
            Locale.ROOT,
            "The rule group has %d problems; the first is at %s.",
            faults.size(),
            first.pointer()),
        faults);
  }

  private RuleGroupRow row(String id) {
    return groups.find(id).orElseThrow(() -> missing(id));
  }

  private static RuntimeException missing(String id) {
    return DraftProblems.RULE_GROUP_NOT_FOUND.because("There is no rule group '" + id + "'.");
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("id", "Id of the group.", "rg1")
        .problems(DraftProblems.RULE_GROUP_NOT_FOUND);
  }

  static RuleGroupView view(RuleGroupRow row) {
    return new RuleGroupView(
        row.id(), row.version(), row.title(), row.rules(), row.createdAt(), row.updatedAt());
  }

  private static RuleGroupBody body() {
    return new RuleGroupBody(
        "rg1",
        "竖屏人物图片",
        Examples.recipe().at(RULES).valueStream().map(ObjectNode.class::cast).toList(),
        null);
  }

  private static RuleGroupView example() {
    return new RuleGroupView(
        "rg1",
        1,
        "竖屏人物图片",
        Examples.recipe().at(RULES).valueStream().toList(),
        Examples.CREATED,
        Examples.CREATED);
  }
}
