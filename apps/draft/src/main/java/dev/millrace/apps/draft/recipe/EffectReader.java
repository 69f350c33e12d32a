package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.catalogue.EntryReader;
import dev.millrace.apps.draft.catalogue.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a recipe takes of the client's library: by a name of the catalogue, or by the client's
 * own ids, for what the catalogue does not have.
 */
final class EffectReader {
  /** Names that a sentence lists. */
  private static final int SHOWN = 10;

  /** How long an animation or a transition is that is named by its ids and without a duration. */
  private static final double USUAL_SECONDS = 0.5;

  private final Supplier<Catalogue> catalogue;

  EffectReader(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  List<AnimationRequest> animations(Fields owner, String name) {
    List<AnimationRequest> animations = new ArrayList<>();
    for (Fields fields : owner.objects(name, Limits.ANIMATIONS)) {
      EffectKind kind = kind(fields, "type", EffectKind.animationWords());
      Effect effect = kind == null ? null : effect(fields, kind);
      Long duration = fields.micros("duration", 1);
      fields.free("name");
      fields.done();
      if (effect != null) {
        animations.add(new AnimationRequest(effect, duration));
      }
    }
    return animations;
  }

  /** One of some kinds, named by a field that must be there. */
  static @Nullable EffectKind kind(Fields fields, String name, List<String> words) {
    String type = fields.needed(name, Limits.TITLE, "give one of " + String.join(", ", words));
    if (type == null) {
      return null;
    }
    EffectKind kind = EffectKind.of(type).filter(each -> words.contains(each.word())).orElse(null);
    if (kind == null) {
      fields.fault(
          name,
          "unknown-type",
          () -> "is \"" + type + "\"; did you mean " + Nearest.sentence(type, words) + "?");
    }
    return kind;
  }

  /** The one transition of a list of at most one. */
  @Nullable TransitionRequest transitions(Fields owner, String name) {
    TransitionRequest first = null;
    for (Fields fields : owner.objects(name, 1)) {
      first = transition(fields, false);
    }
    return first;
  }

  @Nullable TransitionRequest transition(Fields fields, boolean whereItFits) {
    Effect effect = effect(fields, EffectKind.TRANSITION);
    Long duration = fields.micros("duration", 1);
    fields.done();
    return effect == null ? null : new TransitionRequest(effect, duration, whereItFits);
  }

  @Nullable FadeRequest fade(Fields owner, String name) {
    Fields fields = owner.object(name);
    if (fields == null) {
      return null;
    }
    Long in = fields.micros("in", 0);
    Long out = fields.micros("out", 0);
    fields.done();
    return new FadeRequest(in == null ? 0 : in, out == null ? 0 : out);
  }

  /** The effect that {@code fields} name; what else stands in them is for the caller. */
  @Nullable Effect effect(Fields fields, EffectKind kind) {
    if (fields.has("resourceId") || fields.has("effectId")) {
      return direct(fields, kind);
    }
    return named(fields, "name", kind);
  }

  /** The effect whose name stands in a field. */
  @Nullable Effect named(Fields fields, String field, EffectKind kind) {
    Collection<String> names = catalogue.get().names(kind);
    String name = fields.needed(field, Limits.TITLE, remedy(kind, names));
    if (name == null) {
      return null;
    }
    Effect effect = catalogue.get().find(kind, name).orElse(null);
    if (effect == null) {
      fields.fault(field, "unknown-effect", () -> unknown(kind, name, names));
    }
    return effect;
  }

  private static String remedy(EffectKind kind, Collection<String> names) {
    return names.isEmpty()
        ? "the catalogue has no " + kind.word() + ", so give resourceId" + andEffectId(kind)
        : "give a name such as " + names.stream().limit(SHOWN).collect(Collectors.joining(", "));
  }

  private static String andEffectId(EffectKind kind) {
    return kind.hasEffectId() ? " and effectId" : "";
  }

  private String unknown(EffectKind kind, String name, Collection<String> names) {
    String elsewhere =
        catalogue.get().kindsWith(name).stream()
            .map(EffectKind::word)
            .collect(Collectors.joining(", "));
    return "\""
        + name
        + "\" is no "
        + kind.word()
        + (elsewhere.isEmpty() ? "" : " but a " + elsewhere)
        + (names.isEmpty()
            ? "; " + remedy(kind, names)
            : "; the nearest are " + Nearest.sentence(name, names));
  }

  /** An entry as the catalogue has them; its length is what the recipe calls duration. */
  private static @Nullable Effect direct(Fields fields, EffectKind kind) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    for (String name : EntryReader.FIELDS) {
      JsonNode value = name.equals("seconds") ? null : fields.raw(name);
      if (value != null) {
        entry.set(name, value);
      }
    }
    if (!entry.has("name")) {
      entry.set("name", entry.path("resourceId"));
    }
    if (kind.hasLength()) {
      entry.put("seconds", USUAL_SECONDS);
    }
    return EntryReader.read(kind, entry, fields.pointer(), fields.sink());
  }

  /**
   * An effect with the places of its sliders: {@code values} names them, from 0 to 100.
   *
   * @param intensity whether it has a strength as a whole
   */
  @Nullable EffectRequest adjusted(Fields fields, EffectKind kind, boolean intensity) {
    Effect effect = effect(fields, kind);
    double strength = intensity ? fields.decimalOr("intensity", 0, 100, 100) : 100;
    Fields given = fields.object("values");
    if (effect == null) {
      return null;
    }
    List<Double> values = new ArrayList<>();
    for (Effect.Param param : effect.params()) {
      Double value = given == null ? null : given.decimal(param.name(), 0, 100);
      values.add(
          value == null
              ? param.standard()
              : param.min() + (param.max() - param.min()) * value / 100);
    }
    if (given != null && effect.params().isEmpty()) {
      fields.fault("values", "does-not-apply", "is for effects with params; leave it out");
    } else if (given != null) {
      given.done();
    }
    return new EffectRequest(effect, values, strength / 100);
  }
}
