package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.testing.TestTasks;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits around parts of handlers. */
class PartsTest {
  private static final Limit STRIPE = Limit.ofParts("stripe");

  @TempDir Path folder;

  private final List<String> inside = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(1);

  private TaskType<Word, Length> type(Duration wait, Limit limit) {
    return TaskType.io(
            "charge",
            Word.class,
            Length.class,
            (run, word) -> {
              calls.incrementAndGet();
              return run.limited(
                  "stripe",
                  wait,
                  () -> {
                    inside.add(word.text());
                    gate.await();
                    return new Length(1);
                  });
            })
        .withLimit(limit);
  }

  private static TaskId submit(Site site, TaskType<Word, ?> type, String text) {
    return site.tasks.submit(type, new Word(text)).id();
  }

  private static void awaitWaits(Site site, TaskId id) throws InterruptedException {
    Signal.awaitUntil(
        "it waits", () -> "limit stripe".equals(site.tasks.find(id).orElseThrow().waitsFor()));
  }

  @Test
  void aRunGivesWayWithoutASlotAndGoesOnWhenThereIsRoom() throws Exception {
    TaskType<Word, Length> type = type(Duration.ZERO, STRIPE.withConcurrency(1));
    try (var site = new Site(folder).start(type, Site.measure())) {
      site.tasks.limitConcurrency(TaskType.IO_QUEUE, 2);
      TaskId first = submit(site, type, "a");
      Signal.awaitUntil("it is inside", () -> inside.size() == 1);
      List<TaskId> others = new ArrayList<>();
      for (String text : List.of("b", "c", "d")) {
        others.add(submit(site, type, text));
        awaitWaits(site, others.getLast());
      }
      // A slot is free for other work.
      assertThat(site.awaitEnd(submit(site, Site.measure(), "x")).state())
          .isEqualTo(TaskState.SUCCEEDED);
      LimitView view = site.tasks.limits().find("stripe").orElseThrow();
      assertThat(view.running()).isEqualTo(1);
      assertThat(view.waiting()).isEqualTo(3);
      gate.countDown();
      assertThat(site.awaitEnd(first).state()).isEqualTo(TaskState.SUCCEEDED);
      for (TaskId id : others) {
        TaskView done = site.awaitEnd(id);
        assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
      }
      assertThat(inside).containsExactly("a", "b", "c", "d");
      Signal.awaitUntil(
          "none is inside", () -> site.tasks.limits().find("stripe").orElseThrow().running() == 0);
    }
  }

  @Test
  void aRunThatMayWaitKeepsItsThread() throws Exception {
    TaskType<Word, Length> type = type(Duration.ofMinutes(1), STRIPE.withConcurrency(1));
    try (var site = new Site(folder).start(type)) {
      TaskId first = submit(site, type, "a");
      Signal.awaitUntil("it is inside", () -> inside.size() == 1);
      TaskId second = submit(site, type, "b");
      Signal.awaitUntil("both handlers are called", () -> calls.get() == 2);
      assertThat(site.tasks.find(second).orElseThrow().state()).isEqualTo(TaskState.RUNNING);
      gate.countDown();
      site.awaitEnd(first);
      assertThat(site.awaitEnd(second).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void partsBeginNoMoreOftenThanTheirRateAlsoAfterAKill() throws Exception {
    gate.countDown();
    TaskType<Word, Length> type = type(Duration.ZERO, STRIPE.withRate(2, Duration.ofHours(1)));
    TaskId third;
    try (var site = new Site(folder).start(type)) {
      site.awaitEnd(submit(site, type, "a"));
      site.awaitEnd(submit(site, type, "b"));
      third = submit(site, type, "c");
      awaitWaits(site, third);
      site.die();
    }
    try (var site = new Site(folder).start(type)) {
      TaskId fourth = submit(site, type, "d");
      awaitWaits(site, fourth);
      assertThat(inside).containsExactly("a", "b");
      site.tasks.limits().set(STRIPE.withConcurrency(1));
      assertThat(site.awaitEnd(third).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(fourth).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void roomThatAKilledRunHeldIsFreeAndSoIsRoomThatNobodyUses() throws Exception {
    TaskType<Word, Length> type = type(Duration.ZERO, STRIPE.withConcurrency(1));
    var turned = new AtomicInteger();
    var fickle =
        TaskType.io(
            "fickle",
            Word.class,
            Length.class,
            (run, _) -> {
              if (turned.getAndIncrement() == 0) {
                run.limited("stripe", Duration.ZERO, () -> {});
              }
              return new Length(turned.get());
            });
    TaskId waits;
    TaskId fickleOne;
    TaskId first;
    try (var site = new Site(folder).start(type, fickle)) {
      first = submit(site, type, "a");
      Signal.awaitUntil("it is inside", () -> inside.size() == 1);
      fickleOne = submit(site, fickle, "x");
      awaitWaits(site, fickleOne);
      waits = submit(site, type, "b");
      awaitWaits(site, waits);
      site.die();
    }
    gate.countDown();
    try (var site = new Site(folder).start(type, fickle)) {
      for (TaskId id : List.of(first, fickleOne, waits)) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(turned).hasValue(2);
    }
  }

  @Test
  void aLimitThatIsNotThereFailsTheAttemptAndSaysSo() throws Exception {
    var type =
        TaskType.io(
                "charge",
                Word.class,
                Length.class,
                (run, word) -> run.limited(word.text(), Duration.ZERO, () -> new Length(1)))
            .withRetry(RetryPolicy.never());
    try (var site = new Site(folder).start(type)) {
      assertThat(site.awaitEnd(submit(site, type, "stripe")).error())
          .contains("there is no limit 'stripe'");
      site.tasks.limits().set(Limit.ofType("stripe", "charge").withConcurrency(3));
      assertThat(site.awaitEnd(submit(site, type, "stripe")).error())
          .contains("limit 'stripe' is one of tasks");
      site.tasks.limits().set(STRIPE.withConcurrency(3));
    }
    try (var site = new Site(folder).start(type)) {
      assertThat(site.awaitEnd(submit(site, type, "stripe")).state())
          .isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void nobodyWaitsInATestThatMovesTime() {
    gate.countDown();
    TaskType<Word, Length> type =
        type(Duration.ofMinutes(1), STRIPE.withRate(1, Duration.ofHours(1)));
    try (TestTasks test = TestTasks.timeTravel(type)) {
      TaskId first = test.tasks().submit(type, new Word("a")).id();
      TaskId second = test.tasks().submit(type, new Word("b")).id();
      test.advance(Duration.ofMinutes(1));
      assertThat(test.task(first).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(test.task(second).state()).isEqualTo(TaskState.WAITING);
      test.advance(Duration.ofHours(2));
      assertThat(test.task(second).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }
}
