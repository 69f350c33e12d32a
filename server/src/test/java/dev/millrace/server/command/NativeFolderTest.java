package dev.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
  @TempDir Path data;

  @Test
  void removesWhatProcessesThatAreGoneLeft() throws Exception {
    Path all = data.resolve("native");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path dead = Files.createDirectories(all.resolve(gone.pid() + "/library"));
    Files.writeString(dead.resolve("libx.so"), "x");
    Path strange = Files.createDirectories(all.resolve("strange"));
    Path alive =
        Files.createDirectories(
            all.resolve(Long.toString(ProcessHandle.current().parent().orElseThrow().pid())));
    Path own = all.resolve(Long.toString(ProcessHandle.current().pid()));
    Path before = Files.createDirectories(own.resolve("of-an-earlier-process-of-this-id"));

    try (NativeFolder _ = NativeFolder.in(data)) {
      assertThat(dead.getParent()).doesNotExist();
      assertThat(strange).doesNotExist();
      assertThat(before).doesNotExist();
      assertThat(alive).exists();
      assertThat(own).isEmptyDirectory();
      Files.writeString(own.resolve("libx.so"), "x");
    }
    assertThat(own).doesNotExist();
    assertThat(alive).exists();
    // What is loaded later in this process must not look for a folder that is gone.
    assertThat(System.getProperty("org.sqlite.tmpdir")).isNotEqualTo(own.toString());
  }
}
