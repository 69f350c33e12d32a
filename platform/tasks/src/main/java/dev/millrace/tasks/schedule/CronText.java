package dev.millrace.tasks.schedule;

import java.util.ArrayList;
import java.util.List;

/** Cuts a cron rule into its fields. */
final class CronText {
  private static final int LONGEST = 256;
  private static final List<CronField> FIELDS = List.of(CronField.values());

  private CronText() {}

  /** All six fields; the second is 0 if it is left out. */
  static List<CronReader> read(String rule) {
    if (rule.length() > LONGEST) {
      throw new TimingException(
          "cron",
          LONGEST,
          "a rule of " + rule.length() + " characters",
          "Use up to " + LONGEST + ".");
    }
    List<Integer> starts = starts(rule);
    int count = starts.size();
    if (count < FIELDS.size() - 1 || count > FIELDS.size()) {
      int place = count > FIELDS.size() ? starts.get(FIELDS.size()) : rule.length();
      throw new TimingException(
          "cron",
          place,
          "a rule of " + count + " fields",
          "Write [second] minute hour day-of-month month day-of-week, as in 0 9 * * MON-FRI.");
    }
    var fields = new ArrayList<CronReader>();
    if (count < FIELDS.size()) {
      fields.add(new CronReader(CronField.SECOND, "0", 0).read());
    }
    for (int start : starts) {
      int end = start;
      while (end < rule.length() && !Character.isWhitespace(rule.charAt(end))) {
        end++;
      }
      CronField field = FIELDS.get(fields.size());
      fields.add(new CronReader(field, rule.substring(start, end), start).read());
    }
    return fields;
  }

  private static List<Integer> starts(String rule) {
    var starts = new ArrayList<Integer>();
    boolean inside = false;
    for (int i = 0; i < rule.length(); i++) {
      boolean blank = Character.isWhitespace(rule.charAt(i));
      if (!blank && !inside) {
        starts.add(i);
      }
      inside = !blank;
    }
    return starts;
  }
}
