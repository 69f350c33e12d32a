package dev.millrace.http;

/** What a client sent, as messages and logs show it: short and on one line. */
final class Shown {
  private static final int LONGEST = 100;

  private Shown() {}

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
