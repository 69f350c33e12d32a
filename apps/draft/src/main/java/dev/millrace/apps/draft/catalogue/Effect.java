package dev.millrace.apps.draft.catalogue;

import java.util.List;

/**
 * Something of the client's library: a transition, an animation, a filter, a font and so on. Its
 * ids belong to the client and are never rewritten.
 *
 * @param defaultMicros length if a recipe names none; 0 for kinds without a length
 * @param effectId empty for kinds that have none
 * @param overlap whether a transition shows both segments at once
 * @param resourceType shape of a mask, such as {@code circle}; empty otherwise
 * @param params what can be adjusted, in the client's order
 */
public record Effect(
    EffectKind kind,
    String name,
    long defaultMicros,
    String resourceId,
    String effectId,
    boolean overlap,
    String resourceType,
    List<Param> params) {
  public Effect {
    params = List.copyOf(params);
  }

  /**
   * A slider of an effect.
   *
   * @param index the client's number of it
   * @param standard where it stands if nobody moves it, from {@code min} to {@code max}
   */
  public record Param(String name, int index, double standard, double min, double max) {}
}
