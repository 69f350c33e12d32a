package dev.millrace.apps.crew.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The working folders of programs, all below one root that they are not led out of. Immutable. */
public final class WorkFolders {
  private static final Pattern NAME =
      Pattern.compile("(?!\\.)[A-Za-z0-9._-]+(/(?!\\.)[A-Za-z0-9._-]+)*");

  private final Path root;

  public WorkFolders(Path root) {
    this.root = root;
  }

  /** Whether a folder may be named so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The folder of that name, made if it is missing.
   *
   * @throws IOException if the name, or a link in it, leads elsewhere
   */
  Path folder(String name) throws IOException {
    if (!isName(name)) {
      throw new IOException(
          "the folder '"
              + name
              + "' is not allowed; use names of letters, digits, dots, dashes and _, parted by /,"
              + " that do not begin with a dot");
    }
    Files.createDirectories(root);
    Path real = root.toRealPath();
    Path folder = real.resolve(name);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
    }
    return inside(real, folder);
  }

  /**
   * A file or folder that lies in {@code folder}.
   *
   * @throws IOException if it is not there, or lies elsewhere
   */
  static Path inside(Path folder, Path path) throws IOException {
    Path real = path.toRealPath();
    if (!real.startsWith(folder.toRealPath())) {
      throw new IOException(path + " leads out of " + folder + ", which is not allowed");
    }
    return real;
  }
}
