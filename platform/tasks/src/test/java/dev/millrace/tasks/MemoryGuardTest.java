package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose handlers ask for more memory than there is. */
class MemoryGuardTest {
  @TempDir Path folder;

  private record Ended(int status, String said) {}

  private Ended run(boolean guarded, String collector) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx80m",
                    "-XX:+Use" + collector,
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Hog.class.getName(),
                    folder.toString(),
                    String.valueOf(guarded)))
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutItTheHeapIsFull() throws Exception {
    Ended ended = run(false, "ParallelGC");
    assertThat(ended.status()).as(ended.said()).isNotZero();
    assertThat(ended.said()).contains("OutOfMemoryError").doesNotContain("changes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ParallelGC", "SerialGC"})
  void withItAllTasksComeToTheirEnd(String collector) throws Exception {
    Ended ended = run(true, collector);
    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("each in one attempt: true").doesNotContain("changes 0");
  }
}
