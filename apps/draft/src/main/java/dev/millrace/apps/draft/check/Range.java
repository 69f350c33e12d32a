package dev.millrace.apps.draft.check;

import tools.jackson.databind.JsonNode;

/** Checks {start, duration}. */
final class Range {
  private Range() {}

  /** Whether a range can be reckoned with; reports it if not. */
  static boolean isWhole(JsonNode range, String pointer, Findings findings) {
    if (!range.isObject()) {
      return false;
    }
    boolean whole = time(range, pointer, "start", 0, findings);
    whole &= time(range, pointer, "duration", 1, findings);
    return whole;
  }

  private static boolean time(
      JsonNode range, String pointer, String name, long least, Findings findings) {
    JsonNode value = range.path(name);
    // Twice such a time still fits a long, so that sums are safe.
    boolean whole =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.asLong() >= least
            && value.asLong() < Long.MAX_VALUE / 4;
    if (!whole) {
      findings.add(Rule.TIME_WHOLE, pointer + "/" + name, "is " + RequiredFields.brief(value));
    }
    return whole;
  }
}
