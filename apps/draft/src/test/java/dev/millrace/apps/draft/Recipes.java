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

  /** The example with everything that items can carry, and items that are effects themselves. */
  public static ObjectNode decorated() {
    ObjectNode recipe = example();
    String items = "/testData/items/";
    with(
        recipe,
        items + "0/data/keyframes",
        """
        [{"property":"position_x","time":0,"value":-1},{"property":"position_x","time":3.5,"value":1},
         {"property":"uniform_scale","time":1,"value":1.5},{"property":"alpha","time":0,"value":0}]\
        """);
    with(recipe, items + "0/data/mask", "{\"name\":\"圆形\",\"size\":0.5,\"invert\":true}");
    with(recipe, items + "0/data/background", "{\"blur\":1}");
    with(recipe, items + "0/data/filters", "[{\"name\":\"暖\",\"intensity\":40}]");
    with(
        recipe,
        items + "0/data/effects",
        "[{\"type\":\"video_effect\",\"name\":\"雪\"},{\"type\":\"face_effect\",\"name\":\"猫\"}]");
    with(recipe, items + "1/data/background", "{\"color\":\"#FF000080\"}");
    with(recipe, items + "1/data/keyframes", "[{\"property\":\"scale_y\",\"time\":0,\"value\":2}]");
    with(
        recipe,
        items + "2/data/effects",
        """
        [{"type":"tone","name":"大叔"},{"type":"sound_effect","name":"回音","values":{"强度":50}}]\
        """);
    with(
        recipe,
        items + "2/data/keyframes",
        "[{\"property\":\"volume\",\"time\":0,\"value\":0},{\"property\":\"volume\",\"time\":1,\"value\":1}]");
    with(recipe, items + "3/data/bubble", "{\"name\":\"泡\"}");
    with(recipe, items + "3/data/flower", "{\"name\":\"火\"}");
    with(recipe, items + "3/data/style", "{\"font\":\"宋\"}");
    for (String type : new String[] {"effect", "filter", "sticker"}) {
      with(recipe, "/testData/tracks/-", "{\"id\":\"%s\",\"type\":\"%s\"}".formatted(type, type));
    }
    with(
        recipe,
        items + "-",
        """
        {"type":"video_effect","data":{"track":"effect","start":0,"duration":2,"name":"猫",
         "effectType":"face_effect"}}\
        """);
    with(
        recipe,
        items + "-",
        "{\"type\":\"filter\",\"data\":{\"track\":\"filter\",\"start\":1,\"duration\":2,\"name\":\"暖\"}}");
    with(
        recipe,
        items + "-",
        """
        {"type":"sticker","data":{"track":"sticker","start":1,"duration":2,"name":"星","scale":0.5,
         "keyframes":[{"property":"rotation","time":0,"value":0},{"property":"rotation","time":2,"value":360}]}}\
        """);
    return recipe;
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
