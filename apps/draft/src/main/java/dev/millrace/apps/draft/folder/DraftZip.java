package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Streams a draft as a zip archive that unpacks into one folder of its name. */
public final class DraftZip {
  private DraftZip() {}

  /**
   * Writes the archive and leaves {@code out} open. Nothing is held in memory. Media is stored as
   * it is, because it is compressed already.
   */
  public static void write(Path folder, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    String top = folder.getFileName().toString();
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      boolean json = name.endsWith(".json");
      zip.setLevel(json ? Deflater.BEST_SPEED : Deflater.NO_COMPRESSION);
      ZipEntry entry = new ZipEntry(top + "/" + name);
      entry.setLastModifiedTime(Files.getLastModifiedTime(file));
      zip.putNextEntry(entry);
      Files.copy(file, zip);
      zip.closeEntry();
    }
    zip.finish();
    zip.flush();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }
}
