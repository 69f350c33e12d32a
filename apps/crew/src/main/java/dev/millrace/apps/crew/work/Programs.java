package dev.millrace.apps.crew.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The programs that the configuration allows. Immutable. */
public final class Programs {
  /** The key that names them. */
  public static final String KEY = "crew.shell.programs";

  private final List<String> allowed;
  private final List<Path> folders;

  /**
   * @param allowed names that are looked up in {@code path}, and absolute paths
   * @param path folders, parted by colons
   */
  public Programs(List<String> allowed, String path) {
    this.allowed = allowed.stream().map(String::strip).toList();
    this.folders = List.of(path.split(":", -1)).stream().map(Path::of).toList();
  }

  /** What is wrong with a program, with the key and the remedy; nothing if it may run. */
  public Optional<String> refusal(String program) {
    if (allowed.isEmpty()) {
      return Optional.of(
          "the program '"
              + program
              + "' may not run: "
              + KEY
              + " is empty, so no agent runs programs; name '"
              + program
              + "' there if you mean it, and start again");
    }
    if (!allowed.contains(program)) {
      return Optional.of(
          "the program '"
              + program
              + "' is not in "
              + KEY
              + ", which has "
              + String.join(", ", allowed)
              + "; add it there if you mean it, and start again");
    }
    return find(program).isPresent()
        ? Optional.empty()
        : Optional.of(
            "the program '"
                + program
                + "' is allowed but not there; install it, or correct "
                + KEY
                + " or crew.shell.path");
  }

  /** Where an allowed program lies. */
  Optional<Path> find(String program) {
    if (!allowed.contains(program)) {
      return Optional.empty();
    }
    if (program.contains("/")) {
      Path path = Path.of(program);
      return path.isAbsolute() && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
    }
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(path -> Files.isExecutable(path) && !Files.isDirectory(path))
        .findFirst();
  }
}
