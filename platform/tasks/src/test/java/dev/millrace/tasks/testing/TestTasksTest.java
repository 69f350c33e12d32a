package dev.millrace.tasks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Limit;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Schedule;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class TestTasksTest {
  record Word(String text) {}

  record Length(int letters) {}

  private final List<String> ran = new ArrayList<>();

  private TaskType<Word, Length> measure() {
    return TaskType.io(
        "word.measure",
        Word.class,
        Length.class,
        (_, word) -> {
          ran.add(word.text());
          return new Length(word.text().length());
        });
  }

  @Test
  void runsInlineOnTheThreadThatSubmits() {
    var thread = new AtomicReference<Thread>();
    var type =
        TaskType.cpu(
            "word.where",
            Word.class,
            Length.class,
            (_, word) -> {
              thread.set(Thread.currentThread());
              return new Length(word.text().length());
            });
    try (TestTasks test = TestTasks.inline(type)) {
      TaskId id = test.tasks().submit(type, new Word("mill")).id();
      assertThat(thread.get()).isSameAs(Thread.currentThread());
      assertThat(test.result(type, id)).isEqualTo(new Length(4));
      test.assertNothingQueued();
    }
  }

  @Test
  void runsInlineWhatATransactionOfTheCallerSubmits() {
    var type = measure();
    try (TestTasks test = TestTasks.inline(type)) {
      test.store()
          .write(tx -> {
            var _ = test.tasks().submit(tx, type, new Word("row"), SubmitOptions.defaults());
            assertThat(ran).isEmpty();
          });
      assertThat(ran).containsExactly("row");
    }
  }

  @Test
  void runsInlineWhatAHandlerSubmitsAndItsChildren() {
    var inner = measure();
    var outer =
        TaskType.io(
            "word.all",
            Word.class,
            Length.class,
            (run, word) -> {
              var lengths =
                  run.children("each", inner, List.of(new Word("a"), new Word("bb"))).results();
              return new Length(lengths.stream().mapToInt(Length::letters).sum());
            });
    try (TestTasks test = TestTasks.inline(inner, outer)) {
      TaskId id = test.tasks().submit(outer, new Word("x")).id();
      assertThat(test.result(outer, id)).isEqualTo(new Length(3));
    }
  }

  @Test
  void runsNothingByItselfInManualMode() {
    var type = measure();
    try (TestTasks test = TestTasks.manual(type)) {
      var first = test.tasks().submit(type, new Word("one"));
      var _ = test.tasks().submit(type, new Word("two"), SubmitOptions.defaults().withPriority(0));
      assertThat(test.queued(type)).containsExactly(new Word("one"), new Word("two"));
      test.assertQueued(type, new Word("two"));
      assertThatThrownBy(() -> test.assertQueued(type, new Word("three")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("one");
      assertThat(ran).isEmpty();

      assertThat(test.runNext().map(TaskView::state)).hasValue(TaskState.SUCCEEDED);
      assertThat(ran).containsExactly("two");
      assertThatThrownBy(() -> test.result(type, first.id())).hasMessageContaining("ready");
      assertThat(test.drain()).isEqualTo(1);
      assertThat(test.runNext()).isEmpty();
      test.assertNothingQueued();
    }
  }

  @Test
  void makesReadyButDoesNotRunWhenTimeMovesInManualMode() {
    var type = measure();
    try (TestTasks test = TestTasks.manual(type)) {
      TaskId id =
          test.tasks()
              .submit(
                  type, new Word("later"), SubmitOptions.defaults().withDelay(Duration.ofHours(1)))
              .id();
      assertThat(test.drain()).isZero();
      test.advance(Duration.ofHours(1));
      assertThat(test.task(id).state()).isEqualTo(TaskState.READY);
      assertThat(ran).isEmpty();
      assertThat(test.drain()).isEqualTo(1);
    }
  }

  @Test
  void fallsDueInTheOrderOfTime() throws Exception {
    var times = new ArrayList<String>();
    var clock = new AtomicReference<TestTasks>();
    var type =
        TaskType.io(
            "word.time",
            Word.class,
            Length.class,
            (_, word) -> {
              times.add(word.text() + " " + clock.get().clock().instant());
              return null;
            });
    try (TestTasks test =
        TestTasks.in(TestMode.TIME_TRAVEL)
            .startingAt(Instant.parse("2031-03-01T00:00:00Z"))
            .types(type)
            .open()) {
      clock.set(test);
      var input = JsonMapper.shared().readTree("{\"text\":\"every\"}");
      var _ =
          test.tasks()
              .schedules()
              .create(Schedule.of("t", "word.time", input, Schedule.cron("0 */6 * * *")));
      var _ =
          test.tasks()
              .submit(
                  type, new Word("once"), SubmitOptions.defaults().withDelay(Duration.ofHours(8)));
      test.advance(Duration.ofHours(13));
      assertThat(times)
          .containsExactly(
              "every 2031-03-01T06:00:00Z",
              "once 2031-03-01T08:00:00Z",
              "every 2031-03-01T12:00:00Z");
    }
  }

  @Test
  void retriesSleepsAndSignalsTakeNoRealTime() {
    var attempts = new ArrayList<Instant>();
    var holder = new AtomicReference<TestTasks>();
    var type =
        TaskType.io(
                "word.slow",
                Word.class,
                Length.class,
                (run, _) -> {
                  attempts.add(holder.get().clock().instant());
                  if (run.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                  }
                  run.sleep(Duration.ofDays(1));
                  boolean came = run.awaitSignal("go", Duration.ofDays(30));
                  return new Length(came ? 1 : 0);
                })
            .withRetry(RetryPolicy.defaults().withAttempts(2));
    try (TestTasks test = TestTasks.timeTravel(type)) {
      holder.set(test);
      Instant begin = test.clock().instant();
      TaskId id = test.tasks().submit(type, new Word("x")).id();
      test.advance(Duration.ofDays(2));
      assertThat(test.task(id).waitsFor()).isEqualTo("signal go");
      test.advance(Duration.ofDays(40));
      assertThat(test.result(type, id)).isEqualTo(new Length(0));
      assertThat(attempts).hasSize(4);
      assertThat(Duration.between(begin, attempts.getLast())).isGreaterThan(Duration.ofDays(31));
      assertThat(Duration.between(begin, attempts.getLast())).isLessThan(Duration.ofDays(32));
    }
  }

  @Test
  void timeThatAHandlerTakesCountsForItsLimit() {
    var holder = new AtomicReference<TestTasks>();
    var type =
        TaskType.io(
                "word.long",
                Word.class,
                Length.class,
                (run, _) -> {
                  holder.get().advance(Duration.ofMinutes(3));
                  assertThat(run.cancelled()).isTrue();
                  Thread.sleep(1);
                  return new Length(0);
                })
            .withTimeLimit(Duration.ofMinutes(2))
            .withRetry(RetryPolicy.defaults().withAttempts(1));
    try (TestTasks test = TestTasks.timeTravel(type)) {
      holder.set(test);
      TaskId id = test.tasks().submit(type, new Word("x")).id();
      test.advance(Duration.ZERO);
      assertThat(test.task(id).state()).isEqualTo(TaskState.DEAD);
      assertThat(test.task(id).error()).contains("time limit of PT2M");
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void limitsHoldAndGoOnWithTime() {
    var type = measure().withRate(2, Duration.ofMinutes(1));
    try (TestTasks test = TestTasks.timeTravel(type)) {
      for (int i = 0; i < 6; i++) {
        var _ = test.tasks().submit(type, new Word("w" + i));
      }
      test.advance(Duration.ZERO);
      assertThat(ran).hasSizeBetween(2, 3);
      test.advance(Duration.ofMinutes(3));
      assertThat(ran).containsExactlyInAnyOrder("w0", "w1", "w2", "w3", "w4", "w5");
      var _ = test.tasks().limits().set(Limit.ofQueue("q", "default").withConcurrency(1));
      var _ = test.tasks().submit(type, new Word("last"));
      test.advance(Duration.ofMinutes(1));
      assertThat(ran).endsWith("last");
    }
  }

  @Test
  void showsWhatIsLeftUndone() {
    var type = measure();
    try (TestTasks test = TestTasks.manual(type)) {
      TaskId id = test.tasks().submit(type, new Word("left")).id();
      assertThatThrownBy(test::assertNothingQueued)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(id.toString())
          .hasMessageContaining("word.measure");
      assertThatThrownBy(() -> test.advance(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void purgesHistoryWhenTimeHasPassed() {
    var type = measure();
    try (TestTasks test = TestTasks.inline(type)) {
      TaskId id = test.tasks().submit(type, new Word("old")).id();
      test.advance(Duration.ofDays(20));
      assertThat(test.tasks().find(id)).isPresent();
      test.advance(Duration.ofDays(12));
      test.advance(Duration.ofHours(1));
      assertThat(test.tasks().find(id)).isEmpty();
    }
  }

  @Test
  void aFolderThatIsGivenStaysAndATemporaryOneDoesNot(@TempDir Path folder) {
    var type = measure();
    TaskId id;
    try (TestTasks test = TestTasks.in(TestMode.MANUAL).folder(folder).types(type).open()) {
      id = test.tasks().submit(type, new Word("stays")).id();
    }
    assertThat(Files.exists(folder.resolve("test.db"))).isTrue();
    try (TestTasks test = TestTasks.in(TestMode.INLINE).folder(folder).types(type).open()) {
      assertThat(test.result(type, id)).isEqualTo(new Length(5));
    }
  }
}
