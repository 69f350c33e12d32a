package dev.millrace.apps.draft.subtitle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SubRip, WebVTT and LRC files as people really write them: any line ends, a byte order mark
 * or none, UTF-8, UTF-16 or GB 18030, numbers missing or wrong, blank lines inside a text, mark-up,
 * a dot for the comma, cues out of order.
 */
public final class SubtitleReader {
  /** Bytes of a file; a long film has a few hundred thousand. */
  public static final int MOST_BYTES = 5 << 20;

  /** Cues of a file. */
  public static final int MOST_CUES = 10_000;

  private static final String CLOCK = "(?:(\\d{1,3}):)?(\\d{1,2}):(\\d{1,2})[,.:](\\d{1,3})";
  private static final Pattern TIMES =
      Pattern.compile("^\\s*" + CLOCK + "\\s*-+>\\s*" + CLOCK + ".*$");
  private static final Pattern MARKUP =
      Pattern.compile("</?[a-zA-Z][^<>]{0,200}>|\\{\\\\[^{}]{0,200}\\}");

  private SubtitleReader() {}

  /**
   * The cues in order of time, none of which overlaps the next: where two would, the earlier ends
   * sooner, and those that begin together become one of several lines.
   *
   * @throws UnusableSubtitlesException if there is none, or far too many
   */
  public static List<Cue> read(byte[] file) throws UnusableSubtitlesException {
    if (file.length > MOST_BYTES) {
      throw new UnusableSubtitlesException(
          "the subtitles have "
              + file.length
              + " bytes; at most "
              + MOST_BYTES
              + " are read, split them");
    }
    List<Cue> cues = ofAnyKind(decode(file).lines().toList());
    if (cues.isEmpty()) {
      throw new UnusableSubtitlesException(
          "the file holds no subtitles: no line is like 00:00:01,000 --> 00:00:02,500 or"
              + " [00:01.00]words; link to a file of SRT, WebVTT or LRC");
    }
    if (cues.size() > MOST_CUES) {
      throw new UnusableSubtitlesException(
          "the file holds "
              + cues.size()
              + " subtitles; at most "
              + MOST_CUES
              + " are taken, split it");
    }
    return apart(cues);
  }

  private static List<Cue> ofAnyKind(List<String> lines) {
    if (Vtt.isVtt(lines)) {
      List<Cue> cues = new ArrayList<>();
      for (Cue cue : cues(Vtt.plain(lines), false)) {
        cues.add(new Cue(cue.startMicros(), cue.endMicros(), Vtt.restored(cue.text())));
      }
      return cues;
    }
    List<Cue> cues = cues(lines, true);
    return cues.isEmpty() && Lrc.isLrc(lines) ? Lrc.cues(lines) : cues;
  }

  private static String decode(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8.decode(bytes.position(3)).toString();
    }
    if (startsWith(file, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE.decode(bytes.position(2)).toString();
    }
    if (startsWith(file, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE.decode(bytes.position(2)).toString();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      // Chinese editors that do not write UTF-8 write GBK, which GB 18030 contains.
      return Charset.forName("GB18030").decode(bytes.rewind()).toString();
    }
  }

  private static boolean startsWith(byte[] file, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= file.length || (file[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<Cue> cues(List<String> lines, boolean numbered) {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher times = TIMES.matcher(lines.get(i));
      if (times.matches()) {
        int end = i + 1;
        while (end < lines.size() && !TIMES.matcher(lines.get(end)).matches()) {
          end++;
        }
        boolean another = numbered && end < lines.size();
        String text = text(lines.subList(i + 1, end), another);
        long from = micros(times, 1);
        long to = micros(times, 5);
        if (!text.isEmpty() && to > from) {
          cues.add(new Cue(from, to, text));
        }
        i = end - 1;
      }
    }
    return cues;
  }

  /** The text up to the number of the next cue, which is the last line before its times. */
  private static String text(List<String> lines, boolean another) {
    int end = lines.size();
    if (another && end > 0 && lines.get(end - 1).strip().matches("\\d{1,9}")) {
      end--;
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(0, end)) {
      String plain = MARKUP.matcher(line).replaceAll("").replace("\\N", "\n").strip();
      if (!plain.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(plain);
      }
    }
    return text.toString();
  }

  private static long micros(Matcher times, int group) {
    String hours = times.group(group);
    String fraction = (times.group(group + 3) + "00").substring(0, 3);
    long seconds =
        (hours == null ? 0 : Long.parseLong(hours)) * 3_600
            + Long.parseLong(times.group(group + 1)) * 60
            + Long.parseLong(times.group(group + 2));
    return seconds * 1_000_000 + Long.parseLong(fraction) * 1_000;
  }

  private static List<Cue> apart(List<Cue> cues) {
    cues.sort(Comparator.comparingLong(Cue::startMicros));
    List<Cue> apart = new ArrayList<>();
    for (Cue cue : cues) {
      Cue last = apart.isEmpty() ? null : apart.getLast();
      if (last != null && last.startMicros() == cue.startMicros()) {
        long end = Math.max(last.endMicros(), cue.endMicros());
        apart.set(
            apart.size() - 1, new Cue(last.startMicros(), end, last.text() + "\n" + cue.text()));
        continue;
      }
      if (last != null && last.endMicros() > cue.startMicros()) {
        apart.set(apart.size() - 1, new Cue(last.startMicros(), cue.startMicros(), last.text()));
      }
      apart.add(cue);
    }
    return apart;
  }
}
