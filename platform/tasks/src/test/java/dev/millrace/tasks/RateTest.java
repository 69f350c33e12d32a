package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often tasks start. */
class RateTest {
  @TempDir Path folder;

  private static final Duration PER = Duration.ofMillis(400);
  private static final int COUNT = 20;

  /** What a body may be late against its start, in ms. */
  private static final long LATE = 60;

  /** When bodies began, in ms of a clock that never goes back. */
  private final ConcurrentLinkedQueue<Long> starts = new ConcurrentLinkedQueue<>();

  private TaskType<Word, Length> noted(String name) {
    return TaskType.io(
        name,
        Word.class,
        Length.class,
        (_, _) -> {
          starts.add(System.nanoTime() / 1_000_000);
          return null;
        });
  }

  private static List<TaskId> submit(Site site, TaskType<Word, ?> type, int count, String key) {
    return site.tasks
        .submitAll(
            type, Collections.nCopies(count, new Word("x")), SubmitOptions.defaults().withKey(key))
        .ids();
  }

  /** Never more than a burst and what the time since then allows, between any two starts. */
  private void assertWithinRate() {
    var times = new ArrayList<>(starts);
    Collections.sort(times);
    for (int i = 0; i < times.size(); i++) {
      for (int j = i; j < times.size(); j++) {
        long allowed = COUNT + (times.get(j) - times.get(i) + LATE) * COUNT / PER.toMillis();
        assertThat(j - i + 1L).as("starts %s to %s", i, j).isLessThanOrEqualTo(allowed);
      }
    }
  }

