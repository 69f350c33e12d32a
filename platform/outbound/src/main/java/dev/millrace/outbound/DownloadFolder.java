package dev.millrace.outbound;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the download cache owns: {@code parts/} with unfinished files, {@code sha256/}
 * with finished ones, and a lock that keeps a second process out.
 */
final class DownloadFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;

  private DownloadFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens it and deletes parts that are too old.
   *
   * @param forgetful whether finished files of earlier processes are unknown to all, and deleted
   */
  static DownloadFolder open(Path folder, CacheRules rules, InstantSource clock, boolean forgetful)
      throws IOException {
    Files.createDirectories(folder);
    Path lock = folder.resolve("lock");
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException(
          "'" + folder + "' is used by another process; stop it or choose another folder");
    }
    var opened = new DownloadFolder(folder, channel);
    Files.createDirectories(opened.parts());
    Files.createDirectories(opened.contents());
    deleteHalves(opened.parts());
    deleteBefore(opened.parts(), clock.instant().minus(rules.keepParts()));
    if (forgetful) {
      deleteBefore(opened.contents(), Instant.MAX);
    }
    return opened;
  }

  Path parts() {
    return folder.resolve("parts");
  }

  Path contents() {
    return folder.resolve("sha256");
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException released) {
      // The lock ends with the process at the latest.
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  /** A part without its state, or the other way round, is what a killed process left in between. */
  private static void deleteHalves(Path parts) throws IOException {
    try (var files = Files.newDirectoryStream(parts)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean state = name.endsWith(PartFile.STATE_SUFFIX);
        Path other =
            state
                ? file.resolveSibling(
                    name.substring(0, name.length() - PartFile.STATE_SUFFIX.length()))
                : PartFile.sidecarOf(file);
        if (!Files.exists(other)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void deleteBefore(Path tree, Instant limit) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.lastModifiedTime().toInstant().isBefore(limit)) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
