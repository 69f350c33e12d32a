package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Which fields of the tasks of a type nobody is shown, and what they see instead. Names are told
 * apart neither by case nor by dashes and underscores: {@code apiKey} is {@code api-key}.
 * Immutable.
 */
final class Redaction {
  /** What stands in the place of a hidden value. */
  static final String SHOWN = "•••";

  /** Shorter values are not looked for in texts: they would be found everywhere. */
  private static final int LEAST = 4;

  private static final int MOST_VALUES = 100;
  private static final int MOST_NAMES = 500;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
  private static final Pattern NONE = Pattern.compile("(?!)");

  private final Set<String> names;
  private final List<List<String>> pointers;

  /** Finds a name in JSON. */
  private final Pattern named;

  /** Finds a name with a value in a text. */
  private final Pattern assigned;

  /**
   * @param all the names that are hidden in all types
   * @param own names and pointers of one type
   */
  Redaction(Collection<String> all, Collection<String> own) {
    Stream.concat(all.stream(), own.stream()).forEach(Redaction::check);
    if (all.size() + own.size() > MOST_NAMES) {
      throw new IllegalArgumentException(
          "there are " + (all.size() + own.size()) + " hidden fields; up to " + MOST_NAMES);
    }
    List<String> words =
        Stream.concat(all.stream(), own.stream()).filter(each -> !each.startsWith("/")).toList();
    names = words.stream().map(Redaction::plain).collect(Collectors.toUnmodifiableSet());
    pointers = own.stream().filter(each -> each.startsWith("/")).map(Redaction::parts).toList();
    String any = words.stream().map(Redaction::pattern).distinct().collect(Collectors.joining("|"));
    named = words.isEmpty() ? NONE : Pattern.compile("\"(?:" + any + ")\"", FLAGS);
    assigned =
        words.isEmpty()
            ? NONE
            : Pattern.compile(
                "(?<![A-Za-z0-9])((?:"
                    + any
                    + ")[\"']?\\s*[=:]\\s*(?:(?:Bearer|Basic)\\s+)?)"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s\"',;&}\\])]+)",
                FLAGS);
  }

  private static final int FLAGS = Pattern.CASE_INSENSITIVE;

  /** Refuses what is neither a name nor a pointer. */
  static void check(String field) {
    if (field.startsWith("/") ? field.length() < 2 : !NAME.matcher(field).matches()) {
      throw new IllegalArgumentException(
          "hidden field '"
              + field
              + "' is neither a name, such as password, nor a JSON pointer, such as /card/number");
    }
  }

  /** Refuses what is no name. */
  static void checkName(String field) {
    if (!NAME.matcher(field).matches()) {
      throw new IllegalArgumentException(
          "tasks.redact has '" + field + "', which is no name of a field, such as password");
    }
  }

