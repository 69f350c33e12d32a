package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.StatementSummary;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a queue starts, in which order, and how many at once. */
class QueueTest {
  @TempDir Path folder;

  @Test
  void runsNoMoreThanTheLimitAtOnce() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var type =
        TaskType.io(
            "counted",
            Word.class,
            Length.class,
            (_, _) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      site.tasks.limitConcurrency("default", 3);
      List<Word> words = Collections.nCopies(500, new Word("x"));
      List<TaskId> ids = site.tasks.submitAll(type, words, SubmitOptions.defaults()).ids();
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(most.get()).isBetween(1, 3);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(500);
    }
  }

  @Test
  void urgentTasksGoFirstButOldOnesCatchUp() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var type =
        TaskType.io(
            "ordered",
            Word.class,
            Length.class,
            (_, word) -> {
              order.add(word.text());
              return null;
            });
    try (var site = new Site(folder, c -> c.withAgeing(Duration.ofMillis(40))).start(type)) {
      site.tasks.pause("default");
      var ids = new ArrayList<TaskId>();
      ids.add(submit(site, type, "idle", 9));
      ids.add(submit(site, type, "normal-1", 5));
      ids.add(submit(site, type, "normal-2", 5));
      ids.add(submit(site, type, "urgent", 0));
      long until = System.currentTimeMillis() + 500;
      Signal.awaitUntil("ageing", () -> System.currentTimeMillis() > until);
      ids.add(submit(site, type, "late-urgent", 0));
      site.tasks.limitConcurrency("default", 1);
      site.tasks.resume("default");
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(order).containsExactly("urgent", "normal-1", "normal-2", "idle", "late-urgent");
    }
  }

  private static TaskId submit(Site site, TaskType<Word, ?> type, String text, int priority) {
    var options = SubmitOptions.defaults().withPriority(priority);
    return site.tasks.submit(type, new Word(text), options).id();
  }

  @Test
  void pausedQueueStartsNothingAndStaysPausedAfterARestart() throws Exception {
    TaskId id;
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      id = site.tasks.submit(Site.measure(), new Word("x")).id();
      assertThat(site.tasks.queues().getFirst().paused()).isTrue();
      assertThat(site.count("default", TaskState.READY)).isEqualTo(1);
    }
    try (var site = new Site(folder).start(Site.measure())) {
      assertThat(site.tasks.await(id, Duration.ofMillis(50))).isEmpty();
      site.tasks.resume("default");
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void settingsOfQueuesAreCheckedAndKept() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.limitConcurrency("narrow", 7);
      assertThatThrownBy(() -> site.tasks.limitConcurrency("narrow", 0))
          .hasMessageContaining("concurrency '0'");
      assertThatThrownBy(() -> site.tasks.pause("Not A Name")).hasMessageContaining("Not A Name");
    }
    try (var site = new Site(folder).start(Site.measure())) {
      assertThat(site.tasks.queues())
          .extracting(QueueView::name, QueueView::concurrency, QueueView::paused)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("narrow", 7, false));
    }
  }

  @Test
  void limitThatIsRaisedTakesEffectAtOnce() throws Exception {
    try (var site = new Site(folder)) {
      site.start(site.held());
      site.tasks.limitConcurrency("default", 1);
      for (int i = 0; i < 5; i++) {
        site.tasks.submit(site.held(), new Word("x"));
      }
      Signal.awaitUntil("one runs", () -> site.count("default", TaskState.RUNNING) == 1);
      site.tasks.limitConcurrency("default", 3);
      Signal.awaitUntil("three run", () -> site.count("default", TaskState.RUNNING) == 3);
      assertThat(site.count("default", TaskState.READY)).isEqualTo(2);
    }
  }

  /** A waiting queue costs nothing, and a task goes from its commit to its slot in memory. */
  @Test
  void dispatchAsksTheDatabaseNothing() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("first")).id());
      long before = reads(site);
      for (int i = 0; i < 50; i++) {
        TaskId id = site.tasks.submit(Site.measure(), new Word("x")).id();
        Signal.awaitUntil("all over", () -> site.count("default", TaskState.READY) == 0);
        assertThat(id).isNotNull();
      }
      Signal.awaitUntil("all over", () -> site.count("default", TaskState.SUCCEEDED) == 51);
      assertThat(reads(site)).isEqualTo(before);
    }
  }

  /** How often rows of tasks were read. */
  private static long reads(Site site) {
    return site.store.statements().top(1_000).stream()
        .filter(statement -> statement.fingerprint().toLowerCase(Locale.ROOT).startsWith("select"))
        .filter(statement -> statement.fingerprint().toLowerCase(Locale.ROOT).contains("tasks"))
        .mapToLong(StatementSummary::count)
        .sum();
  }
}
