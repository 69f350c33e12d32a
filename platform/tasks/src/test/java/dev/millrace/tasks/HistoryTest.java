package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));

  private static List<Integer> days(Site site) {
    return site.store.<List<Integer>, RuntimeException>read(
        view -> view.query("SELECT day FROM task_buckets ORDER BY day", row -> row.getInt(1)));
  }

  /** A task that ended would not be found while the table that it is in is not known. */
  @Test
  void tablesAreThereBeforeTheirDayBegins() {
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      assertThat(days(site)).containsExactly(20261120);
      clock.advance(Duration.ofHours(11).plusMinutes(39));
      site.tasks.purgeNow();
      assertThat(days(site)).containsExactly(20261120);
      clock.advance(Duration.ofMinutes(2));
      site.tasks.purgeNow();
      assertThat(days(site)).containsExactly(20261120, 20261121);
    }
  }

  @Test
  void oldHistoryGoesWithAllItsTraces() throws Exception {
    var dying =
        TaskType.io(
            "dying",
            Word.class,
            Length.class,
            (run, _) -> {
              run.step("kept for another try", () -> {});
              throw new FatalFailure("no");
            });
    try (var site =
        new Site(folder, c -> c.withHistory(Duration.ofDays(2), 1_000_000), clock)
            .start(Site.measure(), dying)) {
      var tagged = SubmitOptions.defaults().withTags("t");
      TaskId old = site.tasks.submit(Site.measure(), new Word("x"), tagged).id();
      TaskId dead = site.tasks.submit(dying, new Word("x"), tagged).id();
      site.awaitEnd(old);
      site.awaitEnd(dead);
      clock.advance(Duration.ofDays(2));
      TaskId fresh = site.tasks.submit(Site.measure(), new Word("x"), tagged).id();
      site.awaitEnd(fresh);
      assertThat(days(site)).containsExactly(20261120, 20261122);
      site.tasks.purgeNow();
      assertThat(site.tasks.find(old)).isPresent();

      clock.advance(Duration.ofDays(1));
      site.tasks.purgeNow();
      assertThat(days(site)).containsExactly(20261122, 20261123);
      assertThat(site.tasks.find(old)).isEmpty();
      assertThat(site.tasks.trail(old)).isEmpty();
      assertThat(site.tasks.find(fresh)).isPresent();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(1);
      assertThat(site.count("default", TaskState.DEAD)).isZero();
      assertThat(site.tasks.list(TaskFilter.all().withTag("t"), 10, null).items()).hasSize(1);
      long steps =
          site.store.<Long, RuntimeException>read(
              view -> view.number("SELECT count(*) FROM task_steps"));
      assertThat(steps).isZero();
    }
  }

  @Test
  void keepsAllThatASubmissionSaidOfATaskThatWentStraightThrough() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var options =
        SubmitOptions.defaults()
            .withUniqueKey("unique")
            .withTags("one", "two")
            .withTenant("tenant")
            .withKey("subject")
            .withRunAt(clock.instant().minusSeconds(5))
            .withTraceparent(trace);
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      TaskId id = site.tasks.submit(Site.measure(), new Word("four"), options).id();
      site.awaitEnd(id);
      TaskView done = site.tasks.find(id).orElseThrow();
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.uniqueKey()).isEqualTo("unique");
      assertThat(done.tags()).containsExactly("one", "two");
      assertThat(done.tenant()).isEqualTo("tenant");
      assertThat(done.key()).isEqualTo("subject");
      assertThat(done.traceparent()).isEqualTo(trace);
      assertThat(done.attempt()).isEqualTo(1);
      assertThat(String.valueOf(done.input())).contains("four");
      assertThat(String.valueOf(done.output())).contains("4");
      assertThat(site.tasks.trail(id).orElseThrow().attempts()).hasSize(1);
      // The key is free again.
      assertThat(site.tasks.submit(Site.measure(), new Word("x"), options).duplicate()).isFalse();
    }
  }

  @Test
  void historyHasALimitInNumberToo() throws Exception {
    try (var site =
        new Site(folder, c -> c.withHistory(Duration.ofDays(2), 1_000)).start(Site.measure())) {
      List<Word> words = Collections.nCopies(2_500, new Word("x"));
      var ids = site.tasks.submitAll(Site.measure(), words, SubmitOptions.defaults()).ids();
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      site.tasks.purgeNow();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(1_000);
      assertThat(site.tasks.find(ids.getFirst())).isEmpty();
      assertThat(site.tasks.find(ids.getLast())).isPresent();
    }
  }

  @Test
  void taskThatWaitedForDaysIsFoundInTheTableOfItsEnd() throws Exception {
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      TaskId id =
          site.tasks
              .submit(
                  Site.measure(),
                  new Word("x"),
                  SubmitOptions.defaults().withDelay(Duration.ofDays(3)))
              .id();
      TaskId other = site.tasks.submit(Site.measure(), new Word("x")).id();
      site.awaitEnd(other);
      clock.advance(Duration.ofDays(3));
      site.tasks.wakeTimer();
      TaskView done = site.awaitEnd(id);
      assertThat(done.finishedAt()).isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
      assertThat(days(site)).containsExactly(20261120, 20261123);
      assertThat(site.tasks.list(TaskFilter.all(), 1, null).items())
          .extracting(TaskView::id)
          .containsExactly(other);
    }
  }
}
