package dev.millrace.apps.draft.extension;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.ItemType;
import dev.millrace.apps.draft.recipe.Reading;
import dev.millrace.apps.draft.recipe.RecipeReader;
import dev.millrace.apps.draft.spi.MaterialType;
import dev.millrace.apps.draft.spi.MaterialTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads recipes with types that extensions bring: what is of such a type is translated to a known
 * one first, and faults are told at the places of the recipe as it was sent. Thread-safe.
 */
public final class TypedReader {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};
  private static final String RULES = "/ruleGroup/rules/";

  private final RecipeReader reader;
  private final Map<String, MaterialType> types = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a name or base is not allowed, or two types have one name
   */
  public TypedReader(RecipeReader reader, List<MaterialType> types) {
    this.reader = reader;
    List<String> known = Arrays.stream(ItemType.values()).map(ItemType::word).toList();
    for (MaterialType type : types) {
      String name = type.name();
      String who = "material type " + type.getClass().getName() + ": ";
      if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
        throw new IllegalArgumentException(
            who
                + "the name '"
                + name
                + "' is not allowed; use up to 41 lower-case letters, digits and underscores");
      }
      if (!known.contains(type.base())) {
        throw new IllegalArgumentException(
            who + "there is no type '" + type.base() + "' to build on; use one of " + known);
      }
      if (known.contains(name) || this.types.putIfAbsent(name, type) != null) {
        throw new IllegalArgumentException(
            who + "there is a type '" + name + "' already; choose another name");
      }
    }
  }

  /** The recipe in {@code json}, or all its faults. */
  public Reading read(JsonNode json) {
    if (types.isEmpty() || !json.isObject()) {
      return reader.read(json);
    }
    ObjectNode copy = (ObjectNode) json.deepCopy();
    List<Integer> ruleNumbers = new ArrayList<>();
    Map<String, JsonNode> rules = takeRules(copy, ruleNumbers);
    translateMaterials(copy);
    List<Fault> faults = translateItems(copy, rules);
    Reading reading = reader.read(copy);
    if (faults.isEmpty() && reading.recipe() != null) {
      return reading;
    }
    reading.faults().forEach(fault -> faults.add(asSent(fault, ruleNumbers)));
    return new Reading(null, faults);
  }

  /** Takes the rules of such types out; their items know them. */
  private Map<String, JsonNode> takeRules(ObjectNode recipe, List<Integer> left) {
    Map<String, JsonNode> taken = new HashMap<>();
    if (recipe.path("ruleGroup").path("rules") instanceof ArrayNode rules) {
      ArrayNode others = JSON.createArrayNode();
      for (int i = 0; i < rules.size(); i++) {
        JsonNode rule = rules.get(i);
        String type = rule.path("type").asString("");
        if (types.containsKey(type)) {
          taken.putIfAbsent(type, rule);
        } else {
          others.add(rule);
          left.add(i);
        }
      }
      ((ObjectNode) recipe.path("ruleGroup")).set("rules", others);
    }
    return taken;
  }

  private void translateMaterials(ObjectNode recipe) {
    for (JsonNode material : recipe.path("materials")) {
      MaterialType type = types.get(material.path("type").asString(""));
      if (type != null && material instanceof ObjectNode object) {
        object.put("type", type.base());
      }
    }
  }

  private List<Fault> translateItems(ObjectNode recipe, Map<String, JsonNode> rules) {
    List<Fault> faults = new ArrayList<>();
    int index = 0;
    for (JsonNode item : recipe.path("testData").path("items")) {
      String pointer = "/testData/items/" + index++ + "/data";
      MaterialType type = types.get(item.path("type").asString(""));
      if (type == null || !item.path("data").isObject()) {
        continue;
      }
      ObjectNode object = (ObjectNode) item;
      object.put("type", type.base());
      try {
        JsonNode rule = rules.getOrDefault(type.name(), JSON.createObjectNode());
        object.set("data", JSON.valueToTree(type.translate(map(item.path("data")), map(rule))));
      } catch (MaterialTypeException e) {
        String field = e.field().isEmpty() ? "" : "/" + e.field();
        faults.add(new Fault(pointer + field, "material-type", String.valueOf(e.getMessage())));
      } catch (RuntimeException bug) {
        faults.add(
            new Fault(
                pointer,
                "material-type-failed",
                "made the extension for \"" + type.name() + "\" fail: " + bug + "; report that"));
      }
    }
    return faults;
  }

  private static Map<String, @Nullable Object> map(JsonNode json) {
    return JSON.convertValue(json, MAP);
  }

  private static Fault asSent(Fault fault, List<Integer> ruleNumbers) {
    if (!fault.pointer().startsWith(RULES)) {
      return fault;
    }
    String rest = fault.pointer().substring(RULES.length());
    int slash = rest.indexOf('/');
    String number = slash < 0 ? rest : rest.substring(0, slash);
    int sent = ruleNumbers.get(Integer.parseInt(number));
    return new Fault(
        RULES + sent + (slash < 0 ? "" : rest.substring(slash)), fault.code(), fault.detail());
  }
}
