package dev.millrace.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which boot of the machine this is. Bytes that a killed process wrote survive in the system's
 * cache, but not the end of the boot; so within it more of a part file can be trusted.
 */
final class Boot {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /** Null where the system does not tell. */
  static @Nullable String id() {
    try {
      return Files.isReadable(LINUX) ? Files.readString(LINUX).strip() : null;
    } catch (IOException notTold) {
      return null;
    }
  }
}
