package dev.millrace.outbound;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What may stand behind a {@link dev.millrace.outbound.spi.DownloadEngine}. */
public enum EngineKind {
  BUILT_IN,
  ARIA2;

  /** The program, or the test is skipped: {@code ./millrace test} installs it. */
  static Path aria2c() {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "aria2c"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "aria2c is not on the path; install the package aria2");
    return found.orElseThrow();
  }

  static Aria2Config aria2() {
    return Aria2Config.defaults()
        .withProgram(aria2c().toString())
        .withTimes(Duration.ofSeconds(15), Duration.ofMillis(20), Duration.ofSeconds(5));
  }

  void addTo(Outbound.Builder builder) {
    if (this == ARIA2) {
      builder.aria2(aria2());
    }
  }
}
