package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait without a thread. */
class DurableTest {
  private static final String QUEUE = TaskType.IO_QUEUE;

  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final InstantSource clock = now::get;

  private void advance(Site site, Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    site.tasks.wakeTimer();
  }

  private Site site() {
    return new Site(folder, config -> config, clock);
  }

  @Test
  void sleepHoldsNoSlotAndGoesOnBehindItsSteps() throws Exception {
    var steps = new AtomicInteger();
    var calls = new AtomicInteger();
    var type =
        TaskType.io(
            "sleepy",
            Word.class,
            Length.class,
            (run, word) -> {
              calls.incrementAndGet();
              run.step("before", () -> steps.incrementAndGet());
              run.sleep(Duration.ofHours(3));
              run.step("after", () -> steps.incrementAndGet());
              run.sleep(Duration.ofHours(1));
              return new Length(run.attempt());
            });
    TaskId id;
    try (var site = site().start(type)) {
      site.tasks.limitConcurrency(QUEUE, 1);
      id = site.tasks.submit(type, new Word("x")).id();
      site.awaitState(id, TaskState.SCHEDULED);
      assertThat(site.tasks.find(id).orElseThrow().runAt())
          .isEqualTo(now.get().plusSeconds(10_800));
      // The only slot of the queue is free.
      var other = Site.measure();
      site.tasks.register(other);
      site.awaitEnd(site.tasks.submit(other, new Word("free")).id());
      advance(site, Duration.ofMinutes(179));
      assertThat(site.tasks.find(id).orElseThrow().state()).isEqualTo(TaskState.SCHEDULED);
      site.die();
    }
    try (var site = site().start(type)) {
      advance(site, Duration.ofMinutes(1));
      Signal.awaitUntil("the second sleep", () -> steps.get() == 2);
      site.awaitState(id, TaskState.SCHEDULED);
      advance(site, Duration.ofHours(1));
      assertThat(site.awaitEnd(id).output()).hasToString("{\"letters\":1}");
      assertThat(steps).hasValue(2);
      assertThat(calls).hasValue(3);
      assertThat(site.tasks.trail(id).orElseThrow().steps())
          .extracting(Step::name)
          .contains("before", "sleep #1", "after", "sleep #2");
      assertThat(site.count(QUEUE, TaskState.SCHEDULED)).isZero();
      assertThat(site.count(QUEUE, TaskState.SUCCEEDED)).isEqualTo(2);
    }
  }

  private static TaskType<Word, Word> asking(Duration limit) {
    return TaskType.io(
        "asking",
        Word.class,
        Word.class,
        (run, _) ->
            new Word(run.awaitSignal("answer", Word.class, limit).map(Word::text).orElse("none")));
  }

