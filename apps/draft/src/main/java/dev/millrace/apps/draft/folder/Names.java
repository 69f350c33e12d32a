package dev.millrace.apps.draft.folder;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names of drafts and of their files, which any file system and the client accept. */
public final class Names {
  /** Leaves room for stamps and endings within the 255 bytes of most file systems. */
  private static final int MOST_BYTES = 120;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

  /** Endings of each format; the first is given to files that have none of them. */
  private static final Map<String, Set<String>> ENDINGS =
      Map.ofEntries(
          Map.entry("PNG", ordered("png")),
          Map.entry("JPEG", ordered("jpg", "jpeg")),
          Map.entry("WebP", ordered("webp")),
          Map.entry("BMP", ordered("bmp")),
          Map.entry("GIF", ordered("gif")),
          Map.entry("MP4", ordered("mp4", "mov", "m4v")),
          Map.entry("M4A", ordered("m4a", "mp4")),
          Map.entry("WAV", ordered("wav")),
          Map.entry("MP3", ordered("mp3")),
          Map.entry("AAC", ordered("aac")),
          Map.entry("FLAC", ordered("flac")));

  private Names() {}

  private static Set<String> ordered(String... endings) {
    return new java.util.LinkedHashSet<>(java.util.List.of(endings));
  }

  /** Name of a draft: its title, the moment it was asked for, and what makes it the only one. */
  public static String draft(String title, Instant at, ZoneId zone, String shortId) {
    String cleaned = cleaned(title);
    return (cleaned.isEmpty() ? "draft" : cleaned)
        + "_"
        + STAMP.format(at.atZone(zone))
        + "_"
        + shortId;
  }

  /** The same, with a mark of its own that is enough for two drafts of a title within a second. */
  public static String draft(String title, Instant at, ZoneId zone) {
    String digits =
        BigInteger.valueOf(UUID.randomUUID().getLeastSignificantBits()).abs().toString(36);
    return draft(title, at, zone, ("000000" + digits).substring(digits.length()));
  }

  /** The title that a draft's name was made of: the name without its stamp. */
  public static String titleOf(String name) {
    return name.replaceAll("(_\\d{8}_\\d{6}_[0-9a-z]{1,8})+$", "");
  }

  /** A name that any file system takes; empty if nothing of it is left. */
  public static String title(String name) {
    return cleaned(name);
  }

  /**
   * Name of a file within a draft: a digest of its link, so that two links never share one, then
   * the name that people know.
   *
   * @param wanted name from the recipe; null for the last part of the link
   * @param format as found by probing; empty if the file is no media
   */
  public static String file(String url, @Nullable String wanted, String format) {
    String base = cleaned(wanted == null || wanted.isBlank() ? lastPart(url) : wanted);
    return sha1(url).substring(0, 8) + "_" + withEnding(base.isEmpty() ? "file" : base, format);
  }

  private static String withEnding(String base, String format) {
    Set<String> endings = ENDINGS.getOrDefault(format, Set.of());
    int dot = base.lastIndexOf('.');
    String ending = dot < 0 ? "" : base.substring(dot + 1).toLowerCase(Locale.ROOT);
    return endings.isEmpty() || endings.contains(ending)
        ? base
        : base + "." + endings.iterator().next();
  }

  private static String lastPart(String url) {
    String path = URI.create(url).getRawPath();
    if (path == null) {
      return "";
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    try {
      return URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A stray percent sign: the raw name will do.
      return last;
    }
  }

  /**
   * Keeps letters of every script; drops what file systems refuse or what cannot be seen, dots and
   * blanks at either end, and what is too long.
   */
  static String cleaned(String title) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int point : Normalizer.normalize(title, Normalizer.Form.NFC).codePoints().toArray()) {
      if (!isKept(point)) {
        continue;
      }
      String character = Character.toString(point);
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      kept.append(character);
    }
    return kept.toString().replaceAll("^[.\\s]+|[.\\s]+$", "");
  }

  private static boolean isKept(int point) {
    int type = Character.getType(point);
    boolean unseen =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    return !unseen && "\\/:*?\"<>|".indexOf(point) < 0;
  }

  private static String sha1(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
