package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.journal.Event;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void watchTellsEveryStepOfATask() throws Exception {
    try (var site = new Site(folder)) {
      var goOn = new Signal("go on");
      var type =
          TaskType.io(
              "told",
              Word.class,
              Length.class,
              (run, _) -> {
                run.progress(1, 2, "half");
                goOn.await();
                return null;
              });
      site.start(type);
      try (TaskWatch watch = site.tasks.watch(TaskFilter.all().withType("told").withTag("t"))) {
        var states = new ArrayList<TaskState>();
        site.tasks.submit(type, new Word("x"), SubmitOptions.defaults().withTags("other"));
        TaskId id =
            site.tasks.submit(type, new Word("x"), SubmitOptions.defaults().withTags("t")).id();
        Progress seen = null;
        while (!states.contains(TaskState.SUCCEEDED)) {
          for (TaskChange change : watch.take(SOON)) {
            assertThat(change.id()).isEqualTo(id);
            states.add(change.state());
            if (change.progress() != null) {
              seen = change.progress();
              goOn.raise();
            }
          }
        }
        assertThat(seen).isEqualTo(new Progress(1, 2, "half"));
        assertThat(states).isSorted().endsWith(TaskState.SUCCEEDED);
        assertThat(watch.missed()).isFalse();
        assertThat(watch.take(Duration.ZERO)).isEmpty();
      }
    }
  }

  @Test
  void slowWatcherGetsTheLatestAndLearnsThatItMissedSome() throws Exception {
    try (var site = new Site(folder).start(Site.measure());
        TaskWatch watch = site.tasks.watch(TaskFilter.all())) {
      List<Word> words = Collections.nCopies(1_500, new Word("x"));
      var ids = site.tasks.submitAll(Site.measure(), words, SubmitOptions.defaults()).ids();
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      List<TaskChange> news = watch.take(SOON);
      assertThat(news).hasSize(1_000).extracting(TaskChange::id).doesNotHaveDuplicates();
      assertThat(news).extracting(TaskChange::state).containsOnly(TaskState.SUCCEEDED);
      assertThat(watch.missed()).isTrue();
      assertThat(watch.missed()).isFalse();
    }
  }

  @Test
  void closedWatchStopsWaiting() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      TaskWatch watch = site.tasks.watch(new TaskId(7));
      Thread closer = Thread.startVirtualThread(watch::close);
      assertThat(watch.take(SOON)).isEmpty();
      closer.join();
    }
  }

  @Test
  void everyCommitWithTasksEmitsOneEvent() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      TaskId id = site.tasks.submit(Site.measure(), new Word("x")).id();
      site.awaitEnd(id);
      List<Event> events =
          site.journal.read(site.journal.begin(), 100, Set.of(TasksChanged.TYPE.name())).items();
      assertThat(events)
          .extracting(event -> event.as(TasksChanged.TYPE).tasks().toString())
          .containsExactly("{READY=[" + id + "]}", "{SUCCEEDED=[" + id + "]}");
    }
  }
}
