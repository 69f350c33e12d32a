package dev.millrace.tasks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A short hash that failures of one kind share: of the classes of the exception and its causes,
 * their messages without what changes, and the methods of the user's own code that the innermost
 * one came through. Lines are left out, so that an edit elsewhere in a file keeps the kind.
 */
final class Fingerprint {
  /** Causes, and frames, that count. */
  private static final int DEPTH = 5;

  private static final int MESSAGE = 1_000;
  private static final int BYTES = 8;

  /** Quoted text, then words that hold a digit (numbers, ids, hex), then long hex without one. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"\\n]*\"|(?<!\\w)'[^'\\n]*'(?!\\w)|`[^`\\n]*`|“[^”\\n]*”|‘[^’\\n]*’|「[^」\\n]*」");

  private static final Pattern UUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("(?<!\\w)[A-Za-z_]*+\\d\\w*+");
  private static final Pattern NUMBERS = Pattern.compile("#(?:[.,:]#)+");
  private static final Pattern HEX = Pattern.compile("\\b[0-9a-fA-F]{8,}\\b");
  private static final Pattern MADE = Pattern.compile("\\$\\$.*|\\$\\d+");

  private Fingerprint() {}

  static String of(Throwable thrown, Class<?> handler) {
    var text = new StringBuilder();
    @Nullable Throwable at = thrown;
    Throwable innermost = thrown;
    for (int depth = 0; at != null && depth < DEPTH; depth++, at = at.getCause()) {
      text.append(at.getClass().getName()).append('\n');
      if (at.getMessage() != null) {
        text.append(normal(at.getMessage())).append('\n');
      }
      innermost = at;
    }
    frames(innermost, handler).forEach(frame -> text.append(frame).append('\n'));
    return hash(text.toString());
  }

  static String of(String words, String more) {
    return hash(words + '\n' + more);
  }

  /** The message with quoted texts, numbers, ids and hex taken out. */
  static String normal(String message) {
    String text = Texts.shortened(message, MESSAGE);
    text = QUOTED.matcher(text).replaceAll("'…'");
    text = UUID.matcher(text).replaceAll("#");
    text = NUMBER.matcher(text).replaceAll("#");
    text = HEX.matcher(text).replaceAll("#");
    return NUMBERS.matcher(text).replaceAll("#");
  }

  /** Of the user's own code; of any code but Java's and ours where none of that is there. */
  private static List<String> frames(Throwable thrown, Class<?> handler) {
    String own = root(handler.getName());
    var users = new ArrayList<String>();
    var others = new ArrayList<String>();
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String name = frame.getClassName();
      if (isPlatform(name)) {
        continue;
      }
      String place = plain(name) + '.' + plain(frame.getMethodName());
      (name.startsWith(own) ? users : others).add(place);
      if (users.size() == DEPTH) {
        break;
      }
    }
    List<String> found = users.isEmpty() ? others : users;
    return found.subList(0, Math.min(DEPTH, found.size()));
  }

  private static boolean isPlatform(String name) {
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.")
        || name.startsWith("com.sun.")
        || isOurs(name);
  }

  /** Only the classes in which runs are carried out: tests and applications live beside them. */
  private static boolean isOurs(String name) {
    return name.startsWith("dev.millrace.tasks.Workers")
        || name.startsWith("dev.millrace.tasks.LiveRun")
        || name.startsWith("dev.millrace.tasks.Notebook")
        || name.startsWith("dev.millrace.tasks.KnownType")
        || name.startsWith("dev.millrace.tasks.CpuPool")
        || name.startsWith("dev.millrace.store.");
  }

  /** The first two parts of a package: code below it belongs together. */
  private static String root(String name) {
    int first = name.indexOf('.');
    int second = first < 0 ? -1 : name.indexOf('.', first + 1);
    return second < 0 ? name.substring(0, Math.max(0, first + 1)) : name.substring(0, second + 1);
  }

  /** Without the numbers that compilers and the machine give to classes and lambdas. */
  private static String plain(String name) {
    return MADE.matcher(name).replaceAll("");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
