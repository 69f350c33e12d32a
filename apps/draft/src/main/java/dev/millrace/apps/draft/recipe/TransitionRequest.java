package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A transition to the next item of a track.
 *
 * @param durationMicros null for the effect's own length
 * @param whereItFits whether it came with a rule and is left out where no next item touches
 */
public record TransitionRequest(Effect effect, @Nullable Long durationMicros, boolean whereItFits) {
  /** The length asked for, or else the usual one, but never more than {@code most}. */
  public long micros(long most) {
    return Math.min(durationMicros == null ? effect.defaultMicros() : durationMicros, most);
  }
}
