package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip archive that somebody sent, which is to be a draft. Everything about it is checked before
 * and while it is unpacked: names, kinds, counts, and sizes as they turn out, not as the archive
 * tells them. Archives within it stay packed.
 */
public final class DraftArchive {
  /** Below this many bytes nothing is a bomb, however well it packs. */
  private static final long SMALL = 1 << 20;

  private static final int MOST_NAME_BYTES = 255;

  private final ZipFile zip;
  private final ArchiveLimits limits;
  private final String top;
  private final List<ZipEntry> files;

  private DraftArchive(ZipFile zip, ArchiveLimits limits, String top, List<ZipEntry> files) {
    this.zip = zip;
    this.limits = limits;
    this.top = top;
    this.files = files;
  }

  /** What is done with an archive. */
  @FunctionalInterface
  public interface Use<T, X extends Exception> {
    T use(DraftArchive archive) throws IOException, RefusedArchiveException, X;
  }

  /**
   * Opens an archive for as long as {@code use} takes.
   *
   * @throws RefusedArchiveException if it is no archive of a draft
   */
  public static <T, X extends Exception> T with(Path file, ArchiveLimits limits, Use<T, X> use)
      throws IOException, RefusedArchiveException, X {
    int count = ArchiveIndex.check(file);
    if (count > limits.files()) {
      throw new RefusedArchiveException(
          "the archive has " + count + " entries; at most " + limits.files() + " are taken");
    }
    try (ZipFile zip = open(file)) {
      List<ZipEntry> files = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (ZipEntry entry : zip.stream().toList()) {
        name(entry.getName(), limits);
        if (entry.isDirectory() || isLitter(entry.getName())) {
          continue;
        }
        if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
          throw new RefusedArchiveException(
              "the archive holds \"" + shown(entry.getName()) + "\" twice; pack it again");
        }
        files.add(entry);
      }
      return use.use(new DraftArchive(zip, limits, top(files), files));
    }
  }

  /** Chinese Windows packs names in GBK, and does not say so. */
  private static ZipFile open(Path file) throws IOException, RefusedArchiveException {
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException utf8) {
      try {
        return new ZipFile(file.toFile(), Charset.forName("GB18030"));
      } catch (ZipException damaged) {
        throw new RefusedArchiveException(
            "the archive cannot be read (" + damaged.getMessage() + "); pack and send it again");
      }
    }
  }

  /** What macOS and Windows add without being asked. */
  private static boolean isLitter(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return name.startsWith("__MACOSX/")
        || last.equals(".DS_Store")
        || last.equals("Thumbs.db")
        || last.startsWith("._");
  }

  private static void name(String name, ArchiveLimits limits) throws RefusedArchiveException {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    String[] parts = plain.split("/", -1);
    boolean bad = plain.isEmpty() || plain.startsWith("/");
    for (String part : parts) {
      bad |=
          part.isEmpty()
              || part.equals(".")
              || part.equals("..")
              || part.endsWith(".")
              || part.endsWith(" ")
              || part.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES
              || part.codePoints().anyMatch(DraftArchive::isRefused);
    }
    if (bad) {
      throw new RefusedArchiveException(
          "the archive holds the name \""
              + shown(name)
              + "\", which is not taken: no \"..\", no absolute path, no \\ : * ? \" < > | and no"
              + " control character, no blank or dot at an end; rename it");
    }
    if (parts.length - 1 > limits.depth()) {
      throw new RefusedArchiveException(
          "\""
              + shown(name)
              + "\" lies in "
              + (parts.length - 1)
              + " folders; at most "
              + limits.depth()
              + " are taken");
    }
  }

  private static boolean isRefused(int point) {
    return Character.getType(point) == Character.CONTROL
        || Character.getType(point) == Character.FORMAT
        || Character.getType(point) == Character.SURROGATE
        || "\\:*?\"<>|".indexOf(point) >= 0;
  }

  private static String shown(String name) {
    String plain =
        name.codePoints()
            .filter(point -> !Character.isISOControl(point))
            .limit(120)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return plain;
  }

  /** The folder with the draft, which is the only one at the top; empty if the draft is there. */
  private static String top(List<ZipEntry> files) throws RefusedArchiveException {
    Set<String> tops = new HashSet<>();
    for (ZipEntry file : files) {
      String name = file.getName();
      String last = name.substring(name.lastIndexOf('/') + 1);
      boolean document = last.equals(DraftRoot.CONTENT) || last.equals(DraftRoot.INFO);
      if (document && name.chars().filter(c -> c == '/').count() <= 1) {
        tops.add(name.substring(0, name.length() - last.length()));
      }
    }
    if (tops.size() != 1) {
      throw new RefusedArchiveException(
          (tops.isEmpty() ? "the archive holds no draft" : "the archive holds several drafts")
              + ": pack one folder with "
              + DraftRoot.CONTENT
              + " or "
              + DraftRoot.INFO
              + " in it");
    }
    String top = tops.iterator().next();
    for (ZipEntry file : files) {
      if (!file.getName().startsWith(top)) {
        throw new RefusedArchiveException(
            "\"" + shown(file.getName()) + "\" lies beside the draft's folder; leave it out");
      }
    }
    return top;
  }

  /** Name of the draft's folder in the archive; empty if the draft lies at the top. */
  public String name() {
    return top.isEmpty() ? "" : top.substring(0, top.length() - 1);
  }

  /**
   * Unpacks the draft into a folder.
   *
   * @throws RefusedArchiveException when it turns out to be too large
   */
  public void unpack(Path folder) throws IOException, RefusedArchiveException {
    long bytes = 0;
    byte[] piece = new byte[1 << 16];
    for (ZipEntry entry : files) {
      Path target = folder.resolve(entry.getName().substring(top.length())).normalize();
      if (!target.startsWith(folder)) {
        throw new RefusedArchiveException("\"" + shown(entry.getName()) + "\" leads outside");
      }
      Path parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      bytes += unpack(entry, target, bytes, piece);
    }
  }

  private long unpack(ZipEntry entry, Path target, long before, byte[] piece)
      throws IOException, RefusedArchiveException {
    long packed = Math.max(1, entry.getCompressedSize());
    long size = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
        size += some;
        if (before + size > limits.bytes()) {
          throw new RefusedArchiveException(
              "the archive unpacks to more than "
                  + limits.bytes()
                  + " bytes; import a smaller one");
        }
        if (size > SMALL && size / packed > limits.ratio()) {
          throw new RefusedArchiveException(
              "\""
                  + shown(entry.getName())
                  + "\" unpacks to more than "
                  + limits.ratio()
                  + " times its size, as bombs do; leave it out");
        }
        out.write(piece, 0, some);
      }
    } catch (ZipException damaged) {
      throw new RefusedArchiveException(
          "\"" + shown(entry.getName()) + "\" is damaged in the archive; pack it again");
    }
    return size;
  }
}
