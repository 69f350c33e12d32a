package dev.millrace.apps.crew.decisions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a decision: {@code shop:ADR-0042} is the 42nd of the project shop. Immutable.
 *
 * @param number from 1
 */
public record DecisionId(String project, long number) {
  /** The project of decisions that name none. */
  public static final String USUAL_PROJECT = "default";

  /** What a project may be called. */
  public static final String PROJECT = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}";

  private static final Pattern ID = Pattern.compile("(?:(" + PROJECT + "):)?ADR-([0-9]{1,15})");

  /**
   * Reads an id; one without a project is of the usual one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DecisionId parse(String text) {
    Matcher matcher = ID.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no id of a decision; write it like shop:ADR-0042");
    }
    String project = matcher.group(1) == null ? USUAL_PROJECT : matcher.group(1);
    return new DecisionId(project, Long.parseLong(matcher.group(2)));
  }

  /** The number as people know it: {@code ADR-0042}. */
  public static String number(long number) {
    String digits = Long.toString(number);
    return "ADR-" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  @Override
  public String toString() {
    return project + ":" + number(number);
  }
}
