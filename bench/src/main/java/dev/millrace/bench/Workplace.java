package dev.millrace.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A folder of its own for one run, removed when the run is over. Lies in the build folder and not
 * in the system's temporary one, which may be memory, where an fsync costs nothing.
 */
public final class Workplace implements AutoCloseable {
  private final Path folder;

  private Workplace(Path folder) {
    this.folder = folder;
  }

  public static Workplace create(String purpose) throws IOException {
    Path base = Files.createDirectories(root().resolve("bench/target/work"));
    return new Workplace(Files.createTempDirectory(base, purpose + "-"));
  }

  /** The root of the source tree that the benchmarks were started from. */
  public static Path root() {
    return Path.of(System.getProperty("millrace.bench.root", ".")).toAbsolutePath().normalize();
  }

  public Path folder() {
    return folder;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  /** Deletes {@code folder} and all below it, without following links. */
  public static void delete(Path folder) throws IOException {
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
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
