package dev.millrace.apps.draft;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** The same service with aria2 behind it. */
class Aria2ServiceTest extends ServiceTest {
  @BeforeAll
  static void requireProgram() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aria2c"))),
        "aria2c is not on the path; install the package aria2");
  }

  @Override
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(super.settings());
    settings.put("draft.downloads.engine", "aria2");
    // Answers are served in turn: a second connection for one file would get that of the next try.
    settings.put("draft.downloads.aria2.connections", "1");
    return settings;
  }

  @Override
  String engine() {
    return "aria2";
  }
}
