package dev.millrace.http.schema;

/** Values from requests as they appear in messages: short, and with nothing that breaks a line. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  static String of(String value) {
    return "'" + cut(value) + "'";
  }

  static String cut(String value) {
    var shown = new StringBuilder();
    int end = Math.min(value.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return end < value.length() ? shown.append('…').toString() : shown.toString();
  }
}
