package dev.millrace.apps.draft.format;

import java.util.List;

/** Writes how properties of a segment move. */
final class CurveWriter {
  private CurveWriter() {}

  static void write(List<Curve> curves, JsonOut json) {
    json.list("common_keyframes", () -> curves.forEach(curve -> curve(curve, json)));
  }

  private static void curve(Curve curve, JsonOut json) {
    json.object(() ->
        json.text("id", curve.id())
            .list("keyframe_list", () -> curve.points().forEach(point -> point(point, json)))
            .blanks("material_id")
            .text("property_type", curve.property().type()));
  }

  private static void point(Curve.Point point, JsonOut json) {
    json.object(() ->
        json.text("curveType", "Line")
            .blanks("graphID")
            .text("id", point.id())
            .object("left_control", () -> json.decimal("x", 0).decimal("y", 0))
            .object("right_control", () -> json.decimal("x", 0).decimal("y", 0))
            .whole("time_offset", point.offsetMicros())
            .decimals("values", point.value()));
  }
}
