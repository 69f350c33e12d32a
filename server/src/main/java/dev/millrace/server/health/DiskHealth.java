package dev.millrace.server.health;

import dev.millrace.app.DataSize;
import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.store.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether the disk of the data folder has room. */
public final class DiskHealth implements HealthCheck {
  private static final long LITTLE = 1L << 30;
  private static final long TOO_LITTLE = 64L << 20;

  private final Path data;

  public DiskHealth(Path data) {
    this.data = data;
  }

  /** To whole gigabytes, or megabytes where there are fewer than ten. */
  private static long rounded(long bytes) {
    int shift = bytes < 10 * LITTLE ? 20 : 30;
    return bytes >> shift << shift;
  }

  private Finding found(String code, long free, String advice) {
    long rounded = rounded(free);
    return new Finding(
        code,
        Map.of("bytes", rounded, "folder", data.toString()),
        new DataSize(rounded) + " free at " + data + advice);
  }

  @Override
  public PartHealth health() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      if (free < TOO_LITTLE) {
        return PartHealth.failed(
            found("disk-full-soon", free, "; free some space now, writes will fail soon"));
      }
      return free < LITTLE
          ? PartHealth.degraded(found("disk-little", free, "; free some space"))
          : PartHealth.ok(found("disk-free", free, ""));
    } catch (IOException unreadable) {
      String said = String.valueOf(unreadable.getMessage());
      return PartHealth.failed(
          new Finding(
              "disk-unreadable",
              Map.of("folder", data.toString(), "said", said),
              "cannot look at " + data + ": " + said));
    }
  }
}
