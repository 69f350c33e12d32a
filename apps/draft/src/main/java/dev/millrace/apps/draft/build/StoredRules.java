package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.records.RuleGroupRow;
import dev.millrace.apps.draft.records.RuleGroups;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts stored rule groups into recipes that name one: {@code "ruleGroup": "rg1"}, or {@code {"id":
 * "rg1", "version": 2}} without rules. Thread-safe.
 */
public final class StoredRules {
  private static final String FIELD = "ruleGroup";

  private final RuleGroups groups;

  public StoredRules(RuleGroups groups) {
    this.groups = groups;
  }

  /**
   * A recipe to be read.
   *
   * @param group id of its rule group, empty if it has none
   * @param version of a stored group, 0 if the recipe brings its own
   * @param fault why the group that it names cannot be had
   */
  public record Chosen(JsonNode recipe, String group, int version, @Nullable Fault fault) {}

  /** The recipe with the group that it names as it is now, or in the version that it names. */
  public Chosen choose(JsonNode recipe) {
    JsonNode named = recipe.path(FIELD);
    boolean byObject = named.isObject() && named.path("id").isString() && !named.has("rules");
    if (!named.isString() && !byObject) {
      String id = named.path("id").isString() ? named.path("id").stringValue() : "";
      return new Chosen(recipe, id, 0, null);
    }
    String id = named.isString() ? named.stringValue() : named.path("id").stringValue();
    JsonNode version = named.path("version");
    if (!version.isMissingNode() && !(version.isInt() && version.intValue() > 0)) {
      return refused(
          recipe,
          "/ruleGroup/version",
          "wrong-type",
          "is " + version + "; give the number of a version, from 1, or leave it out");
    }
    Optional<RuleGroupRow> group =
        version.isInt() ? groups.find(id, version.intValue()) : groups.find(id);
    if (group.isEmpty()) {
      return refused(
          recipe,
          named.isString() ? "/ruleGroup" : "/ruleGroup/id",
          "unknown-rule-group",
          "there is no rule group \""
              + id
              + "\""
              + (version.isInt() ? " in version " + version : "")
              + "; look up their ids at /api/v1/draft/rule-groups, or send the rules");
    }
    return new Chosen(filled(recipe, group.get()), id, group.get().version(), null);
  }

  /** The recipe with the version that was chosen when it was sent. */
  JsonNode fill(JsonNode recipe, String id, int version) {
    if (version == 0) {
      return recipe;
    }
    RuleGroupRow group =
        groups
            .find(id, version)
            .orElseThrow(() ->
                new IllegalStateException(
                    "version " + version + " of the rule group '" + id + "' is gone; a bug"));
    return filled(recipe, group);
  }

  private static JsonNode filled(JsonNode recipe, RuleGroupRow group) {
    ObjectNode copy = ((ObjectNode) recipe).objectNode();
    recipe.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
    ObjectNode full = copy.putObject(FIELD);
    full.put("id", group.id()).put("title", group.title());
    ArrayNode rules = full.putArray("rules");
    group.rules().forEach(rules::add);
    return copy;
  }

  private static Chosen refused(JsonNode recipe, String pointer, String code, String detail) {
    return new Chosen(recipe, "", 0, new Fault(pointer, code, detail));
  }
}
