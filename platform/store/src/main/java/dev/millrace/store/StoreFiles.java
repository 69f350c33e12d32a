package dev.millrace.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one database. Asks the folder about them and opens none: closing a descriptor would
 * drop SQLite's locks.
 */
record StoreFiles(Path file) {
  Path log() {
    return beside("-wal");
  }

  /** All that together are the database. */
  List<Path> all() {
    return List.of(file, log(), beside("-shm"));
  }

  Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  long fileBytes() {
    return bytes(file);
  }

  long logBytes() {
    return bytes(log());
  }

  /** What this user may still write to the disk. */
  long freeBytes() {
    return file.toAbsolutePath().toFile().getUsableSpace();
  }

  private static long bytes(Path path) {
    try {
      return Files.size(path);
    } catch (IOException missing) {
      return 0;
    }
  }
}