  private static void awaitAll(Site site, List<TaskId> ids) throws InterruptedException {
    for (TaskId id : ids) {
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void tasksOfATypeStartAtTheRateAndAllOfThemStart() throws Exception {
    TaskType<Word, Length> type = noted("paced").withRate(COUNT, PER);
    try (var site = new Site(folder).start(type)) {
      long from = System.nanoTime();
      List<TaskId> ids = submit(site, type, 100, "k");
      awaitAll(site, ids);
      // 20 at once, 80 more at 50 a second.
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .isBetween(Duration.ofMillis(1_550), Duration.ofSeconds(10));
      assertThat(starts).hasSize(100);
      assertWithinRate();
    }
  }

  @Test
  void eachKeyHasItsOwnRateAndAnIdleOneNeedsNoWaiting() throws Exception {
    TaskType<Word, Length> type = noted("paced").withRatePerKey(2, Duration.ofHours(1));
    try (var site = new Site(folder).start(type)) {
      List<TaskId> x = submit(site, type, 3, "x");
      List<TaskId> y = submit(site, type, 2, "y");
      awaitAll(site, y);
      // Which of the three waits is open: they come to the limit at the same moment.
      Signal.awaitUntil(
          "two of x ran and one waits",
          () ->
              starts.size() == 4
                  && x.stream()
                          .map(id -> site.tasks.find(id).orElseThrow().waitsFor())
                          .filter("limit key.paced x"::equals)
                          .count()
                      == 1);
      site.tasks.limits().set(Limit.perKey("key.paced").withConcurrency(1));
      awaitAll(site, x);
    }
  }

  @Test
  void rateIsNotExceededAfterACrash() throws Exception {
    TaskType<Word, Length> type = noted("paced").withRate(COUNT, PER);
    for (int life = 0; life < 3; life++) {
      Site site = new Site(folder).start(type);
      submit(site, type, 60, "k");
      int enough = starts.size() + COUNT / 2 + life;
      Signal.awaitUntil("some started", () -> starts.size() >= enough);
      site.die();
    }
    try (var site = new Site(folder).start(type)) {
      Signal.awaitUntil("all ran", () -> site.count("default", TaskState.SUCCEEDED) == 180);
      assertWithinRate();
    }
  }

  @Test
  void queueStartsAtItsRateAndNobodyWaitsElsewhere() throws Exception {
    TaskType<Word, Length> type = noted("plain");
    try (var site = new Site(folder).start(type)) {
      site.tasks.limits().set(Limit.ofQueue("slow", "default").withRate(COUNT, PER));
      List<TaskId> ids = submit(site, type, 70, "k");
      Signal.awaitUntil("the burst", () -> starts.size() >= COUNT);
      assertThat(site.count("default", TaskState.WAITING)).isZero();
      awaitAll(site, ids);
      assertWithinRate();
    }
  }

  @Test
  void queueKeepsItsRateAfterACrashAndLosesItWhenTheLimitIsRemoved() throws Exception {
    TaskType<Word, Length> type = noted("plain");
    Site first = new Site(folder).start(type);
    first.tasks.limits().set(Limit.ofQueue("slow", "default").withRate(3, Duration.ofHours(1)));
    submit(first, type, 10, "k");
    Signal.awaitUntil("the burst", () -> starts.size() == 3);
    Signal.awaitUntil("is known", () -> first.count("default", TaskState.SUCCEEDED) == 3);
    first.die();
    try (var site = new Site(folder).start(type)) {
      TaskId one = submit(site, type, 1, "k").getFirst();
      assertThat(site.tasks.await(one, Duration.ofMillis(200))).isEmpty();
      assertThat(starts).hasSize(3);
      site.tasks.limits().remove("slow");
      awaitAll(site, List.of(one));
      Signal.awaitUntil("all ran", () -> starts.size() == 11);
    }
  }

  @Test
  void changedRateTakesEffectForThoseWhoWait() throws Exception {
    TaskType<Word, Length> type = noted("paced").withRate(1, Duration.ofHours(1));
    try (var site = new Site(folder).start(type)) {
      List<TaskId> ids = submit(site, type, 5, "k");
      Signal.awaitUntil("the first ran", () -> starts.size() == 1);
      site.tasks.limits().set(Limit.ofType("type.paced", "paced").withRate(100, PER));
      awaitAll(site, ids);
    }
  }

  @Test
  void aTaskTakesAsManyUnitsAsItCosts() throws Exception {
    TaskType<Word, Length> type = noted("points").withRate(10, Duration.ofHours(1)).withCost(4);
    try (var site = new Site(folder).start(type)) {
      // 4 + 4, and 4 more do not fit; what is cheaper waits behind it.
      List<TaskId> first = submit(site, type, 2, "k");
      awaitAll(site, first);
      TaskId third = submit(site, type, 1, "k").getFirst();
      awaitWaits(site, third, "limit type.points");
      TaskId cheap =
          site.tasks.submit(type, new Word("y"), SubmitOptions.defaults().withCost(1)).id();
      site.tasks
          .limits()
          .set(Limit.ofType("type.points", "points").withRate(20, Duration.ofHours(1)));
      assertThat(site.awaitEnd(third).state()).isEqualTo(TaskState.SUCCEEDED);
      awaitWaits(site, cheap, "limit type.points");
      assertThat(starts).hasSize(3);
      assertThatThrownBy(
              () -> site.tasks.submit(type, new Word("z"), SubmitOptions.defaults().withCost(21)))
          .hasMessageContaining("cost '21' is not allowed")
          .hasMessageContaining("Limit 'type.points' has 20 units in PT1H");
    }
    try (var site = new Site(folder).start(type)) {
      // Dearer than the limit became, it takes all of it.
      site.tasks.limits().set(Limit.ofType("type.points", "points").withConcurrency(1));
      TaskId waits = submit(site, type, 1, "k").getFirst();
      awaitAll(site, List.of(waits));
      site.tasks.pause("default");
      TaskId dear = submit(site, type, 1, "k").getFirst();
      site.tasks.limits().set(Limit.ofType("type.points", "points").withRate(2, PER));
      site.tasks.resume("default");
      assertThat(site.awaitEnd(dear).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void costsOfManyTasksKeepToTheRateOfATypeAndOfAWholeQueue() throws Exception {
    TaskType<Word, Length> type = noted("points").withCost(5);
    try (var site = new Site(folder).start(type)) {
      site.tasks.limits().set(Limit.ofQueue("queue", "default").withRate(COUNT, PER));
      long from = System.nanoTime();
      awaitAll(site, submit(site, type, 20, "k"));
      // 100 units: 20 at once, 80 more at 50 a second.
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .isBetween(Duration.ofMillis(1_450), Duration.ofSeconds(10));
      site.tasks.limits().remove("queue");
      site.tasks.limits().set(Limit.ofType("type", "points").withRate(COUNT, PER));
      from = System.nanoTime();
      awaitAll(site, submit(site, type, 20, "k"));
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .isBetween(Duration.ofMillis(1_450), Duration.ofSeconds(10));
    }
  }

  @Test
  void whatIsDrivenAgainCostsWhatItDid() throws Exception {
    TaskType<Word, Length> type = noted("points");
    try (var site = new Site(folder).start(type)) {
      site.tasks.pause("default");
      TaskId id = site.tasks.submit(type, new Word("x"), SubmitOptions.defaults().withCost(7)).id();
      site.tasks.cancel(id);
      site.tasks.retry(id);
      assertThat(
              site.store.<Long, RuntimeException>read(
                  view -> view.number("SELECT cost FROM tasks WHERE id = ?", id.key())))
          .isEqualTo(7);
    }
  }

  private static void awaitWaits(Site site, TaskId id, String what) throws InterruptedException {
    Signal.awaitUntil(
        id + " waits for " + what, () -> what.equals(site.tasks.find(id).orElseThrow().waitsFor()));
  }
}
