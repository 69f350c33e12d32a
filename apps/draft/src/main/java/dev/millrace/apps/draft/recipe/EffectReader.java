package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.catalogue.Effect;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.catalogue.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads animations, transitions and fades. */
final class EffectReader {
  private final Supplier<Catalogue> catalogue;

  EffectReader(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  List<AnimationRequest> animations(Fields owner, String name) {
    List<AnimationRequest> animations = new ArrayList<>();
    for (Fields fields : owner.objects(name, Limits.ANIMATIONS)) {
      EffectKind kind = animationKind(fields);
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

  private static @Nullable EffectKind animationKind(Fields fields) {
    List<String> words = EffectKind.animationWords();
    String type = fields.needed("type", Limits.TITLE, "give one of " + String.join(", ", words));
    if (type == null) {
      return null;
    }
    EffectKind kind =
        EffectKind.of(type).filter(each -> each != EffectKind.TRANSITION).orElse(null);
    if (kind == null) {
      fields.fault(
          "type",
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

  private @Nullable Effect effect(Fields fields, EffectKind kind) {
    String known = String.join(", ", catalogue.get().names(kind));
    String name = fields.needed("name", Limits.TITLE, "give one of " + known);
    if (name == null) {
      return null;
    }
    Effect effect = catalogue.get().find(kind, name).orElse(null);
    if (effect == null) {
      fields.fault("name", "unknown-effect", () -> unknown(kind, name));
    }
    return effect;
  }

  private String unknown(EffectKind kind, String name) {
    String elsewhere =
        catalogue.get().kindsWith(name).stream()
            .map(EffectKind::word)
            .collect(Collectors.joining(", "));
    return "\""
        + name
        + "\" is no "
        + kind.word()
        + (elsewhere.isEmpty() ? "" : " but a " + elsewhere)
        + "; the nearest are "
        + Nearest.sentence(name, catalogue.get().names(kind));
  }
}
