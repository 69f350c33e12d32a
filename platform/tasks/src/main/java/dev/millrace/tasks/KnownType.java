package dev.millrace.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** A registered type with its JSON readers and writers made once. Thread-safe. */
final class KnownType<I, O> {
  final TaskType<I, O> type;
  final Redaction redaction;

  /** How its tasks are handled together; null if each is handled alone. */
  final @Nullable Chunked<I, O> chunked;

  private final ObjectReader inputReader;
  private final ObjectWriter inputWriter;
  private final ObjectWriter outputWriter;

  /** What code and people say of it together; made anew when somebody sets something. */
  private volatile Rules rules;

  private record Rules(TypeSettings set, @Nullable Duration timeLimit, RetryPolicy retry) {
    static Rules of(TaskType<?, ?> type, TypeSettings set) {
      return new Rules(set, set.timeLimit(type.timeLimit()), set.retry(type.retry()));
    }
  }

  KnownType(TaskType<I, O> type, Redaction redaction) {
    this.type = type;
    chunked = type.handler() instanceof Chunked<I, O> many ? many : null;
    rules = Rules.of(type, TypeSettings.NONE);
    this.redaction = redaction;
    inputReader = Json.MAPPER.readerFor(type.input());
    inputWriter = Json.MAPPER.writerFor(type.input());
    outputWriter = Json.MAPPER.writerFor(type.output());
  }

  /** The class of people's code. */
  Class<?> handlerClass() {
    return chunked == null ? type.handler().getClass() : chunked.handler().getClass();
  }

  String name() {
    return type.name();
  }

  /** Of one attempt; null for none. */
  @Nullable Duration timeLimit() {
    return rules.timeLimit;
  }

  RetryPolicy retry() {
    return rules.retry;
  }

  TypeSettings settings() {
    return rules.set;
  }

  void settings(TypeSettings set) {
    rules = Rules.of(type, set);
  }

  /** JSON of an input that Java code gives. */
  String encode(Object input) {
    if (!type.input().isInstance(input)) {
      throw refused("input", "is a " + input.getClass().getName(), null);
    }
    try {
      return limited(inputWriter.writeValueAsString(input));
    } catch (JacksonException failure) {
      throw refused(Json.pointer("input", failure), failure.getOriginalMessage(), failure);
    }
  }

  /** JSON of an input that a client gives, checked against the input record. */
  String check(JsonNode input) {
    String json = limited(Json.MAPPER.writeValueAsString(input));
    String givenBack = json.contains(Redaction.SHOWN) ? redaction.givenBack(input) : null;
    if (givenBack != null) {
      throw refused(
          "input/" + givenBack,
          "what is shown in the place of a hidden value stands there",
          "Give the value itself; it is not shown to anybody.",
          null);
    }
    try {
      if (inputReader.readValue(json) == null) {
        throw refused("input", "null stands there, and an object is expected", null);
      }
    } catch (JacksonException failure) {
      Misfit misfit = Misfit.of(failure, input);
      String detail =
          redaction.hides(failure)
              ? "the hidden value that stands there is not taken"
              : redaction.veil(json).over(misfit.detail());
      throw refused(Json.pointer("input", failure), detail, misfit.remedy(), failure);
    }
    return json;
  }

  /** The input of a run. */
  I decode(String json) {
    try {
      I input = inputReader.readValue(json);
      if (input == null) {
        throw new FatalFailure("the input of this task is null, which no handler takes");
      }
      return input;
    } catch (JacksonException failure) {
      throw new FatalFailure(
          "the input does not fit "
              + type.input().getName()
              + " any more, at /"
              + Json.pointer("input", failure)
              + ": "
              + failure.getOriginalMessage(),
          failure);
    }
  }

  /** JSON of a result; null for none. */
  @Nullable String encodeOutput(@Nullable O output) {
    if (output == null) {
      return null;
    }
    String json = outputWriter.writeValueAsString(output);
    if (json.length() > Limits.PAYLOAD) {
      throw new FatalFailure(
          "the result has "
              + json.length()
              + " characters of JSON; up to "
              + Limits.PAYLOAD
              + " are kept, so put it into a table or file and answer where it is");
    }
    return json;
  }

  private String limited(String json) {
    if (json.length() > Limits.PAYLOAD) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "input",
          "the input for '" + name() + "' has " + json.length() + " characters of JSON",
          "Up to " + Limits.PAYLOAD + " are taken; put the rest into a table or file.");
    }
    return json;
  }

  private TaskException refused(String pointer, @Nullable String why, @Nullable Throwable cause) {
    return refused(
        pointer,
        why,
        "Give the fields of " + type.input().getSimpleName() + ", and no others.",
        cause);
  }

  private TaskException refused(
      String pointer, @Nullable String why, String remedy, @Nullable Throwable cause) {
    return TaskException.of(
        TaskException.Reason.INVALID_INPUT,
        pointer,
        "the input does not fit task type '" + name() + "' at /" + pointer + ": " + why,
        remedy,
        cause);
  }
}
