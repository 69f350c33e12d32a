package dev.millrace.tasks;

import java.util.List;

/**
 * What of the tasks of a type is kept from people and from the disk. Immutable.
 *
 * @param hidden fields of inputs, results and steps that are shown as {@value Redaction#SHOWN}: a
 *     name at any depth, such as {@code iban}, or a JSON pointer, such as {@code /card/number},
 *     whose part {@code *} is every item of a list
 * @param encrypted whether inputs, results, steps and logs are encrypted in the database
 */
public record Secrecy(List<String> hidden, boolean encrypted) {
  /** What a type has that says nothing. */
  public static final Secrecy NONE = new Secrecy(List.of(), false);

  public Secrecy {
    hidden = List.copyOf(hidden);
    hidden.forEach(Redaction::check);
  }
}
