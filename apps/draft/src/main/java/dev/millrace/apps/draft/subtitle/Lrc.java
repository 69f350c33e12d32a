package dev.millrace.apps.draft.subtitle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lyrics: lines such as {@code [01:02.50]words}, several times before one line, an offset for
 * all, and times of single words, which are left out. A line lasts until the next, an empty line
 * ends the one before, the last lasts five seconds.
 */
final class Lrc {
  private static final long LAST_MICROS = 5_000_000;

  private static final Pattern TIME =
      Pattern.compile("\\[(\\d{1,3}):(\\d{1,2})(?:[.:](\\d{1,3}))?\\]");
  private static final Pattern OFFSET =
      Pattern.compile("^\\s*\\[offset:\\s*([+-]?\\d{1,9})\\s*\\]\\s*$", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD_TIME = Pattern.compile("<\\d{1,3}:\\d{1,2}(?:[.:]\\d{1,3})?>");

  private Lrc() {}

  private record Line(long start, String text) {}

  static boolean isLrc(List<String> lines) {
    return lines.stream().anyMatch(line -> TIME.matcher(line.strip()).lookingAt());
  }

  static List<Cue> cues(List<String> lines) {
    List<Line> sung = new ArrayList<>();
    long offset = 0;
    for (String line : lines) {
      Matcher shift = OFFSET.matcher(line);
      if (shift.matches()) {
        // More means sooner.
        offset = -Long.parseLong(shift.group(1)) * 1_000;
      } else {
        line(line.strip(), sung);
      }
    }
    sung.sort(Comparator.comparingLong(Line::start));
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < sung.size(); i++) {
      Line line = sung.get(i);
      long start = Math.max(0, line.start() + offset);
      int next = i + 1;
      while (next < sung.size() && sung.get(next).start() == line.start()) {
        next++;
      }
      long end = next < sung.size() ? sung.get(next).start() + offset : start + LAST_MICROS;
      if (!line.text().isEmpty() && end > start) {
        cues.add(new Cue(start, end, line.text()));
      }
    }
    return cues;
  }

  private static void line(String line, List<Line> sung) {
    Matcher time = TIME.matcher(line);
    List<Long> starts = new ArrayList<>();
    int at = 0;
    while (time.region(at, line.length()).lookingAt()) {
      starts.add(micros(time));
      at = time.end();
    }
    String text = WORD_TIME.matcher(line.substring(at)).replaceAll("").strip();
    starts.forEach(start -> sung.add(new Line(start, text)));
  }

  private static long micros(Matcher time) {
    String fraction = time.group(3) == null ? "0" : time.group(3);
    long seconds = Long.parseLong(time.group(1)) * 60 + Long.parseLong(time.group(2));
    return seconds * 1_000_000 + Long.parseLong((fraction + "00").substring(0, 3)) * 1_000;
  }
}
