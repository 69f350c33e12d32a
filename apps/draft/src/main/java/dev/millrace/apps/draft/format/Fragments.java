package dev.millrace.apps.draft.format;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a draft as trees, as the writers write them: for changing a draft that exists. */
public final class Fragments {
  private Fragments() {}

  /** A member of {@code material_animations}. */
  public static ObjectNode animations(Animations animations, TrackType track) {
    return tree(json -> MaterialsWriter.animations(track, animations, json));
  }

  /** What stands in {@code common_keyframes}. */
  public static JsonNode curves(List<Curve> curves) {
    return tree(json -> CurveWriter.write(curves, json)).path("common_keyframes");
  }

  /** The speed of a segment, as a material. */
  public static ObjectNode speed(String id, double speed) {
    return tree(json -> MaterialsWriter.speed(id, speed, json));
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonOut json);
  }

  private static ObjectNode tree(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonGenerator generator = Documents.open(out);
    try (generator) {
      JsonOut json = new JsonOut(generator);
      json.object(() -> body.write(json));
    }
    return (ObjectNode) JsonMapper.shared().readTree(out.toByteArray());
  }
}
