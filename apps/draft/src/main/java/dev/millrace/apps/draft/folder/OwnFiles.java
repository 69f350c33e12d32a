package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells which paths of a draft's materials mean files in its own folder, wherever the draft was
 * when they were written. Never leads outside of the folder, through links neither. Immutable.
 */
public final class OwnFiles {
  private final Path folder;
  private final List<String> homes;

  private OwnFiles(Path folder, List<String> homes) {
    this.folder = folder;
    this.homes = homes;
  }

  /**
   * @param folder of the draft
   * @param homes where the draft says that it lies or lay, such as the meta file's folder
   */
  public static OwnFiles of(Path folder, List<String> homes) {
    List<String> known = new ArrayList<>();
    for (String home : homes) {
      String plain = slashed(home).replaceAll("/+$", "");
      if (plain.length() > 2) {
        known.add(plain);
      }
    }
    known.add(slashed(folder.toAbsolutePath().toString()));
    return new OwnFiles(folder, List.copyOf(known));
  }

  /** The path with forward slashes. */
  public static String slashed(String path) {
    return path.replace('\\', '/');
  }

  /** The home that a path is in, if it is in one and the file is there. */
  public Optional<String> home(String path) {
    String plain = slashed(path);
    for (String home : homes) {
      if (plain.startsWith(home + "/") && file(plain.substring(home.length() + 1)).isPresent()) {
        return Optional.of(home);
      }
    }
    return home(path, folder.getFileName().toString());
  }

  /** The same for a folder that had another name when the path was written. */
  public Optional<String> home(String path, String name) {
    String plain = slashed(path);
    String within = "/" + name + "/";
    int at = plain.lastIndexOf(within);
    return at >= 0 && !name.isEmpty() && file(plain.substring(at + within.length())).isPresent()
        ? Optional.of(plain.substring(0, at + within.length() - 1))
        : Optional.empty();
  }

  /** The file behind a path, if it is in the draft's own folder and there. */
  public Optional<Path> find(String path) {
    return home(path).flatMap(home -> file(slashed(path).substring(home.length() + 1)));
  }

  /** A file of the folder by its name in it, with forward slashes; links do not count. */
  public Optional<Path> file(String name) {
    try {
      Path file = folder.resolve(name).normalize();
      if (name.isEmpty()
          || !file.startsWith(folder)
          || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !file.toRealPath().startsWith(folder.toRealPath())) {
        return Optional.empty();
      }
      return Optional.of(file);
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }
}