  @Test
  void signalReleasesTheRunThatWaitsForIt() throws Exception {
    var type = asking(Duration.ofDays(1));
    try (var site = site().start(type)) {
      TaskId id = site.tasks.submit(type, new Word("?")).id();
      site.awaitState(id, TaskState.WAITING);
      assertThat(site.tasks.find(id).orElseThrow().waitsFor()).isEqualTo("signal answer");
      assertThat(site.count(QUEUE, TaskState.WAITING)).isEqualTo(1);
      site.tasks.signal(id, "other", null);
      assertThat(site.tasks.find(id).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      site.tasks.signal(id, "answer", Json.MAPPER.valueToTree(new Word("42")));
      assertThat(site.awaitEnd(id).output()).hasToString("{\"text\":\"42\"}");
      assertThat(left(site, "task_signals")).isZero();
      assertThat(site.count(QUEUE, TaskState.WAITING)).isZero();
      assertThatThrownBy(() -> site.tasks.signal(id, "answer", null))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("succeeded");
    }
  }

  @Test
  void signalThatCameBeforeIsThereAfterARestart() throws Exception {
    var type = asking(Duration.ofDays(1));
    TaskId id;
    try (var site = site().start(type)) {
      site.tasks.pause(QUEUE);
      id = site.tasks.submit(type, new Word("?")).id();
      site.tasks.signal(id, "answer", Json.MAPPER.valueToTree(new Word("early")));
      site.die();
    }
    try (var site = site().start(type)) {
      site.tasks.resume(QUEUE);
      assertThat(site.awaitEnd(id).output()).hasToString("{\"text\":\"early\"}");
    }
  }

  @Test
  void signalThatDoesNotComeInTimeIsGivenUpForGood() throws Exception {
    var seen = new AtomicInteger();
    var type =
        TaskType.io(
            "patient",
            Word.class,
            Word.class,
            (run, _) -> {
              boolean came = run.awaitSignal("go", Duration.ofMinutes(5));
              seen.incrementAndGet();
              run.sleep(Duration.ofMinutes(1));
              return new Word(came ? "came" : "late");
            });
    try (var site = site().start(type)) {
      TaskId id = site.tasks.submit(type, new Word("?")).id();
      site.awaitState(id, TaskState.WAITING);
      advance(site, Duration.ofMinutes(5));
      Signal.awaitUntil("given up", () -> seen.get() == 1);
      site.awaitState(id, TaskState.SCHEDULED);
      site.tasks.signal(id, "go", null);
      advance(site, Duration.ofMinutes(1));
      assertThat(site.awaitEnd(id).output()).hasToString("{\"text\":\"late\"}");
    }
  }

  @Test
  void waitingRunIsCancelledAtOnce() throws Exception {
    var type = asking(Duration.ofDays(1));
    try (var site = site().start(type)) {
      TaskId id = site.tasks.submit(type, new Word("?")).id();
      site.awaitState(id, TaskState.WAITING);
      assertThat(site.tasks.cancel(id)).isEqualTo(TaskState.CANCELLED);
      assertThat(site.tasks.find(id).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  @Test
  void handlerThatCatchesEverythingWaitsAllTheSame() throws Exception {
    var calls = new AtomicInteger();
    var type =
        TaskType.io(
            "greedy",
            Word.class,
            Length.class,
            (run, _) -> {
              try {
                run.sleep(Duration.ofHours(1));
              } catch (Throwable _) {
                calls.incrementAndGet();
              }
              return new Length(7);
            });
    try (var site = site().start(type)) {
      TaskId id = site.tasks.submit(type, new Word("x")).id();
      site.awaitState(id, TaskState.SCHEDULED);
      advance(site, Duration.ofHours(1));
      site.awaitEnd(id);
      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void childrenRunOnceAndTheirResultsComeInOrder() throws Exception {
    int count = 2_345;
    var measured = new AtomicInteger();
    var calls = new AtomicInteger();
    var measure =
        TaskType.io(
            "measure",
            Word.class,
            Length.class,
            (_, word) -> {
              measured.incrementAndGet();
              return new Length(word.text().length());
            });
    var parent =
        TaskType.io(
            "parent",
            Word.class,
            Length.class,
            (run, _) -> {
              calls.incrementAndGet();
              List<Word> inputs =
                  IntStream.range(0, count).mapToObj(i -> new Word("x".repeat(i % 50))).toList();
              var children = run.children("all", measure, inputs);
              List<Length> results = children.results();
              for (int i = 0; i < count; i++) {
                if (results.get(i).letters() != i % 50) {
                  throw new FatalFailure("result " + i + " is " + results.get(i));
                }
              }
              Length one = run.child("one", measure, new Word("four"));
              return new Length(results.size() + one.letters());
            });
    try (var site = new Site(folder).start(measure, parent)) {
      TaskId id = site.tasks.submit(parent, new Word("x")).id();
      TaskView done = site.awaitEnd(id);
      assertThat(done.error()).isNull();
      assertThat(done.output()).hasToString("{\"letters\":" + (count + 4) + "}");
      assertThat(measured).hasValue(count + 1);
      assertThat(calls.get()).isBetween(2, 3);
      BatchView batch = site.tasks.batches().ownedBy(id, 10, null).items().getLast();
      assertThat(batch.owner()).isEqualTo(id);
      assertThat(batch.total()).isEqualTo(count);
      assertThat(batch.succeeded()).isEqualTo(count);
      assertThat(batch.finished()).isTrue();
    }
  }

  @Test
  void failedChildFailsTheParentThatWantsItsResultAndBothAreMendedByDrivingAgain()
      throws Exception {
    var broken = new AtomicReference<>(true);
    var child =
        TaskType.io(
                "child",
                Word.class,
                Length.class,
                (_, word) -> {
                  if (broken.get() && word.text().equals("bad")) {
                    throw new IllegalStateException("broken");
                  }
                  return new Length(1);
                })
            .withRetry(RetryPolicy.never());
    var parent =
        TaskType.io(
            "parent",
            Word.class,
            Length.class,
            (run, _) ->
                new Length(
                    run.children("c", child, List.of(new Word("good"), new Word("bad")))
                        .results()
                        .size()));
    try (var site = new Site(folder).start(child, parent)) {
      TaskId id = site.tasks.submit(parent, new Word("x")).id();
      TaskView dead = site.awaitEnd(id);
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).contains("1 dead and 0 cancelled of 2 children 'c'", "broken");
      broken.set(false);
      TaskId bad =
          site.tasks
              .list(TaskFilter.all().withStates(TaskState.DEAD).withType("child"), 10, null)
              .items()
              .getFirst()
              .id();
      site.tasks.retry(bad);
      site.tasks.retry(id);
      assertThat(site.awaitEnd(id).output()).hasToString("{\"letters\":2}");
    }
  }

  @Test
  void cancelledParentTakesItsChildrenWithIt() throws Exception {
    try (var site = new Site(folder)) {
      var held = site.held();
      var parent =
          TaskType.io(
              "parent",
              Word.class,
              Length.class,
              (run, _) -> {
                run.children(
                    "c", held, IntStream.range(0, 100).mapToObj(i -> new Word("" + i)).toList());
                return null;
              });
      site.start(held, parent);
      TaskId id = site.tasks.submit(parent, new Word("x")).id();
      site.awaitState(id, TaskState.WAITING);
      site.tasks.cancel(id);
      Signal.awaitUntil("all cancelled", () -> site.count(QUEUE, TaskState.CANCELLED) == 101);
      BatchView batch = site.tasks.batches().ownedBy(id, 10, null).items().getFirst();
      assertThat(batch.cancelled()).isEqualTo(100);
      assertThat(batch.finished()).isTrue();
    }
  }

  private static long left(Site site, String table) {
    return site.store.<Long, RuntimeException>read(
        view -> view.number("SELECT count(*) FROM " + table));
  }

  @Test
  void endsWhatACancelledTaskHasWaitedFor() throws Exception {
    try (var site = site()) {
      site.start(site.held(), Site.measure());
      TaskId before = site.tasks.submit(site.held(), new Word("w")).id();
      var after = SubmitOptions.defaults().withAfter(before);
      TaskId behind = site.tasks.submit(Site.measure(), new Word("w"), after).id();
      site.awaitState(before, TaskState.RUNNING);
      site.tasks.cancel(behind);
      site.letGo();
      assertThat(site.awaitEnd(before).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  @Test
  void leavesCancelledWhatIsLetGoInTheSameCommit() throws Exception {
    var returned = new AtomicInteger();
    try (var site = site()) {
      TaskType<Word, Length> first =
          TaskType.io(
              "word.first",
              Word.class,
              Length.class,
              (_, word) -> {
                site.gate.await();
                returned.incrementAndGet();
                return new Length(word.text().length());
              });
      site.start(first, Site.measure());
      List<TaskId> behind = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        TaskId before = site.tasks.submit(first, new Word("w")).id();
        var after = SubmitOptions.defaults().withAfter(before);
        behind.add(site.tasks.submit(Site.measure(), new Word("w"), after).id());
        site.awaitState(before, TaskState.RUNNING);
      }
      var held = new CountDownLatch(1);
      var writes = new ArrayList<Thread>();
      writes.add(Thread.ofPlatform().start(() -> site.store.write(_ -> await(held))));
      Signal.awaitUntil("the writer is held", () -> areParked(writes));
      // What waits for the writer is committed together, in the order in which it came.
      for (TaskId id : behind) {
        writes.add(Thread.ofPlatform().start(() -> site.tasks.cancel(id)));
      }
      Signal.awaitUntil("all are about to be cancelled", () -> areParked(writes));
      site.letGo();
      Signal.awaitUntil("what they wait for is done", () -> returned.get() == behind.size());
      held.countDown();
      for (Thread write : writes) {
        write.join();
      }
      for (TaskId id : behind) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      }
      Signal.awaitUntil("the first are over", () -> site.count(QUEUE, TaskState.SUCCEEDED) == 20);
      assertThat(site.count(QUEUE, TaskState.CANCELLED)).isEqualTo(20);
      assertThat(site.count(QUEUE, TaskState.WAITING)).isZero();
      assertThat(site.count(QUEUE, TaskState.READY)).isZero();
    }
  }

  @Test
  void isNotCancelledWithWhatItDoesNotWaitForAnyMore() throws Exception {
    var signalled =
        TaskType.io(
            "word.signalled",
            Word.class,
            Length.class,
            (run, _) -> {
              run.awaitSignal("go", Duration.ofDays(1));
              return null;
            });
    try (var site = site()) {
      site.start(site.held(), signalled);
      TaskId before = site.tasks.submit(site.held(), new Word("w")).id();
      var after = SubmitOptions.defaults().withAfter(before);
      TaskId behind = site.tasks.submit(signalled, new Word("w"), after).id();
      site.tasks.cancel(behind);
      assertThat(site.tasks.links(before).after()).isEmpty();
      site.tasks.retry(behind);
      Signal.awaitUntil(
          "it waits for its signal",
          () -> "signal go".equals(site.tasks.find(behind).orElseThrow().waitsFor()));
      site.tasks.cancel(before);
      site.awaitEnd(before);
      site.awaitState(behind, TaskState.WAITING);
      site.tasks.signal(behind, "go", null);
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  private static boolean areParked(List<Thread> threads) {
    return threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
