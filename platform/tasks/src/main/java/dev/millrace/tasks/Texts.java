package dev.millrace.tasks;

/** Cuts texts of unknown length before they reach a message or a column. */
final class Texts {
  private Texts() {}

  /** {@code text}, or its first {@code max} characters with an ellipsis; never half a pair. */
  static String shortened(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
