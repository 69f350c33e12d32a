package dev.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of applications, found as the process finds them. */
class AppCommandsTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  private Integer run(String... arguments) {
    var status =
        AppCommands.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8));
    return status.isPresent() ? status.getAsInt() : null;
  }

  @Test
  void runsTheCommandOfAnApplication() throws Exception {
    Files.writeString(folder.resolve("draft_content.json"), "{}");
    assertThat(run("draft", "check", folder.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("field-required").contains("errors");
  }

  @Test
  void saysHowItIsCalled() {
    assertThat(run("draft")).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("check FOLDER");
    assertThat(run("draft", "check")).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("Usage: ./millrace draft check");
  }

  @Test
  void leavesOtherWordsToTheServer() {
    assertThat(run("none", "check")).isNull();
    assertThat(run("crew", "check")).isNull();
  }
}
