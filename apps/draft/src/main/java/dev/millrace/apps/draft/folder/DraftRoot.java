package dev.millrace.apps.draft.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that holds all drafts. Thread-safe. */
public final class DraftRoot {
  /** The content, as Windows calls it. */
  public static final String CONTENT = "draft_content.json";

  /** The same content, as macOS calls it. */
  public static final String INFO = "draft_info.json";

  /** What the list of drafts shows. */
  public static final String META = "draft_meta_info.json";

  /** The folder of the files. */
  public static final String RESOURCES = "Resources";

  private static final String UNFINISHED = ".part";

  private final Path root;
  private final ConcurrentHashMap<String, Integer> held = new ConcurrentHashMap<>();

  /** Creates the folder if it is missing. */
  public DraftRoot(Path root) throws IOException {
    this.root = Files.createDirectories(root.toAbsolutePath().normalize());
  }

  /** Where it is. */
  public Path path() {
    return root;
  }

  /** The folder of a finished draft, if there is one of this name; never anything outside. */
  public Optional<Path> find(String name) {
    if (name.isBlank() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
      return Optional.empty();
    }
    try {
      Path folder = root.resolve(name);
      return root.equals(folder.getParent()) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(folder)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Keeps a draft from being removed until what this returns is closed. */
  public Hold hold(String name) {
    held.merge(name, 1, Integer::sum);
    return () -> held.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Somebody's use of a draft. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** Whether somebody holds it. */
  public boolean isHeld(String name) {
    return held.containsKey(name);
  }

  /** Removes a finished draft, in one step for all who look; false if somebody holds it. */
  public boolean remove(String name) throws IOException {
    Path folder = find(name).orElse(null);
    if (folder == null) {
      return true;
    }
    Path hidden = unfinished(name);
    IOException[] failure = new IOException[1];
    Integer holds =
        held.compute(
            name,
            (_, count) -> {
              if (count == null) {
                try {
                  delete(hidden);
                  Files.move(folder, hidden, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException e) {
                  failure[0] = e;
                }
              }
              return count;
            });
    if (failure[0] != null) {
      throw failure[0];
    }
    if (holds == null) {
      delete(hidden);
    }
    return holds == null;
  }

  /** Where a draft will be, or is. */
  Path finished(String name) {
    return root.resolve(name);
  }

  /**
   * Where a draft is while it is written: hidden, beside its place, so that a rename finishes it.
   */
  Path unfinished(String name) {
    return root.resolve("." + name + UNFINISHED);
  }

  /**
   * Removes what earlier processes left unfinished. Call it before any draft is written.
   *
   * @return how many folders were removed
   */
  public int removeUnfinished() throws IOException {
    List<Path> stale;
    try (Stream<Path> entries = Files.list(root)) {
      stale =
          entries
              .filter(path -> {
                String name = path.getFileName().toString();
                return name.startsWith(".") && name.endsWith(UNFINISHED);
              })
              .toList();
    }
    for (Path path : stale) {
      delete(path);
    }
    return stale.size();
  }

  /** Removes a folder and everything in it; nothing happens if it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
