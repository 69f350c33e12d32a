package dev.millrace.apps.draft.timeline;

import java.math.BigDecimal;

/** Times in sentences. */
final class Times {
  private Times() {}

  static String show(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
  }
}
