package dev.millrace.apps.draft.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All known effects by kind and name. Immutable. */
public final class Catalogue {
  private final Map<EffectKind, Map<String, Effect>> effects;

  private Catalogue(Map<EffectKind, Map<String, Effect>> effects) {
    this.effects = effects;
  }

  /**
   * The catalogue that comes with the application, loaded when it is first asked for.
   *
   * @throws IllegalStateException if the resource is missing or wrong, which is a bug
   */
  public static Catalogue shipped() {
    return Shipped.CATALOGUE;
  }

  private static final class Shipped {
    static final Catalogue CATALOGUE = load();
  }

  private static Catalogue load() {
    try (InputStream in = Catalogue.class.getResourceAsStream("effects.json")) {
      if (in == null) {
        throw new IllegalStateException("the catalogue effects.json is not in the jar");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Catalogue read(InputStream in) {
    JsonNode root =
        JsonMapper.shared()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .readTree(in);
    Map<EffectKind, Map<String, Effect>> effects = new EnumMap<>(EffectKind.class);
    for (Map.Entry<String, JsonNode> list : root.properties()) {
      EffectKind kind =
          EffectKind.of(list.getKey())
              .orElseThrow(() -> new IllegalStateException("no effects are " + list.getKey()));
      Map<String, Effect> byName = new LinkedHashMap<>();
      for (JsonNode entry : list.getValue()) {
        Effect effect = effect(kind, entry);
        byName.put(effect.name(), effect);
      }
      effects.put(kind, byName);
    }
    return new Catalogue(effects);
  }

  private static Effect effect(EffectKind kind, JsonNode entry) {
    return new Effect(
        kind,
        entry.required("name").stringValue(),
        entry
            .required("seconds")
            .decimalValue()
            .multiply(BigDecimal.valueOf(1_000_000))
            .longValueExact(),
        entry.required("resourceId").stringValue(),
        entry.required("effectId").stringValue(),
        entry.path("overlap").booleanValue(false));
  }

  /** The effect of this kind and name, if it is known. */
  public Optional<Effect> find(EffectKind kind, String name) {
    return Optional.ofNullable(effects.getOrDefault(kind, Map.of()).get(name));
  }

  /** All names of a kind, in the order of the catalogue. */
  public Collection<String> names(EffectKind kind) {
    return List.copyOf(effects.getOrDefault(kind, Map.of()).keySet());
  }

  /** The kinds that have an effect of this name: for telling somebody who took the wrong one. */
  public List<EffectKind> kindsWith(String name) {
    return effects.entrySet().stream()
        .filter(entry -> entry.getValue().containsKey(name))
        .map(Map.Entry::getKey)
        .toList();
  }
}
