package dev.millrace.server.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where this process unpacks the native parts of libraries: a folder of its own inside the data
 * folder, named by the process's id. What killed processes left is removed by the next one, so that
 * nothing grows, whereas in the system's temporary folder it would stay for ever.
 *
 * <p>A place that is already given by {@code -D} on the command line is left alone.
 */
final class NativeFolder implements AutoCloseable {
  private static final String NAME = "native";

  /** The properties by which the libraries with native parts are told where to unpack them. */
  private static final List<String> PLACES =
      List.of("org.sqlite.tmpdir", "com.aayushatharva.brotli4j.native.workdir");

  private final Path own;

  private NativeFolder(Path own) {
    this.own = own;
  }

  /**
   * Makes the folder and removes those of processes that are gone. Call it before the first of
   * these libraries is used.
   */
  static NativeFolder in(Path data) throws IOException {
    Path all = Files.createDirectories(data.toAbsolutePath().normalize().resolve(NAME));
    long self = ProcessHandle.current().pid();
    try (Stream<Path> entries = Files.list(all)) {
      for (Path entry : entries.toList()) {
        if (!isOfOther(entry, self)) {
          delete(entry);
        }
      }
    }
    Path own = Files.createDirectories(all.resolve(Long.toString(self)));
    for (String place : PLACES) {
      if (System.getProperty(place) == null) {
        System.setProperty(place, own.toString());
      }
    }
    return new NativeFolder(own);
  }

  /** Whether another process that is alive may be using it. */
  private static boolean isOfOther(Path entry, long self) {
    try {
      long pid = Long.parseLong(entry.getFileName().toString());
      return pid != self && ProcessHandle.of(pid).isPresent();
    } catch (NumberFormatException notAProcess) {
      return false;
    }
  }

  /** What cannot be deleted now is deleted by a later process. */
  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException inUse) {
        return;
      }
    }
  }

  /**
   * Removes the folder and forgets it as a place to unpack into; on Windows, where libraries in use
   * stay, a later process removes it.
   */
  @Override
  public void close() throws IOException {
    for (String place : PLACES) {
      if (own.toString().equals(System.getProperty(place))) {
        System.clearProperty(place);
      }
    }
    delete(own);
  }
}
