package dev.millrace.outbound;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Steps on files that hold after a power cut. */
final class DurableFiles {
  private static final AtomicLong NAMES = new AtomicLong(System.nanoTime());

  private DurableFiles() {}

  /** The folder that an absolute path of a file lies in. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
  }

  static void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.getParent();
      if (parent != null) {
        syncFolder(parent);
      }
    }
  }

  /** Forces the names in a folder to disk, where the system can. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (FileSystemException notOnThisSystem) {
      // Windows opens no folders; its file system journals names itself.
    }
  }

  static void makeReadOnly(Path file) throws IOException {
    setPermissions(file, "r--r--r--");
  }

  /** Replaces {@code target} by the content of {@code source} in one step. */
  static void placeAtomically(Path source, Path target, boolean own) throws IOException {
    Path beside =
        target.resolveSibling(
            target.getFileName() + "." + Long.toHexString(NAMES.incrementAndGet()) + ".part");
    try {
      if (own || !link(source, beside)) {
        copy(source, beside);
      }
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // Renaming a link onto another link of the same file does nothing, not even remove it.
      Files.deleteIfExists(beside);
    }
    syncFolder(folderOf(target));
  }

  private static boolean link(Path source, Path beside) throws IOException {
    try {
      Files.createLink(beside, source);
      return true;
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (UnsupportedOperationException | FileSystemException cannot) {
      return false;
    }
  }

  private static void copy(Path source, Path beside) throws IOException {
    Files.copy(source, beside, StandardCopyOption.REPLACE_EXISTING);
    setPermissions(beside, "rw-r--r--");
    try (var file = new FileOutputStream(beside.toFile(), true)) {
      file.getFD().sync();
    }
  }

  private static void setPermissions(Path file, String permissions) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    } catch (UnsupportedOperationException notPosix) {
      boolean writable = permissions.startsWith("rw");
      if (!file.toFile().setWritable(writable)) {
        throw new FileSystemException(file.toString(), null, "its permissions cannot be changed");
      }
    }
  }
}
