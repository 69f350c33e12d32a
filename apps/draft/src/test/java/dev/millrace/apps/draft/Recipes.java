package dev.millrace.apps.draft;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The example recipe, and ways to bend it. */
public final class Recipes {
  public static final JsonMapper JSON = JsonMapper.shared();

  private Recipes() {}

  public static ObjectNode example() {
    try (InputStream in = Recipes.class.getResourceAsStream("api/recipe.json")) {
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Sets the value at {@code pointer}; "null" removes it, a last part of "-" appends. */
  public static ObjectNode with(ObjectNode recipe, String pointer, String json) {
    JsonPointer path = JsonPointer.compile(pointer);
    JsonNode parent = recipe.at(path.head());
    String last = path.last().getMatchingProperty();
    JsonNode value = JSON.readTree(json);
    if (parent instanceof ObjectNode object) {
      if (value.isNull()) {
        object.remove(last);
      } else {
        object.set(last, value);
      }
    } else if (last.equals("-")) {
      ((ArrayNode) parent).add(value);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(last), value);
    }
    return recipe;
  }
}
