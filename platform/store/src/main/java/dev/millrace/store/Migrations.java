package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered, forward-only changes of one part's tables. Immutable.
 *
 * <p>Each is a resource {@code migrations/<dialect>/<name>.sql} beside the part's class, and its
 * name begins with its number: {@code 0001_tasks}. Numbers begin at 1 and have no gaps. What was
 * once released never changes; a later change is a new number.
 *
 * @param part the part's name, such as {@code tasks}
 */
public record Migrations(String part, Class<?> anchor, List<String> names) {
  private static final Pattern NAME = Pattern.compile("([0-9]{4})_[a-z0-9_]+");

  public Migrations {
    names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      Matcher matcher = NAME.matcher(names.get(i));
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) != i + 1) {
        throw new IllegalArgumentException(
            "migration "
                + (i + 1)
                + " of "
                + part
                + " is named '"
                + names.get(i)
                + "'; name it like "
                + String.format("%04d_what_it_does", i + 1));
      }
    }
  }

  /** The migrations of {@code part} by name, in order, as resources beside {@code anchor}. */
  public static Migrations of(String part, Class<?> anchor, String... names) {
    return new Migrations(part, anchor, List.of(names));
  }

  List<Migration> load(String dialect) {
    var loaded = new ArrayList<Migration>();
    for (String name : names) {
      String script = read("migrations/" + dialect + "/" + name + ".sql");
      loaded.add(new Migration(loaded.size() + 1, name, script, checksum(script)));
    }
    return loaded;
  }

  private String read(String resource) {
    try (InputStream in = anchor.getResourceAsStream(resource)) {
      if (in == null) {
        throw new StoreException(
            Reason.INTERNAL,
            "the migration " + resource + " is missing beside " + anchor.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String checksum(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
