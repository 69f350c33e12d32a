package dev.millrace.apps.draft.recipe;

import dev.millrace.apps.draft.catalogue.EntryReader;
import dev.millrace.apps.draft.catalogue.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON object field by field. What is wrong goes to the faults and reads as absent, so
 * that reading goes on; fields that nobody asked for are faults at {@link #done()}. A JSON null is
 * the same as no field.
 */
final class Fields {
  private final JsonNode node;
  private final String pointer;
  private final Faults faults;
  private final Set<String> asked = new LinkedHashSet<>();

  private Fields(JsonNode node, String pointer, Faults faults) {
    this.node = node;
    this.pointer = pointer;
    this.faults = faults;
  }

  /** The fields of {@code node}, or null and a fault if it is no object. */
  static @Nullable Fields of(JsonNode node, String pointer, Faults faults) {
    if (!node.isObject()) {
      faults.add(pointer, "wrong-type", "is " + kind(node) + "; give an object {…}");
      return null;
    }
    return new Fields(node, pointer, faults);
  }

  /** Where the object stands. */
  String pointer() {
    return pointer;
  }

  /** Its place in the list it stands in. */
  int index() {
    return Integer.parseInt(pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  /** Takes faults at pointers of their own. */
  EntryReader.Sink sink() {
    return faults::add;
  }

  String pointer(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  void fault(String name, String code, String detail) {
    faults.add(name.isEmpty() ? pointer : pointer(name), code, detail);
  }

  void fault(String name, String code, Supplier<String> detail) {
    faults.add(pointer(name), code, detail);
  }

  /** The raw value, null if it is absent. */
  @Nullable JsonNode raw(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return raw(name) != null;
  }

  /** A string of at most {@code most} characters. */
  @Nullable String text(String name, int most) {
    JsonNode value = raw(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      wrongType(name, value, "a string");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > most) {
      fault(
          name, "too-long", "has " + text.length() + " characters; shorten it to at most " + most);
      return null;
    }
    return text;
  }

  /** A string that must be there and not blank. */
  @Nullable String needed(String name, int most, String remedy) {
    if (!has(name)) {
      fault(name, "missing", "is missing; " + remedy);
      return null;
    }
    String text = text(name, most);
    if (text != null && text.isBlank()) {
      fault(name, "missing", "is empty; " + remedy);
      return null;
    }
    return text;
  }

  /** A whole number within bounds. */
  @Nullable Integer whole(String name, int least, int most) {
    Double value = decimal(name, least, most);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value)) {
      fault(name, "wrong-type", "is " + shown(raw(name)) + "; give a whole number");
      return null;
    }
    return value.intValue();
  }

  /** A number within bounds, both included. */
  @Nullable Double decimal(String name, double least, double most) {
    JsonNode value = raw(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      wrongType(name, value, "a number");
      return null;
    }
    double number = value.asDouble();
    if (!(number >= least && number <= most)) {
      fault(
          name,
          "out-of-range",
          "is " + shown(value) + "; give a number from " + plain(least) + " to " + plain(most));
      return null;
    }
    return number;
  }

  double decimalOr(String name, double least, double most, double otherwise) {
    Double value = decimal(name, least, most);
    return value == null ? otherwise : value;
  }

  boolean flagOr(String name, boolean otherwise) {
    JsonNode value = raw(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      wrongType(name, value, "true or false");
      return otherwise;
    }
    return value.booleanValue();
  }

  /** A time in seconds, or in words such as "1m2.5s", as microseconds of at least {@code least}. */
  @Nullable Long micros(String name, long least) {
    JsonNode value = raw(name);
    if (value == null) {
      return null;
    }
    Long micros;
    if (value.isNumber()) {
      BigDecimal seconds = finite(value);
      micros = seconds == null ? null : Seconds.micros(seconds);
    } else if (value.isString()) {
      micros = Seconds.micros(value.stringValue());
      if (micros == null) {
        fault(
            name,
            "not-a-time",
            "is " + shown(value) + "; give seconds such as 3.5, or a time such as \"1m2.5s\"");
        return null;
      }
    } else {
      wrongType(name, value, "seconds such as 3.5");
      return null;
    }
    if (micros == null || micros < least || micros > Limits.MICROS) {
      fault(
          name,
          "out-of-range",
          "is "
              + shown(value)
              + "; give "
              + (least > 0 ? "more than 0" : "at least 0")
              + " and at most "
              + Seconds.show(Limits.MICROS));
      return null;
    }
    return micros;
  }

  private static @Nullable BigDecimal finite(JsonNode value) {
    return value.isFloatingPointNumber() && !Double.isFinite(value.asDouble())
        ? null
        : value.decimalValue();
  }

  /** A colour such as #FFCC00, as 0xRRGGBB. */
  @Nullable Integer color(String name) {
    String text = text(name, Limits.TITLE);
    if (text == null) {
      return null;
    }
    if (!text.matches("#[0-9A-Fa-f]{6}")) {
      fault(name, "bad-color", "is \"" + text + "\"; give a colour such as \"#FFCC00\"");
      return null;
    }
    return Integer.parseInt(text.substring(1), 16);
  }

  int colorOr(String name, int otherwise) {
    Integer color = color(name);
    return color == null ? otherwise : color;
  }

  /** An object below this one; null if there is none. */
  @Nullable Fields object(String name) {
    JsonNode value = raw(name);
    return value == null ? null : of(value, pointer(name), faults);
  }

  /** The objects of a list; those that are none are faults and left out. */
  List<Fields> objects(String name, int most) {
    List<Fields> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode value : values(name, most)) {
      Fields fields = of(value, pointer(name) + "/" + index++, faults);
      if (fields != null) {
        objects.add(fields);
      }
    }
    return objects;
  }

  /** The values of a list; nothing and a fault if there are more than {@code most}. */
  List<JsonNode> values(String name, int most) {
    JsonNode value = raw(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrongType(name, value, "a list […]");
      return List.of();
    }
    if (value.size() > most) {
      fault(name, "too-many", "has " + value.size() + " entries; at most " + most + " are allowed");
      return List.of();
    }
    return List.copyOf(value.values());
  }

  /** The fields with their names: for objects whose names are not fixed. */
  Set<Map.Entry<String, JsonNode>> properties() {
    node.propertyNames().forEach(asked::add);
    return node.properties();
  }

  /** Fields that may hold anything and are not read. */
  void free(String... names) {
    asked.addAll(List.of(names));
  }

  /** Reports every field that was never asked for. */
  void done() {
    for (String name : node.propertyNames()) {
      if (!asked.contains(name)) {
        fault(
            name,
            "unknown-field",
            () -> "is not known here; did you mean " + Nearest.sentence(name, asked) + "?");
      }
    }
  }

  private void wrongType(String name, JsonNode value, String wanted) {
    fault(name, "wrong-type", "is " + shown(value) + "; give " + wanted);
  }

  /** A value for a sentence, cut where it is long. */
  static String shown(@Nullable JsonNode value) {
    if (value == null || value.isContainer()) {
      return value == null ? "missing" : kind(value);
    }
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }

  private static String kind(JsonNode value) {
    return value.isArray() ? "a list" : value.isObject() ? "an object" : shown(value);
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
