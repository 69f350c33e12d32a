package dev.millrace.apps.crew.decisions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders that decisions may be imported from, and the files in them. Thread-safe. */
public final class ImportFolders {
  /** Files of one import. */
  static final int MOST_FILES = 20_000;

  private static final long MOST_BYTES = 1 << 20;

  private final Path usual;
  private final List<Path> allowed;

  /**
   * @param usual where a relative name begins; made if it is missing
   * @param others further allowed folders
   */
  public ImportFolders(Path usual, List<String> others) throws IOException {
    this.usual = Files.createDirectories(usual).toRealPath();
    this.allowed = Stream.concat(Stream.of(this.usual), others.stream().map(Path::of)).toList();
  }

  /** The folder of that name, if it exists within an allowed one; links are looked through. */
  public Optional<Path> find(String name) {
    try {
      Path folder = usual.resolve(name).toRealPath();
      for (Path each : allowed) {
        if (Files.isDirectory(each) && folder.startsWith(each.toRealPath())) {
          return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
        }
      }
      return Optional.empty();
    } catch (IOException | InvalidPathException missing) {
      return Optional.empty();
    }
  }

  /** The names of all JSON and Markdown files of a folder, sorted; links are left out. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") || name.endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if it is too large
   */
  static byte[] read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the file has " + size + " bytes; at most " + MOST_BYTES + " are read");
    }
    return Files.readAllBytes(file);
  }
}
