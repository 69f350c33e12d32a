package dev.millrace.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** File operations that survive a power cut. Not for the files of an open database. */
final class Durable {
  private Durable() {}

  /** Waits until the content of {@code file} is on the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Waits until the names in {@code folder} are on the disk, where the system can. */
  static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Gives a finished file its name at once.
   *
   * @throws FileAlreadyExistsException if the name is taken, even by a file of this very moment
   */
  static void publish(Path finished, Path name) throws IOException {
    try {
      Files.createLink(name, finished);
      Files.delete(finished);
    } catch (UnsupportedOperationException withoutLinks) {
      Files.move(finished, name);
    }
    syncFolder(Objects.requireNonNull(name.toAbsolutePath().getParent()));
  }
}
