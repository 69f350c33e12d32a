package dev.millrace.outbound;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says what an error of the disk means. */
final class DiskFailures {
  private DiskFailures() {}

  /**
   * The failure behind {@code e}, naming the path.
   *
   * @throws InterruptedException if the thread was interrupted, which fails some file operations
   */
  static OutboundException of(IOException e, Path path) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while writing '" + path + "'");
    }
    String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    boolean full =
        words.contains("No space left")
            || words.contains("Disk quota exceeded")
            || words.contains("not enough space");
    return full
        ? full(path, "no space left", e)
        : new OutboundException(FailureReason.FILE, "'" + path + "': " + words, e);
  }

  /** The disk of {@code path} cannot take {@code needed} bytes. */
  static OutboundException tooSmall(Path path, long needed, long usable) {
    return full(path, needed + " bytes to come, " + usable + " bytes free", null);
  }

  private static OutboundException full(Path path, String why, @Nullable IOException cause) {
    return new OutboundException(
        FailureReason.DISK_FULL, "the disk of '" + path + "': " + why, cause);
  }
}
