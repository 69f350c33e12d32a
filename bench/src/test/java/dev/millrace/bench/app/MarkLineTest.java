package dev.millrace.bench.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkLineTest {
  @Test
  void readsWhatWasWrittenAndLeavesOutAHalfLine(@TempDir Path folder) throws Exception {
    MarkLine start =
        new MarkLine(MarkLine.Kind.START, "one", Instant.parse("2026-11-22T02:00:00.000017Z"));
    Path file = folder.resolve("marks.log");
    Files.writeString(file, start.format() + "END on");
    assertThat(MarkLine.read(file)).containsExactly(start);
  }
}
