package dev.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A real, small disk in memory, which can be filled and made read-only. Needs root on Linux.
 * Thread-safe.
 */
public final class SmallDisk implements AutoCloseable {
  /** For a test that is skipped because nothing could be mounted. */
  public static final String NEEDS = "needs root on Linux, to mount a small disk";

  private static final int PIECE = 4_096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Whether this user may mount one. */
  public static boolean isAllowed() throws IOException, InterruptedException {
    Path probe = Files.createTempDirectory("small-disk");
    try {
      mount(probe, 1).close();
      return true;
    } catch (IOException _) {
      return false;
    } finally {
      Files.delete(probe);
    }
  }

  /**
   * Mounts a disk on {@code folder}, which is made if it is missing.
   *
   * @throws IOException where that is not allowed
   */
  public static SmallDisk mount(Path folder, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Leaves no page free; called again, it takes what was freed meanwhile. */
  public void fill() throws IOException {
    byte[] piece = new byte[PIECE];
    try (OutputStream ballast =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        ballast.write(piece);
      }
    } catch (IOException full) {
      if (Files.getFileStore(folder).getUsableSpace() >= PIECE) {
        throw full;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  public void makeReadOnly() throws IOException, InterruptedException {
    run("mount", "-o", "remount,ro", folder.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command) + ": " + new String(said, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "--lazy", folder.toString());
  }
}
