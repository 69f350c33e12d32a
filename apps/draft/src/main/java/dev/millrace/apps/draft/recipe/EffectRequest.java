package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import java.util.List;

/**
 * An effect, a filter or a sticker that an item asks for.
 *
 * @param values where its sliders stand, in the order and the units of the effect
 * @param intensity strength of a filter, 0 to 1
 */
public record EffectRequest(Effect effect, List<Double> values, double intensity) {
  public EffectRequest {
    values = List.copyOf(values);
  }
}
