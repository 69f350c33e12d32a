package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are not started in time, and keys that stay taken for a time. */
class ExpiryTest {
  private static final SubmitOptions SOON =
      SubmitOptions.defaults().withExpiry(Duration.ofMillis(50));

  @TempDir Path folder;

  @Test
  void whatWaitsTooLongIsCancelledWithoutASlot() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      TaskId ready = site.tasks.submit(Site.measure(), new Word("x"), SOON).id();
      TaskId behind = site.tasks.submit(Site.measure(), new Word("y"), SOON.withAfter(ready)).id();
      TaskId forever = site.tasks.submit(Site.measure(), new Word("z")).id();
      TaskView over = site.awaitEnd(ready);
      assertThat(over.state()).isEqualTo(TaskState.CANCELLED);
      assertThat(over.error()).contains("it was not started by");
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.tasks.find(forever).orElseThrow().state()).isEqualTo(TaskState.READY);
      assertThat(site.count("default", TaskState.CANCELLED)).isEqualTo(2);
      site.tasks.resume("default");
      assertThat(site.awaitEnd(forever).state()).isEqualTo(TaskState.SUCCEEDED);
      Signal.awaitUntil(
          "no entry is left",
          () ->
              site.store.<Long, RuntimeException>read(
                      view -> view.number("SELECT count(*) FROM task_expiries"))
                  == 0);
      // Driven again it has no such time any more.
      site.tasks.retry(ready);
      assertThat(site.awaitEnd(ready).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void whatHasBegunGoesOnAndTheTimeHoldsOverAKill() throws Exception {
    var type =
        TaskType.io(
                "sleeper",
                Word.class,
                Length.class,
                (run, _) -> {
                  run.sleep(Duration.ofMillis(300));
                  return new Length(1);
                })
            .withExpiry(Duration.ofMillis(150));
    TaskId killed;
    try (var site = new Site(folder).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("x")).id();
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      site.tasks.pause("default");
      killed = site.tasks.submit(type, new Word("y")).id();
      assertThat(site.tasks.find(killed).orElseThrow().expiresAt()).isNotNull();
      site.die();
    }
    try (var site = new Site(folder).start(type)) {
      assertThat(site.awaitEnd(killed).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  @Test
  void aSlotDoesNotStartWhatComesTooLate() {
    var row =
        new TaskRow(
            1,
            TaskState.READY,
            "t",
            "q",
            5,
            0,
            0,
            0,
            0,
            false,
            false,
            null,
            null,
            null,
            null,
            null,
            "{}",
            0,
            1_000,
            1);
    assertThat(row.isExpired(999)).isFalse();
    assertThat(row.isExpired(1_000)).isTrue();
    assertThat(row.putBack().isExpired(1_000)).isFalse();
    assertThat(Expiry.outcome(row, null, 1_000).to()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void aRetryDoesNotStartAfterIt() throws Exception {
    var tries = new AtomicInteger();
    var type =
        TaskType.io(
                "flaky",
                Word.class,
                Length.class,
                (_, _) -> {
                  tries.incrementAndGet();
                  throw new IllegalStateException("no");
                })
            .withRetry(
                RetryPolicy.defaults().withDelays(Duration.ofMinutes(5), Duration.ofMinutes(5)));
    try (var site = new Site(folder).start(type)) {
      TaskId id =
          site.tasks
              .submit(
                  type, new Word("x"), SubmitOptions.defaults().withExpiry(Duration.ofMillis(400)))
              .id();
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(tries).hasValue(1);
    }
  }

  @Test
  void aKeyStaysTakenForItsTimeAfterSuccess() throws Exception {
    var clock = new ManualClock(java.time.Instant.parse("2026-11-20T10:00:00Z"));
    var hour = SubmitOptions.defaults().withUniqueKey("report", Duration.ofHours(1));
    TaskId first;
    try (var site = new Site(folder, config -> config, clock).start(Site.measure())) {
      first = site.tasks.submit(Site.measure(), new Word("x"), hour).id();
      site.awaitEnd(first);
    }
    try (var site = new Site(folder, config -> config, clock).start(Site.measure())) {
      Submitted again = site.tasks.submit(Site.measure(), new Word("y"), hour);
      assertThat(again.duplicate()).isTrue();
      assertThat(again.id()).isEqualTo(first);
      assertThat(again.state()).isEqualTo(TaskState.SUCCEEDED);
      // One that only wants no other at the same time is not held up.
      Submitted other =
          site.tasks.submit(
              Site.measure(), new Word("z"), SubmitOptions.defaults().withUniqueKey("report"));
      assertThat(other.duplicate()).isFalse();
      site.awaitEnd(other.id());
      clock.advance(Duration.ofMinutes(61));
      Submitted later = site.tasks.submit(Site.measure(), new Word("y"), hour);
      assertThat(later.duplicate()).isFalse();
      site.awaitEnd(later.id());
      site.tasks.purgeNow();
      assertThat(
              site.store.<Long, RuntimeException>read(
                  view -> view.number("SELECT count(*) FROM task_unique")))
          .isOne();
    }
  }

  @Test
  void aCancelledTaskGivesItsKeyBack() throws Exception {
    var hour = SubmitOptions.defaults().withUniqueKey("report", Duration.ofHours(1));
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      TaskId first = site.tasks.submit(Site.measure(), new Word("x"), hour).id();
      site.tasks.cancel(first);
      assertThat(site.tasks.submit(Site.measure(), new Word("x"), hour).duplicate()).isFalse();
    }
    assertThatThrownBy(() ->
            new SubmitOptions(
                null,
                null,
                null,
                null,
                null,
                java.util.List.of(),
                null,
                null,
                null,
                java.util.List.of(),
                null,
                Duration.ofHours(1),
                null,
                AfterOutcome.SUCCEEDED,
                null,
                null))
        .hasMessageContaining("uniqueFor");
    assertThatThrownBy(() -> SubmitOptions.defaults().withExpiry(Duration.ZERO))
        .hasMessageContaining("expiry 'PT0S'");
  }
}
