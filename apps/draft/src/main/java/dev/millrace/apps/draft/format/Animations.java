package dev.millrace.apps.draft.format;

import java.util.List;

/** The animations of one segment. */
public record Animations(String id, List<Animation> animations) {
  public Animations {
    animations = List.copyOf(animations);
  }

  /**
   * One of them.
   *
   * @param startMicros from the start of the segment
   */
  public record Animation(
      Phase phase,
      String name,
      String effectId,
      String resourceId,
      long startMicros,
      long durationMicros) {}

  /** When an animation plays. */
  public enum Phase {
    IN("in"),
    OUT("out"),
    GROUP("group"),
    LOOP("loop");

    private final String word;

    Phase(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
