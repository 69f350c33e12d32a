package dev.millrace.apps.draft.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one entry of the catalogue, from a file or from the middle of a recipe. Every fault is
 * told; an entry with faults is null.
 */
public final class EntryReader {
  /** The fields that an entry may have. */
  public static final List<String> FIELDS =
      List.of("name", "seconds", "resourceId", "effectId", "overlap", "resourceType", "params");

  private static final List<String> PARAM_FIELDS =
      List.of("name", "index", "default", "min", "max");

  private static final int MOST_NAME = 200;
  private static final int MOST_PARAMS = 50;
  private static final double FARTHEST = 1_000_000;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(86_400);

  private final Sink sink;
  private boolean faulty;

  private EntryReader(Sink sink) {
    this.sink = sink;
  }

  /** Takes what is wrong. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Tells of a fault.
     *
     * @param pointer JSON pointer to the place
     * @param code stable word for programs
     * @param detail the value and the remedy
     */
    void fault(String pointer, String code, String detail);
  }

  /** The effect in {@code entry}; null if there are faults. */
  public static @Nullable Effect read(EffectKind kind, JsonNode entry, String pointer, Sink sink) {
    EntryReader reader = new EntryReader(sink);
    Effect effect = reader.effect(kind, entry, pointer);
    return reader.faulty ? null : effect;
  }

  private Effect effect(EffectKind kind, JsonNode entry, String pointer) {
    known(entry, pointer, FIELDS);
    String resourceType = "";
    if (kind == EffectKind.MASK) {
      resourceType = text(entry, pointer, "resourceType", "[a-z_]{1,64}", "a word such as circle");
    } else {
      onlyFor(entry, pointer, "resourceType", "masks");
    }
    if (kind != EffectKind.TRANSITION) {
      onlyFor(entry, pointer, "overlap", "transitions");
    }
    boolean needsEffectId = kind.hasEffectId() || entry.has("effectId");
    return new Effect(
        kind,
        name(entry, pointer),
        kind.hasLength() ? micros(entry, pointer) : noLength(entry, pointer),
        id(entry, pointer, "resourceId"),
        needsEffectId ? id(entry, pointer, "effectId") : "",
        flag(entry, pointer, "overlap"),
        resourceType,
        params(kind, entry, pointer));
  }

  private void known(JsonNode node, String pointer, List<String> fields) {
    for (String name : node.propertyNames()) {
      if (!fields.contains(name)) {
        String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        fault(
            place,
            "unknown-field",
            "is not known here; did you mean " + Nearest.sentence(name, fields) + "?");
      }
    }
  }

  private void onlyFor(JsonNode entry, String pointer, String name, String whom) {
    if (entry.has(name)) {
      fault(pointer + "/" + name, "does-not-apply", "is only for " + whom + "; leave it out");
    }
  }

  private String name(JsonNode node, String pointer) {
    JsonNode name = node.path("name");
    if (!name.isString() || name.stringValue().isBlank() || name.asString().length() > MOST_NAME) {
      wrong(pointer + "/name", name, "a name of at most " + MOST_NAME + " characters");
      return "";
    }
    return name.stringValue();
  }

  private String id(JsonNode entry, String pointer, String field) {
    return text(
        entry,
        pointer,
        field,
        "[0-9A-Za-z_-]{1,64}",
        "the client's id as a string, such as \"6724845717472416269\"");
  }

  private String text(JsonNode node, String pointer, String field, String form, String wanted) {
    JsonNode value = node.path(field);
    if (!value.isString() || !value.stringValue().matches(form)) {
      wrong(pointer + "/" + field, value, wanted);
      return "";
    }
    return value.stringValue();
  }

  private boolean flag(JsonNode node, String pointer, String field) {
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      wrong(pointer + "/" + field, value, "true or false");
    }
    return value.isBoolean() && value.booleanValue();
  }

  private long noLength(JsonNode entry, String pointer) {
    onlyFor(entry, pointer, "seconds", "transitions and animations");
    return 0;
  }

  private long micros(JsonNode entry, String pointer) {
    JsonNode value = entry.path("seconds");
    boolean sane =
        value.isNumber() && Double.isFinite(value.asDouble()) && Math.abs(value.asDouble()) < 1e9;
    BigDecimal seconds = sane ? value.decimalValue() : BigDecimal.ZERO;
    if (seconds.signum() <= 0 || seconds.compareTo(LONGEST) > 0) {
      wrong(pointer + "/seconds", value, "its usual length in seconds, such as 0.5");
      return 1;
    }
    return Math.max(1, seconds.movePointRight(6).longValue());
  }

  private List<Effect.Param> params(EffectKind kind, JsonNode entry, String pointer) {
    JsonNode list = entry.path("params");
    if (!kind.hasParams()) {
      onlyFor(entry, pointer, "params", "effects on pictures and sounds");
      return List.of();
    }
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MOST_PARAMS) {
      wrong(pointer + "/params", list, "a list of at most " + MOST_PARAMS + " sliders");
      return List.of();
    }
    List<Effect.Param> params = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : list) {
      String place = pointer + "/params/" + params.size();
      Effect.Param param = param(node, place, params.size());
      params.add(param);
      if (!names.add(param.name())) {
        fault(place + "/name", "duplicate-id", "is taken; give each slider its own name");
      }
    }
    return params;
  }

  private Effect.Param param(JsonNode node, String pointer, int place) {
    known(node, pointer, PARAM_FIELDS);
    double min = number(node, pointer, "min", -FARTHEST, FARTHEST, 0);
    double max = number(node, pointer, "max", -FARTHEST, FARTHEST, 1);
    if (min >= max) {
      fault(pointer + "/max", "out-of-range", "is " + max + "; it must be more than min " + min);
    }
    double standard = number(node, pointer, "default", Math.min(min, max), max, min);
    int index = (int) number(node, pointer, "index", 0, 1_000, place);
    return new Effect.Param(name(node, pointer), index, standard, min, max);
  }

  private double number(
      JsonNode node, String pointer, String field, double least, double most, double otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!(number >= least && number <= most)) {
      wrong(pointer + "/" + field, value, "a number from " + least + " to " + most);
      return otherwise;
    }
    return number;
  }

  private void wrong(String pointer, JsonNode value, String wanted) {
    String shown = value.toString();
    fault(
        pointer,
        value.isMissingNode() ? "missing" : "wrong-type",
        (value.isMissingNode()
                ? "is missing"
                : "is " + (shown.length() <= 60 ? shown : shown.substring(0, 59) + "…"))
            + "; give "
            + wanted);
  }

  private void fault(String pointer, String code, String detail) {
    faulty = true;
    sink.fault(pointer, code, detail);
  }
}
