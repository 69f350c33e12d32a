package dev.millrace.apps.draft.subtitle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the lines of a WebVTT file into those of a SubRip file: blocks that are no cues, names of
 * cues, times within texts and escaped characters are what the two differ in.
 */
final class Vtt {
  private static final Pattern WORD_TIME =
      Pattern.compile("<(?:\\d{1,3}:)?\\d{1,2}:\\d{1,2}\\.\\d{1,3}>");

  /** Of the private use area, so that no text has them. */
  private static final char LESS = '\uE000';

  private static final char MORE = '\uE001';

  private Vtt() {}

  static boolean isVtt(List<String> lines) {
    return !lines.isEmpty() && lines.getFirst().strip().matches("WEBVTT(\\s.*)?");
  }

  /** Its cues with nothing but times and text between blank lines. */
  static List<String> plain(List<String> lines) {
    List<String> plain = new ArrayList<>();
    boolean text = false;
    for (String line : lines) {
      if (line.contains("-->")) {
        text = true;
        plain.add(line);
      } else if (line.isBlank()) {
        text = false;
      } else if (text) {
        plain.add(unescaped(WORD_TIME.matcher(line).replaceAll("")));
      }
    }
    return plain;
  }

  private static String unescaped(String line) {
    return line.replace("&nbsp;", " ")
        .replace("&lrm;", "")
        .replace("&rlm;", "")
        .replace("&lt;", String.valueOf(LESS))
        .replace("&gt;", String.valueOf(MORE))
        .replace("&amp;", "&");
  }

  /** Gives back the characters that would have looked like mark-up. */
  static String restored(String text) {
    return text.replace(LESS, '<').replace(MORE, '>');
  }
}
