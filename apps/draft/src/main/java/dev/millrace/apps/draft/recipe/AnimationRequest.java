package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import org.jspecify.annotations.Nullable;

/**
 * An animation that an item asks for.
 *
 * @param durationMicros null for the effect's own length
 */
public record AnimationRequest(Effect effect, @Nullable Long durationMicros) {
  /** The length asked for, or else the usual one. */
  public long micros() {
    return durationMicros == null ? effect.defaultMicros() : durationMicros;
  }
}
