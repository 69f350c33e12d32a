package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners in the process. */
class ListenerTest {
  @TempDir Path folder;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void eachEndIsToldOnceItIsCommittedAlsoTheLastOnesAndBehindOneThatFails() throws Exception {
    var flaky =
        TaskType.io(
                "flaky",
                Word.class,
                Length.class,
                (run, word) -> {
                  if (run.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                  }
                  return new Length(word.text().length());
                })
            .withRetry(
                RetryPolicy.defaults()
                    .withAttempts(2)
                    .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    TaskId last;
    try (var site = new Site(folder).start(flaky, Site.measure())) {
      TaskHook failing =
          site.tasks.listen(end -> {
            throw new IllegalStateException("broken listener");
          });
      site.tasks.listen(end -> {
        // Reads from the commit that it is told of, and may submit.
        TaskState seen = site.tasks.find(end.id()).orElseThrow().state();
        told.add(end.type() + " " + end.state().word() + " " + (seen == end.state()));
        if (end.state() == TaskState.SUCCEEDED && end.type().equals("flaky")) {
          site.tasks.submit(Site.measure(), new Word("after"));
        }
      });
      site.awaitEnd(site.tasks.submit(flaky, new Word("x")).id());
      Signal.awaitUntil("all are told", () -> told.size() == 3);
      assertThat(told.get(0)).startsWith("flaky retrying");
      assertThat(told.subList(1, 3))
          .containsExactly("flaky succeeded true", "word.measure succeeded true");
      failing.close();
      site.tasks.pause("default");
      last = site.tasks.submit(Site.measure(), new Word("y")).id();
      site.tasks.cancel(last);
      Signal.awaitUntil("the cancelled one is told", () -> told.size() == 4);
      assertThat(told.getLast()).isEqualTo("word.measure cancelled true");
    }
  }

  @Test
  void whoHasClosedItsHookIsToldNothing() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      TaskHook hook = site.tasks.listen(end -> told.add("closed"));
      hook.close();
      site.tasks.listen(end -> told.add("open"));
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("x")).id());
      Signal.awaitUntil("the other is told", () -> told.contains("open"));
      assertThat(told).containsExactly("open");
    }
  }
}
