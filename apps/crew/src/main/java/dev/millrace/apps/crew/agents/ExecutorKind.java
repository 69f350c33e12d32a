package dev.millrace.apps.crew.agents;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Who or what does an agent's work. */
public enum ExecutorKind {
  /** Somebody who answers on the page. */
  PERSON,
  /** A program on this machine, if the configuration allows it. */
  SHELL,
  /** A service that is called. */
  HTTP,
  /** A registered task type. */
  JAVA;

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ExecutorKind parse(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "kind '" + word + "' is not known; use person, shell, http or java"));
  }
}
