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

  /** Made-up entries of the kinds of which none are shipped. */
  public static final String CATALOGUE =
      """
      {"filter": [{"name": "暖", "resourceId": "81", "effectId": "82"}],
       "video_effect": [{"name": "雪", "resourceId": "83", "effectId": "84", "params": [
         {"name": "speed", "default": 0, "min": -1, "max": 1},
         {"name": "size", "index": 3, "default": 0.3}]}],
       "face_effect": [{"name": "猫", "resourceId": "85", "effectId": "86"}],
       "sound_effect": [{"name": "回音", "resourceId": "91", "params": [{"name": "强度"}]}],
       "tone": [{"name": "大叔", "resourceId": "90"}],
       "speech_to_song": [{"name": "民谣", "resourceId": "92"}],
       "bubble": [{"name": "泡", "resourceId": "101", "effectId": "102"}],
       "flower": [{"name": "火", "resourceId": "111", "effectId": "112"}],
       "font": [{"name": "宋", "resourceId": "120"}],
       "sticker": [{"name": "星", "resourceId": "130"}]}
      """;

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
