package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process whose handlers ask for more memory than there is. */
class MemoryGuardTest {
  @TempDir Path folder;

  private record Ended(int status, String said) {}

  /** Without what writes logs: reading its configuration takes megabytes of a heap this small. */
  private static String classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !entry.contains("logback"))
        .collect(Collectors.joining(File.pathSeparator));
  }

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
                    classPath(),
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
  @ValueSource(strings = {"ParallelGC", "SerialGC", "G1GC"})
  void withItAllTasksComeToTheirEnd(String collector) throws Exception {
    Ended ended = run(true, collector);
    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("each in one attempt: true").doesNotContain("changes 0");
  }

  private static void assertRefused(Runnable submission) {
    assertThatThrownBy(submission::run)
        .isInstanceOfSatisfying(
            TaskException.class,
            refused -> assertThat(refused.reason()).isEqualTo(TaskException.Reason.MEMORY))
        .hasMessageContaining("memory is at its end: 95 %");
  }

  @Test
  void refusesWhateverComesFromOutsideAtTheEndOfMemory() throws Exception {
    var options = SubmitOptions.defaults();
    List<Submission> some =
        List.of(
            new Submission("word.measure", Json.MAPPER.valueToTree(new Site.Word("x")), options));
    // Off, so that the true state of this process's memory does not speak in between.
    AdaptiveConfig off = AdaptiveConfig.DEFAULT.withMemoryGuard(false);
    try (var site = new Site(folder, c -> c.withAdaptive(off)).start(Site.measure())) {
      Batches batches = site.tasks.batches();
      Workflows workflows = site.tasks.workflows();
      BatchView open = batches.open("open", BatchCallbacks.none());
      workflows.define(
          Workflow.of(
              "one",
              Stage.parallel("s", StageTask.of("a", "word.measure", some.getFirst().input()))));
      site.tasks.memory.measured(0.95);
      assertRefused(() -> site.tasks.submit(Site.measure(), new Site.Word("x"), options));
      assertRefused(() -> site.tasks.submitAll(some));
      assertRefused(() -> batches.submit("b", BatchCallbacks.none(), some));
      assertRefused(() -> batches.add(open.id(), some));
      assertRefused(() -> workflows.start("one", Json.MAPPER.createObjectNode(), options));
      assertThat(site.tasks.list(TaskFilter.all(), 10, null).items()).isEmpty();
      site.tasks.memory.measured(0.4);
      TaskId run = workflows.start("one", Json.MAPPER.createObjectNode(), options).id();
      assertThat(site.awaitEnd(run).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }
}
