package dev.millrace.apps.draft.format;

import java.util.List;

/**
 * How a property of a segment moves.
 *
 * @param points ascending
 */
public record Curve(String id, KeyframeProperty property, List<Point> points) {
  public Curve {
    points = List.copyOf(points);
  }

  /**
   * A value at a moment.
   *
   * @param offsetMicros from the start of the segment
   */
  public record Point(String id, long offsetMicros, double value) {}
}
