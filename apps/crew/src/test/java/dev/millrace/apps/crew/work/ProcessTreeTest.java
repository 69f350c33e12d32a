package dev.millrace.apps.crew.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
  @Test
  void leavesTheOutputOfAnEndedProgramToBeRead() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "echo kept").start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    ProcessTree.kill(process, "CREW_TASK_ID=nobody");
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("kept\n");
  }

  @Test
  void endsWhatAProgramLeftRunning() throws Exception {
    String mark = "CREW_TASK_ID=" + System.nanoTime();
    var builder = new ProcessBuilder("sh", "-c", "sleep 600 >/dev/null & echo $!");
    builder.environment().put("CREW_TASK_ID", mark.substring(mark.indexOf('=') + 1));
    Process process = builder.start();
    long left = Long.parseLong(process.inputReader().readLine());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    ProcessHandle orphan = ProcessHandle.of(left).orElseThrow();
    ProcessTree.kill(process, mark);
    assertThat(orphan.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }
}
