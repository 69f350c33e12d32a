package dev.millrace.tasks;

import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Why a JSON input does not fit its record, in words of JSON: clients do not know Java. Immutable.
 *
 * @param detail what stands there, and what is expected
 * @param remedy what to do
 */
record Misfit(String detail, String remedy) {
  private static final int SHOWN = 60;

  /**
   * Reads a failure.
   *
   * @param input what was given; null if it is not at hand
   */
  static Misfit of(JacksonException failure, @Nullable JsonNode input) {
    return switch (failure) {
      case PropertyBindingException unknown -> unknown(unknown);
      case ValueInstantiationException refused -> {
        String why = cause(refused);
        yield new Misfit(why, "Give a value that is allowed there.");
      }
      case MismatchedInputException wrong -> wrong(wrong, input);
      default ->
          new Misfit(
              there(failure, input) + " cannot be read there",
              "Give what the task type expects there.");
    };
  }

  private static Misfit unknown(PropertyBindingException failure) {
    Collection<Object> known = failure.getKnownPropertyIds();
    String fields =
        known == null || known.isEmpty()
            ? "it takes no fields"
            : "known are " + String.join(", ", known.stream().map(String::valueOf).toList());
    return new Misfit(
        "'" + Texts.shortened(failure.getPropertyName(), SHOWN) + "' is not known here; " + fields,
        "Leave it out, or use a name that is known.");
  }

  private static String cause(ValueInstantiationException failure) {
    Throwable cause = failure.getCause();
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isBlank() ? "the value is refused" : message;
  }

  private static Misfit wrong(MismatchedInputException failure, @Nullable JsonNode input) {
    String wanted = wanted(failure.getTargetType());
    return new Misfit(
        there(failure, input) + " stands there, and " + wanted + " is expected",
        "Give " + wanted + " there.");
  }

  /** What stands at the place of a failure, for people. */
  private static String there(JacksonException failure, @Nullable JsonNode input) {
    JsonNode at = input;
    for (JacksonException.Reference step : failure.getPath()) {
      if (at == null) {
        break;
      }
      String property = step.getPropertyName();
      at = property == null ? at.get(step.getIndex()) : at.get(property);
    }
    if (at == null) {
      return "nothing";
    }
    return switch (at.getNodeType()) {
      case OBJECT, POJO -> at.isEmpty() ? "an empty object" : "an object";
      case ARRAY -> at.isEmpty() ? "an empty list" : "a list";
      case STRING -> "the text '" + Texts.shortened(at.stringValue(), SHOWN) + "'";
      case NUMBER -> "the number " + Texts.shortened(at.toString(), SHOWN);
      case BOOLEAN, NULL -> at.toString();
      case BINARY -> "binary data";
      case MISSING -> "nothing";
    };
  }

  /** What JSON a Java type is read from. */
  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type.isEnum()) {
      return "one of "
          + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Misfit::word).toList());
    }
    if (WHOLE.contains(type)) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (Duration.class == type) {
      return "a duration such as \"PT5S\"";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time such as \"2026-11-20T08:00:00Z\"";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "an object";
    }
    if (type.isRecord()) {
      return fields(type);
    }
    return CharSequence.class.isAssignableFrom(type) ? "a text" : "another kind of value";
  }

  private static final List<Class<?>> WHOLE =
      List.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          short.class,
          Short.class,
          byte.class,
          Byte.class,
          java.math.BigInteger.class);

  private static String word(Object constant) {
    return Json.MAPPER.valueToTree(constant).asString();
  }

  private static String fields(Class<?> type) {
    List<String> names =
        Arrays.stream(type.getRecordComponents()).map(each -> each.getName()).toList();
    return names.isEmpty()
        ? "an object without fields"
        : "an object with the fields " + String.join(", ", names);
  }
}
