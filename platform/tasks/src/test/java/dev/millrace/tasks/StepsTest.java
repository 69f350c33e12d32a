package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {
  private static final RetryPolicy QUICK =
      RetryPolicy.defaults().withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir Path folder;

  @Test
  void finishedStepIsNotRunAgain() throws Exception {
    var runs = new AtomicInteger();
    var type =
        TaskType.io(
                "stepped",
                Word.class,
                Length.class,
                (run, word) -> {
                  Length first =
                      run.step(
                          "count",
                          Length.class,
                          () -> {
                            runs.incrementAndGet();
                            return new Length(word.text().length());
                          });
                  if (run.attempt() < 3) {
                    throw new IllegalStateException("again");
                  }
                  return run.step("double", Length.class, () -> new Length(2 * first.letters()));
                })
            .withRetry(QUICK);
    try (var site = new Site(folder).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("four")).id();
      TaskView done = site.awaitEnd(id);
      assertThat(done.output()).hasToString("{\"letters\":8}");
      assertThat(runs).hasValue(1);
      assertThat(site.tasks.trail(id).orElseThrow().steps())
          .extracting(Step::name)
          .containsExactly("count", "double");
      assertThat(left(site, "task_steps")).isZero();
      assertThat(left(site, "task_attempts")).isZero();
    }
  }

  private static long left(Site site, String table) {
    return site.store.<Long, RuntimeException>read(
        view -> view.number("SELECT count(*) FROM " + table));
  }

  @Test
  void sameNameTwiceIsRefused() throws Exception {
    var type =
        TaskType.io(
                "twice",
                Word.class,
                Length.class,
                (run, _) -> {
                  run.step("a", () -> {});
                  run.step("a", () -> {});
                  return null;
                })
            .withRetry(RetryPolicy.never());
    try (var site = new Site(folder).start(type)) {
      TaskView dead = site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(dead.error()).contains("step 'a' was used before").contains("a-2");
    }
  }

  @Test
  void rowsOfFinishCommitWithTheSuccessOrNotAtAll() throws Exception {
    var type =
        TaskType.io(
                "booking",
                Word.class,
                Length.class,
                (run, word) -> {
                  run.finish(tx -> {
                    tx.update("INSERT INTO bookings (word) VALUES (?)", word.text());
                    if (run.attempt() == 1) {
                      throw new IllegalStateException("changed my mind");
                    }
                  });
                  return new Length(run.attempt());
                })
            .withRetry(QUICK);
    try (var site = new Site(folder).start(type)) {
      site.store.write(tx -> tx.update("CREATE TABLE bookings (word TEXT)"));
      TaskView done = site.awaitEnd(site.tasks.submit(type, new Word("once")).id());
      assertThat(done.attempt()).isEqualTo(2);
      assertThat(done.error()).contains("changed my mind");
      assertThat(left(site, "bookings")).isEqualTo(1);
    }
  }

  @Test
  void progressAndLogAreSeenWhileTheTaskRuns() throws Exception {
    var said = new Signal("said");
    var goOn = new Signal("go on");
    var type =
        TaskType.io(
            "talking",
            Word.class,
            Length.class,
            (run, _) -> {
              run.progress(3, 10, "a third");
              run.log(LogLine.Level.WARN, "careful");
              run.log(LogLine.Level.INFO, "x".repeat(10_000));
              said.raise();
              goOn.await();
              run.progress(10, 10, "all");
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("x")).id();
      said.await();
      TaskView running = site.tasks.find(id).orElseThrow();
      assertThat(running.state()).isEqualTo(TaskState.RUNNING);
      assertThat(running.progress()).isEqualTo(new Progress(3, 10, "a third"));
      assertThat(running.startedAt()).isNotNull();
      assertThat(site.tasks.trail(id).orElseThrow().log()).hasSize(2);
      Signal.awaitUntil(
          "progress is stored",
          () ->
              site.store.<Long, RuntimeException>read(
                      view -> view.number("SELECT count(*) FROM task_log"))
                  == 2);
      assertThat(site.tasks.trail(id).orElseThrow().log()).hasSize(2);
      goOn.raise();
      TaskView done = site.awaitEnd(id);
      assertThat(done.progress()).isEqualTo(new Progress(10, 10, "all"));
      List<LogLine> log = site.tasks.trail(id).orElseThrow().log();
      assertThat(log).extracting(LogLine::text).first().isEqualTo("careful");
      assertThat(log.get(1).text()).hasSize(Limits.LOG_LINE).endsWith("…");
      assertThat(left(site, "task_log")).isZero();
    }
  }

  @Test
  void runTellsWhatTheSubmissionSaid() throws Exception {
    var seen = new java.util.concurrent.atomic.AtomicReference<List<Object>>();
    var type =
        TaskType.io(
            "curious",
            Word.class,
            Length.class,
            (run, _) -> {
              seen.set(
                  List.of(
                      run.tags(),
                      run.tenant().orElseThrow(),
                      run.key().orElseThrow(),
                      run.traceparent().orElseThrow(),
                      run.queue(),
                      run.type()));
              return null;
            });
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    try (var site = new Site(folder).start(type)) {
      var options =
          SubmitOptions.defaults()
              .withTags("red", "blue")
              .withTenant("acme")
              .withKey("order-7")
              .withTraceparent(trace)
              .withQueue("side");
      TaskView done = site.awaitEnd(site.tasks.submit(type, new Word("x"), options).id());
      assertThat(seen.get())
          .containsExactly(List.of("red", "blue"), "acme", "order-7", trace, "side", "curious");
      assertThat(done.tags()).containsExactly("red", "blue");
      assertThat(done.key()).isEqualTo("order-7");
      assertThat(done.traceparent()).isEqualTo(trace);
    }
  }
}
