package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.util.Locale;
import java.util.Map;

/**
 * Something found out about a part of the process, for people in any language and for programs.
 * Immutable.
 *
 * @param code stable, in kebab case; says what was found
 * @param facts what the code speaks of, by name in camel case: text, numbers and booleans; sizes
 *     are in bytes, times ISO-8601
 * @param text the same in English, with what to do about it where something is wrong
 */
public record Finding(String code, Map<String, Object> facts, String text) {
  public Finding {
    facts = Map.copyOf(facts);
  }

  /** A finding that rests on a failure of the store: {@code reason} and {@code said} are facts. */
  public static Finding of(String code, StoreException failure, String text) {
    return new Finding(code, factsOf(failure), text);
  }

  /** The {@link Reason} in kebab case and the message. */
  static Map<String, Object> factsOf(StoreException failure) {
    return Map.of(
        "reason", failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "said", String.valueOf(failure.getMessage()));
  }
}
