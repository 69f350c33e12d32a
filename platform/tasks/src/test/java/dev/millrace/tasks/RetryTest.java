package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts: which come, when, and what follows the last. */
class RetryTest {
  private static final RetryPolicy QUICK =
      RetryPolicy.defaults().withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir Path folder;

  @Test
  void retriesFailuresUntilOneAttemptSucceeds() throws Exception {
    var tries = new AtomicInteger();
    var type =
        TaskType.io(
                "flaky",
                Word.class,
                Length.class,
                (run, _) -> {
                  run.log(LogLine.Level.INFO, "try " + run.attempt());
                  if (tries.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  return new Length(run.attempt());
                })
            .withRetry(QUICK);
    try (var site = new Site(folder).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("x")).id();
      TaskView done = site.awaitEnd(id);
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.attempt()).isEqualTo(3);
      assertThat(done.error()).isEqualTo("IllegalStateException: not yet");
      Trail trail = site.tasks.trail(id).orElseThrow();
      assertThat(trail.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
      assertThat(trail.attempts().getFirst().error()).contains("not yet", "RetryTest");
      assertThat(trail.log()).extracting(LogLine::text).containsExactly("try 1", "try 2", "try 3");
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(1);
      assertThat(site.count("default", TaskState.RETRYING)).isZero();
    }
  }

  @Test
  void isDeadAfterItsLastAttemptAndRunsAgainWhenDriven() throws Exception {
    var broken = new AtomicReference<>(true);
    var type =
        TaskType.io(
                "broken",
                Word.class,
                Length.class,
                (run, _) -> {
                  run.step("once", () -> {});
                  if (broken.get()) {
                    throw new java.io.IOException("no luck");
                  }
                  return new Length(run.attempt());
                })
            .withRetry(QUICK.withAttempts(2));
    try (var site = new Site(folder).start(type)) {
      TaskId id =
          site.tasks
              .submit(type, new Word("x"), SubmitOptions.defaults().withUniqueKey("only"))
              .id();
      TaskView dead = site.awaitEnd(id);
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).isEqualTo("IOException: no luck");
      assertThat(site.count("default", TaskState.DEAD)).isEqualTo(1);

      broken.set(false);
      site.tasks.retry(id);
      TaskView done = site.awaitEnd(id);
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.attempt()).isEqualTo(1);
      Trail trail = site.tasks.trail(id).orElseThrow();
      assertThat(trail.attempts()).hasSize(3);
      assertThat(trail.steps()).hasSize(1);
      assertThat(site.count("default", TaskState.DEAD)).isZero();
      assertThatThrownBy(() -> site.tasks.retry(id))
          .hasMessageContaining("is succeeded")
          .hasMessageContaining("the handler failed")
          .isInstanceOf(TaskException.class);
    }
  }

  @Test
  void fatalFailuresAndErrorsAreNotRetried() throws Exception {
    var type =
        TaskType.io(
            "fatal",
            Word.class,
            Length.class,
            (_, word) -> {
              if (word.text().equals("error")) {
                throw new AssertionError("broken");
              }
              throw new FatalFailure("never");
            });
    try (var site = new Site(folder).start(type)) {
      TaskView fatal = site.awaitEnd(site.tasks.submit(type, new Word("fatal")).id());
      TaskView error = site.awaitEnd(site.tasks.submit(type, new Word("error")).id());
      assertThat(List.of(fatal, error)).extracting(TaskView::state).containsOnly(TaskState.DEAD);
      assertThat(fatal.attempt()).isEqualTo(1);
      assertThat(fatal.error()).isEqualTo("FatalFailure: never");
    }
  }

  @Test
  void endsEachAttemptAtItsTimeLimit() throws Exception {
    var asked = new Signal("asked to end");
    var type =
        TaskType.io(
                "slow",
                Word.class,
                Length.class,
                (run, _) -> {
                  assertThat(run.deadline()).isPresent();
                  try {
                    new Signal("never").await();
                  } finally {
                    if (run.cancelled()) {
                      asked.raise();
                    }
                  }
                  return null;
                })
            .withTimeLimit(Duration.ofMillis(30))
            .withRetry(QUICK.withAttempts(2));
    try (var site = new Site(folder).start(type)) {
      TaskView dead = site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.attempt()).isEqualTo(2);
      assertThat(dead.error()).isEqualTo("the time limit of PT0.03S was over");
      asked.await();
    }
  }

  @Test
  void waitsOutThePauseOfItsPolicyBeforeItTriesAgain() throws Exception {
    var clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
    var policy =
        RetryPolicy.defaults().withDelays(Duration.ofHours(1), Duration.ofHours(8)).withJitter(0.2);
    var type =
        TaskType.io(
                "later",
                Word.class,
                Length.class,
                (run, _) -> {
                  if (run.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  return null;
                })
            .withRetry(policy);
    try (var site = new Site(folder, c -> c, clock).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("x")).id();
      for (int hours : List.of(1, 2)) {
        site.awaitState(id, TaskState.RETRYING);
        Duration pause =
            Duration.between(clock.instant(), site.tasks.find(id).orElseThrow().runAt());
        assertThat(pause).isBetween(Duration.ofMinutes(48 * hours), Duration.ofMinutes(72 * hours));
        clock.advance(pause.minusMillis(1));
        site.tasks.wakeTimer();
        assertThat(site.tasks.await(id, Duration.ofMillis(20))).isEmpty();
        assertThat(site.tasks.find(id).orElseThrow().attempt()).isEqualTo(hours);
        clock.advance(Duration.ofMillis(1));
        site.tasks.wakeTimer();
        int attempts = hours;
        Signal.awaitUntil(
            "the next attempt", () -> site.tasks.find(id).orElseThrow().attempt() > attempts);
      }
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void failuresThatThePolicyExceptsAreFinal() throws Exception {
    var tries = new AtomicInteger();
    var type =
        TaskType.io(
                "picky",
                Word.class,
                Length.class,
                (_, word) -> {
                  if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("worth another attempt");
                  }
                  throw new IllegalStateException(new java.io.IOException(word.text()));
                })
            .withRetry(QUICK.withAttempts(9).except(java.io.IOException.class));
    try (var site = new Site(folder).start(type)) {
      TaskView dead = site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.attempt()).isEqualTo(2);
    }
  }

  @Test
  void eachExceptionHasItsOwnAttempts() throws Exception {
    var type =
        TaskType.io(
                "cases",
                Word.class,
                Length.class,
                (_, word) -> {
                  if (word.text().equals("io")) {
                    throw new java.io.UncheckedIOException(new java.io.IOException("gone"));
                  }
                  throw new IllegalStateException("odd");
                })
            .withRetry(QUICK.on(java.io.IOException.class, 5, Duration.ofMillis(1)));
    try (var site = new Site(folder).start(type)) {
      TaskView io = site.awaitEnd(site.tasks.submit(type, new Word("io")).id());
      TaskView odd = site.awaitEnd(site.tasks.submit(type, new Word("odd")).id());
      assertThat(List.of(io, odd)).extracting(TaskView::attempt).containsExactly(5, 3);
      assertThat(site.tasks.typeRules().find("cases").orElseThrow().retryCases())
          .extracting(RetryCase::attempts)
          .containsExactly(5);
    }
  }
}
