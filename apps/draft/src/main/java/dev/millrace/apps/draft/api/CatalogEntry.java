package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.catalogue.Effect;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the catalogue, in the form that its file has.
 *
 * @param seconds usual length; null for kinds without one
 * @param effectId null for kinds without one
 * @param overlap whether a transition shows both pictures at once; null for other kinds
 * @param resourceType shape of a mask; null for other kinds
 */
public record CatalogEntry(
    String name,
    @Nullable BigDecimal seconds,
    String resourceId,
    @Nullable String effectId,
    @Nullable Boolean overlap,
    @Nullable String resourceType,
    List<Param> params) {

  /**
   * A slider.
   *
   * @param standard where it stands if nobody moves it; {@code default} in the file
   */
  public record Param(String name, int index, double standard, double min, double max) {}

  static CatalogEntry of(Effect effect) {
    return new CatalogEntry(
        effect.name(),
        effect.kind().hasLength()
            ? BigDecimal.valueOf(effect.defaultMicros(), 6).stripTrailingZeros()
            : null,
        effect.resourceId(),
        effect.effectId().isEmpty() ? null : effect.effectId(),
        effect.kind() == dev.millrace.apps.draft.catalogue.EffectKind.TRANSITION
            ? effect.overlap()
            : null,
        effect.resourceType().isEmpty() ? null : effect.resourceType(),
        effect.params().stream()
            .map(param ->
                new Param(param.name(), param.index(), param.standard(), param.min(), param.max()))
            .toList());
  }
}
