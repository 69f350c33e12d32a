package dev.millrace.store.behaviour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A real, small disk in memory, which can be filled and made read-only. Needs root on Linux. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Skips the test where nothing can be mounted. */
  static SmallDisk mount(Path folder, int megabytes) throws Exception {
    Files.createDirectories(folder);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
            == 0,
        "needs root on Linux, to mount a small disk");
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  void makeReadOnly() throws Exception {
    if (run("mount", "-o", "remount,ro", folder.toString()) != 0) {
      throw new IOException("could not make " + folder + " read-only");
    }
  }

  private static int run(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return -1;
    }
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  @Override
  public void close() throws Exception {
    run("umount", folder.toString());
  }
}