  private static String plain(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String pattern(String name) {
    return plain(name)
        .chars()
        .mapToObj(each -> Pattern.quote(String.valueOf((char) each)))
        .collect(Collectors.joining("[-_]?"));
  }

  private static List<String> parts(String pointer) {
    return Stream.of(pointer.substring(1).split("/", -1))
        .map(part -> part.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private boolean hides(List<String> path) {
    return names.contains(plain(path.getLast()))
        || pointers.stream().anyMatch(pointer -> fits(pointer, path));
  }

  private static boolean fits(List<String> pointer, List<String> path) {
    if (pointer.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!pointer.get(i).equals("*") && !pointer.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the place of a failure is hidden, or lies in what is hidden. */
  boolean hides(JacksonException failure) {
    var path = new ArrayList<String>();
    for (JacksonException.Reference step : failure.getPath()) {
      String property = step.getPropertyName();
      path.add(property == null ? String.valueOf(step.getIndex()) : property);
      if (hides(path)) {
        return true;
      }
    }
    return false;
  }

  /** What meets hidden values. */
  private interface Visit {
    JsonNode hidden(List<String> path, JsonNode value);
  }

  private JsonNode walk(JsonNode node, List<String> path, Visit visit) {
    if (!path.isEmpty() && !node.isNull() && hides(path)) {
      return visit.hidden(path, node);
    }
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        JsonNode _ = field.setValue(within(field.getValue(), path, field.getKey(), visit));
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        JsonNode _ = list.set(i, within(list.get(i), path, String.valueOf(i), visit));
      }
    }
    return node;
  }

  private JsonNode within(JsonNode node, List<String> path, String step, Visit visit) {
    path.add(step);
    try {
      return walk(node, path, visit);
    } finally {
      path.removeLast();
    }
  }

  /** As people see it; {@code data} is not changed. */
  JsonNode shown(JsonNode data) {
    return mayHide(data)
        ? walk(data.deepCopy(), new ArrayList<>(), (_, _) -> StringNode.valueOf(SHOWN))
        : data;
  }

  @Nullable JsonNode shownOrNull(@Nullable JsonNode data) {
    return data == null ? null : shown(data);
  }

  private boolean mayHide(JsonNode data) {
    return data.isContainer() && (!pointers.isEmpty() || mayHide(data.toString()));
  }

  /** Whether something of that JSON may be hidden; false if nothing is. */
  boolean mayHide(String json) {
    return !pointers.isEmpty() || named.matcher(json).find();
  }

  /** Whether somebody gives back what they were shown: the place of it, if so. */
  @Nullable String givenBack(JsonNode data) {
    var found = new ArrayList<String>();
    JsonNode _ =
        walk(
            data.deepCopy(),
            new ArrayList<>(),
            (path, value) -> {
              if (value.asString("").equals(SHOWN)) {
                found.add(String.join("/", path));
              }
              return value;
            });
    return found.isEmpty() ? null : found.getFirst();
  }

  /** {@code data} with what is hidden taken from {@code known} where it was given back as shown. */
  JsonNode restored(JsonNode data, JsonNode known) {
    return walk(
        data.deepCopy(),
        new ArrayList<>(),
        (path, value) -> {
          JsonNode at = known;
          for (String step : path) {
            at = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
          }
          return value.asString("").equals(SHOWN) && !at.isMissingNode() ? at : value;
        });
  }

  /** What is hidden of an input, as it would stand in a text. */
  private List<String> values(String input) {
    if (!mayHide(input)) {
      return List.of();
    }
    var values = new ArrayList<String>();
    try {
      JsonNode _ =
          walk(
              Json.MAPPER.readTree(input),
              new ArrayList<>(),
              (_, value) -> {
                collect(value, values);
                return value;
              });
    } catch (JacksonException _) {
      return List.of();
    }
    return values.stream()
        .filter(value -> value.length() >= LEAST)
        .distinct()
        .sorted((a, b) -> b.length() - a.length())
        .limit(MOST_VALUES)
        .toList();
  }

  private static void collect(JsonNode value, List<String> values) {
    if (value.isContainer()) {
      value.forEach(each -> collect(each, values));
    } else if (!value.isNull() && !value.isBoolean()) {
      values.add(value.asString(""));
    }
  }

  /** What hides in texts of a run, which takes no time before there is a text. */
  Veil veil(@Nullable String input) {
    return new Veil(this, input);
  }

  /** Hides in the texts of one run what is hidden of its input, and what a name gives away. */
  static final class Veil {
    private final Redaction redaction;
    private final @Nullable String input;
    private @Nullable List<String> values;

    private Veil(Redaction redaction, @Nullable String input) {
      this.redaction = redaction;
      this.input = input;
    }

    synchronized String over(String text) {
      List<String> known = values;
      if (known == null) {
        known = input == null ? List.of() : redaction.values(input);
        values = known;
      }
      String shown = text;
      for (String value : known) {
        shown = shown.replace(value, SHOWN);
      }
      return redaction.assigned.matcher(shown).replaceAll("$1" + SHOWN);
    }
  }
}
