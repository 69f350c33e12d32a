package dev.millrace.server.health;

import dev.millrace.app.DataSize;
import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  @Override
  public PartHealth health() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String room = new DataSize(rounded(free)) + " free at " + data;
      if (free < TOO_LITTLE) {
        return PartHealth.failed(room + "; free some space now, writes will fail soon");
      }
      return free < LITTLE ? PartHealth.degraded(room + "; free some space") : PartHealth.ok(room);
    } catch (IOException unreadable) {
      return PartHealth.failed("cannot look at " + data + ": " + unreadable.getMessage());
    }
  }
}
