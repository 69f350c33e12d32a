package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that takes no more work. */
class QuietTest {
  @TempDir Path folder;

  @Test
  void whatRunsEndsAndNothingIsStartedUntilItWakes() throws Exception {
    try (var site = new Site(folder)) {
      TaskType<Word, Length> held = site.held();
      site.start(held, Site.measure());
      TaskId running = site.tasks.submit(held, new Word("x")).id();
      site.awaitState(running, TaskState.RUNNING);
      assertThat(site.tasks.quietness()).isEqualTo(new QuietView(null, 1));
      site.tasks.quiet();
      TaskId waits = site.tasks.submit(Site.measure(), new Word("y")).id();
      TaskId inNewQueue =
          site.tasks
              .submit(Site.measure(), new Word("z"), SubmitOptions.defaults().withQueue("new"))
              .id();
      assertThat(site.tasks.awaitQuiet(Duration.ofMillis(30)).isThrough()).isFalse();
      assertThat(site.tasks.quietness().running()).isEqualTo(1);

      site.letGo();
      assertThat(site.tasks.awaitQuiet(Signal.LIMIT).isThrough()).isTrue();
      assertThat(site.tasks.find(running).orElseThrow().state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.find(waits).orElseThrow().state()).isEqualTo(TaskState.READY);
      assertThat(site.tasks.find(inNewQueue).orElseThrow().state()).isEqualTo(TaskState.READY);

      site.tasks.wake();
      assertThat(site.awaitEnd(waits).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(inNewQueue).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.quietness().since()).isNull();
    }
  }

  @Test
  void theNextProcessTakesWorkAndPausedQueuesStayPaused() throws Exception {
    TaskId id;
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("paused");
      site.tasks.quiet();
      id = site.tasks.submit(Site.measure(), new Word("x")).id();
      site.tasks.wake();
      site.tasks.quiet();
      TaskId paused =
          site.tasks
              .submit(Site.measure(), new Word("y"), SubmitOptions.defaults().withQueue("paused"))
              .id();
      site.tasks.wake();
      site.awaitEnd(id);
      assertThat(site.tasks.find(paused).orElseThrow().state()).isEqualTo(TaskState.READY);
      site.tasks.quiet();
      id = site.tasks.submit(Site.measure(), new Word("z")).id();
    }
    try (var site = new Site(folder).start(Site.measure())) {
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }
}
