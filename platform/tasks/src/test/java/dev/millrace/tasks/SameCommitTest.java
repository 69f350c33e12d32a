package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for at the same time is committed together, and must come out as one by one. */
class SameCommitTest {
  private static final SubmitOptions LATER =
      SubmitOptions.defaults().withDelay(Duration.ofHours(1));

  /** Longer than lines of logs are collected before they are written. */
  private static final long NOTES_NANOS = 700_000_000;

  @TempDir Path folder;

  private final AtomicInteger runs = new AtomicInteger();

  private final TaskType<Word, Length> counted =
      TaskType.io(
          "word.counted",
          Word.class,
          Length.class,
          (_, _) -> {
            runs.incrementAndGet();
            return null;
          });

  /** Has what is given committed together, in that order; {@code meanwhile} before all else. */
  private static void together(Site site, Runnable meanwhile, Runnable... requests)
      throws InterruptedException {
    var held = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    threads.add(Thread.ofPlatform().start(() -> site.store.write(_ -> await(held))));
    awaitParked(threads);
    meanwhile.run();
    for (Runnable request : requests) {
      threads.add(Thread.ofPlatform().start(request));
      awaitParked(threads);
    }
    held.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitParked(List<Thread> threads) throws InterruptedException {
    Signal.awaitUntil(
        "what came so far waits for the writer",
        () -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertNothingIsLeft(Site site) throws InterruptedException {
    Signal.awaitUntil(
        "nothing is ready, scheduled or waiting",
        () ->
            site.tasks.queues().stream()
                .flatMap(queue -> queue.counts().entrySet().stream())
                .allMatch(count -> count.getKey().finished() || count.getValue() == 0));
    for (Meter meter : List.of(new Meter("window"), new Meter("busy"))) {
      Signal.awaitUntil(meter + " is empty", () -> meter.isZero(site));
    }
  }

  private record Meter(String name) {
    boolean isZero(Site site) {
      return site.meters.find("millrace.tasks." + name).gauges().stream()
          .allMatch(gauge -> gauge.value() == 0);
    }
  }

  @Test
  void cancelledTaskDoesNotRunThoughItWasMadeReadyJustBefore() throws Exception {
    try (var site = new Site(folder).start(counted)) {
      TaskId id = site.tasks.submit(counted, new Word("w"), LATER).id();
      together(site, () -> {}, () -> site.tasks.retry(id), () -> site.tasks.cancel(id));
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      assertNothingIsLeft(site);
      assertThat(runs).hasValue(0);
      assertThat(site.count("default", TaskState.CANCELLED)).isEqualTo(1);
    }
  }

  @Test
  void taskThatIsCancelledAndDrivenAgainAtOnceRunsOnce() throws Exception {
    try (var site = new Site(folder).start(counted)) {
      TaskId id = site.tasks.submit(counted, new Word("w"), LATER).id();
      together(site, () -> {}, () -> site.tasks.cancel(id), () -> site.tasks.retry(id));
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      assertNothingIsLeft(site);
      assertThat(runs).hasValue(1);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(1);
      assertThat(site.count("default", TaskState.CANCELLED)).isZero();
    }
  }

  @Test
  void cancelledTaskIsNotLetGoByTheLimitThatHeldIt() throws Exception {
    try (var site = new Site(folder)) {
      site.start(counted, site.held());
      site.tasks.limits().set(Limit.perKey("keys").withConcurrency(1));
      var key = SubmitOptions.defaults().withKey("k");
      TaskId first = site.tasks.submit(site.held(), new Word("w"), key).id();
      site.awaitState(first, TaskState.RUNNING);
      TaskId behind = site.tasks.submit(counted, new Word("w"), key).id();
      site.awaitState(behind, TaskState.WAITING);
      together(
          site,
          () -> {},
          () -> site.tasks.cancel(behind),
          () -> site.tasks.limits().set(Limit.perKey("keys").withConcurrency(2)));
      site.letGo();
      site.awaitEnd(first);
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.CANCELLED);
      assertNothingIsLeft(site);
      assertThat(runs).hasValue(0);
    }
  }

  @Test
  void taskIsCancelledThoughItsAttemptHasJustFailed() throws Exception {
    var failed = new AtomicInteger();
    var gate = new CountDownLatch(1);
    var held =
        TaskType.<Word, Length>io(
                "word.held-and-failing",
                Word.class,
                Length.class,
                (_, _) -> {
                  runs.incrementAndGet();
                  gate.await();
                  failed.incrementAndGet();
                  throw new IllegalStateException("fails on purpose");
                })
            .withRetry(RetryPolicy.defaults().withDelays(Duration.ofDays(1), Duration.ofDays(1)));
    try (var site = new Site(folder).start(held)) {
      var ids = new ArrayList<TaskId>();
      for (int i = 0; i < 20; i++) {
        ids.add(site.tasks.submit(held, new Word("w")).id());
      }
      Signal.awaitUntil("all run", () -> runs.get() == ids.size());
      together(
          site,
          () -> {
            gate.countDown();
            awaitCount(failed, ids.size());
          },
          ids.stream().<Runnable>map(id -> () -> site.tasks.cancel(id)).toArray(Runnable[]::new));
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      }
      assertNothingIsLeft(site);
    }
  }

  @Test
  void keepsNoRowsOfALogThatIsWrittenAtTheEndOfItsTask() throws Exception {
    var gate = new CountDownLatch(1);
    var early = new AtomicInteger();
    var ended = new AtomicInteger();
    var logging =
        TaskType.io(
            "word.logging",
            Word.class,
            Length.class,
            (run, word) -> {
              run.log(LogLine.Level.INFO, word.text());
              early.incrementAndGet();
              gate.await();
              run.log(LogLine.Level.INFO, word.text());
              ended.incrementAndGet();
              return null;
            });
    try (var site = new Site(folder).start(logging)) {
      var ids = new ArrayList<TaskId>();
      for (String word : List.of("a", "b", "c")) {
        ids.add(site.tasks.submit(logging, new Word(word)).id());
      }
      together(
          site,
          () -> {
            awaitCount(early, ids.size());
            LockSupport.parkNanos(NOTES_NANOS); // Lines wait for the writer before the outcomes,
            gate.countDown();
            awaitCount(ended, ids.size());
            LockSupport.parkNanos(NOTES_NANOS); // and behind them.
          });
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(site.tasks.trail(id).orElseThrow().log()).hasSize(2);
      }
      assertThat(
              site.store.<Long, RuntimeException>read(
                  view -> view.number("SELECT count(*) FROM task_log")))
          .isZero();
    }
  }

  private static void awaitCount(AtomicInteger count, int all) {
    try {
      Signal.awaitUntil("all have come", () -> count.get() == all);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
