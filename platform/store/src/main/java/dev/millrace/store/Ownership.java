package dev.millrace.store;

import dev.millrace.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The claim of this process on a database file, held by a lock on a file beside it. The database
 * itself is never opened by hand: closing a descriptor of it would drop SQLite's own locks.
 */
final class Ownership implements AutoCloseable {
  private final FileChannel channel;

  private Ownership(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StoreException if another process, or another store of this one, owns the file
   */
  static Ownership claim(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new StoreException(
          Reason.IO, "the folder " + folder + " does not exist; create it, or name another file");
    }
    Path beside = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              beside, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        throw owned(file, channel);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Long.toString(pid()).getBytes(StandardCharsets.US_ASCII)), 0);
      return new Ownership(channel);
    } catch (IOException failure) {
      closeQuietly(channel);
      throw new StoreException(
          Files.isWritable(folder) ? Reason.IO : Reason.READ_ONLY,
          "cannot write "
              + beside
              + " ("
              + failure.getMessage()
              + "); give this user the right to write in "
              + folder
              + " and check that its disk is not full",
          failure);
    } catch (StoreException owned) {
      closeQuietly(channel);
      throw owned;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException thisProcess) {
      return null;
    }
  }

  private static StoreException owned(Path file, FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    String who =
        holder.equals(Long.toString(pid()))
            ? "this process (" + holder + ") already"
            : "process " + (holder.isEmpty() ? "(unknown)" : holder);
    return new StoreException(
        Reason.LOCKED,
        file
            + " is in use by "
            + who
            + "; one process owns a database: use the running server, or stop it first");
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The lock goes with the process at the latest.
      }
    }
  }

  /** Gives the file up. The lock file stays: removing it would race with the next owner. */
  @Override
  public void close() {
    closeQuietly(channel);
  }
}
