package dev.millrace.apps.draft.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All known effects by kind and name. Immutable. */
public final class Catalogue {
  private final Map<EffectKind, Map<String, Effect>> effects = new EnumMap<>(EffectKind.class);

  private Catalogue(Map<EffectKind, Map<String, Effect>> effects) {
    effects.forEach((kind, byName) -> this.effects.put(kind, Collections.unmodifiableMap(byName)));
  }

  /**
   * The catalogue that comes with the application, loaded when it is first asked for.
   *
   * @throws IllegalArgumentException if the resource is wrong, which is a bug
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
      return new Catalogue(CatalogueFile.read(in.readAllBytes(), "effects.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * This catalogue with the entries of a file, which replace those of the same kind and name.
   *
   * @param file JSON in the form of the catalogue that is shipped
   * @throws IllegalArgumentException with every place in the file that is wrong, its value and what
   *     to give there
   */
  public Catalogue with(Path file) {
    Map<EffectKind, Map<String, Effect>> joined = new EnumMap<>(EffectKind.class);
    effects.forEach((kind, byName) -> joined.put(kind, new LinkedHashMap<>(byName)));
    CatalogueFile.read(file)
        .forEach((kind, byName) ->
            joined.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).putAll(byName));
    return new Catalogue(joined);
  }

  /** The effect of this kind and name, if it is known. */
  public Optional<Effect> find(EffectKind kind, String name) {
    return Optional.ofNullable(effects.getOrDefault(kind, Map.of()).get(name));
  }

  /** All names of a kind, in the order of the catalogue. */
  public Collection<String> names(EffectKind kind) {
    return effects.getOrDefault(kind, Map.of()).keySet();
  }

  /** All effects of a kind, in the order of the catalogue. */
  public Collection<Effect> effects(EffectKind kind) {
    return effects.getOrDefault(kind, Map.of()).values();
  }

  /** The kinds that have an effect of this name: for telling somebody who took the wrong one. */
  public List<EffectKind> kindsWith(String name) {
    return effects.entrySet().stream()
        .filter(entry -> entry.getValue().containsKey(name))
        .map(Map.Entry::getKey)
        .toList();
  }
}
