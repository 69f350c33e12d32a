package dev.millrace.testkit.media;

import java.time.Duration;
import java.util.Locale;

/** A line of subtitles, shown from {@code start} until {@code end}. */
public record Cue(Duration start, Duration end, String text) {
  String srt() {
    return stamp(start) + " --> " + stamp(end) + "\n" + text;
  }

  private static String stamp(Duration at) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d,%03d",
        at.toHours(),
        at.toMinutesPart(),
        at.toSecondsPart(),
        at.toMillisPart());
  }
}
