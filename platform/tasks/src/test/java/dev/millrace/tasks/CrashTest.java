package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Store;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes played within one process: the store is closed under tasks that go on running. */
class CrashTest {
  @TempDir Path folder;

  private final List<String> started = Collections.synchronizedList(new ArrayList<>());

  /** Handlers wait here; each process has its own. */
  private final List<CountDownLatch> gates = new ArrayList<>();

  @AfterEach
  void release() {
    gates.forEach(CountDownLatch::countDown);
  }

  private TaskType<Word, Length> waiting() {
    var gate = new CountDownLatch(1);
    gates.add(gate);
    return TaskType.io(
        "waiting",
        Word.class,
        Length.class,
        (run, word) -> {
          run.step("seen", () -> {});
          started.add(word.text());
          gate.await();
          return new Length(run.attempt());
        });
  }

  private Site start() {
    started.clear();
    return new Site(folder, c -> c.withTrialTime(Duration.ofSeconds(30))).start(waiting());
  }

  private void letGo() {
    gates.getLast().countDown();
  }

  private void awaitStarted(int count) throws InterruptedException {
    Signal.awaitUntil(count + " started", () -> started.size() == count);
  }

  @Test
  void interruptedTasksStartAgainAtOnceBeforeAllOthers() throws Exception {
    Site first = start();
    first.tasks.limitConcurrency("default", 2);
    var ids = new ArrayList<TaskId>();
    for (String word : List.of("a", "b", "c", "d")) {
      ids.add(first.tasks.submit(waiting(), new Word(word)).id());
    }
    TaskId urgent =
        first
            .tasks
            .submit(waiting(), new Word("urgent"), SubmitOptions.defaults().withPriority(0))
            .id();
    gates.removeLast();
    awaitStarted(2);
    first.die();

    try (Site second = start()) {
      awaitStarted(2);
      assertThat(started).containsExactlyInAnyOrder("a", "b");
      TaskView again = second.tasks.find(ids.getFirst()).orElseThrow();
      assertThat(again.crashes()).isEqualTo(1);
      assertThat(again.attempt()).isEqualTo(1);
      letGo();
      for (TaskId id : ids) {
        assertThat(second.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(second.awaitEnd(urgent).crashes()).isZero();
      assertThat(second.tasks.trail(ids.getFirst()).orElseThrow().attempts())
          .extracting(Attempt::outcome)
          .containsExactly(Transition.Event.INTERRUPTED, Transition.Event.SUCCEEDED);
      assertThat(second.count("default", TaskState.SUCCEEDED)).isEqualTo(5);
    }
  }

  @Test
  void afterTwoCrashesSuspectsRunAloneAndOnlyTheOneThatDiesThenIsParked() throws Exception {
    Site first = start();
    TaskId poison = first.tasks.submit(waiting(), new Word("poison")).id();
    TaskId bystander = first.tasks.submit(waiting(), new Word("bystander")).id();
    awaitStarted(2);
    first.die();

    Site second = start();
    awaitStarted(2);
    second.die();

    Site third = start();
    TaskId fresh = third.tasks.submit(waiting(), new Word("fresh")).id();
    awaitStarted(1);
    assertThat(started).containsExactly("poison");
    assertThat(third.count("default", TaskState.READY)).isEqualTo(2);
    third.die();

    // Somebody may have killed the process just then, so it is tried twice more.
    for (int again = 0; again < 2; again++) {
      Site next = start();
      awaitStarted(1);
      assertThat(started).containsExactly("poison");
      assertThat(next.tasks.trail(poison).orElseThrow().attempts())
          .extracting(Attempt::error)
          .last()
          .asString()
          .contains("alone");
      next.die();
    }

    try (Site last = start()) {
      TaskView parked = last.tasks.find(poison).orElseThrow();
      assertThat(parked.state()).isEqualTo(TaskState.DEAD);
      assertThat(parked.crashes()).isEqualTo(5);
      assertThat(parked.error()).contains("ended 5 times").contains("alone");
      awaitStarted(1);
      assertThat(started).containsExactly("bystander");
      letGo();
      assertThat(last.awaitEnd(bystander).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(last.awaitEnd(fresh).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(last.tasks.trail(poison).orElseThrow().attempts())
          .extracting(Attempt::outcome)
          .containsExactly(
              Transition.Event.INTERRUPTED,
              Transition.Event.INTERRUPTED,
              Transition.Event.INTERRUPTED,
              Transition.Event.INTERRUPTED,
              Transition.Event.PARKED);
      last.tasks.retry(poison);
      assertThat(last.awaitEnd(poison).crashes()).isZero();
    }
  }

  @Test
  void suspectThatSurvivesItsTrialTimeRunsOnBesideTheOthers() throws Exception {
    Site first = start();
    TaskId slow = first.tasks.submit(waiting(), new Word("slow")).id();
    TaskId other = first.tasks.submit(waiting(), new Word("other")).id();
    awaitStarted(2);
    first.die();
    Site second = start();
    awaitStarted(2);
    second.die();

    started.clear();
    try (Site third =
        new Site(folder, c -> c.withTrialTime(Duration.ofMillis(20))).start(waiting())) {
      TaskId fresh = third.tasks.submit(waiting(), new Word("fresh")).id();
      gates.removeLast();
      awaitStarted(3);
      assertThat(started).startsWith("slow", "other").contains("fresh");
      letGo();
      for (TaskId id : List.of(slow, other, fresh)) {
        assertThat(third.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void suspectCanBeCancelledAndItsProcessClosed() throws Exception {
    Site first = start();
    TaskId a = first.tasks.submit(waiting(), new Word("a")).id();
    TaskId b = first.tasks.submit(waiting(), new Word("b")).id();
    awaitStarted(2);
    first.die();
    Site second = start();
    awaitStarted(2);
    second.die();

    try (Site third = start()) {
      awaitStarted(1);
      assertThat(third.tasks.cancel(b)).isEqualTo(TaskState.CANCELLED);
    }
    try (Site fourth = start()) {
      awaitStarted(1);
      assertThat(started).containsExactly("a");
      letGo();
      assertThat(fourth.awaitEnd(a).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(fourth.awaitEnd(b).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  @Test
  void ledgerMeansNothingToARestoredDatabase() throws Exception {
    Site first = start();
    TaskId id = first.tasks.submit(waiting(), new Word("a")).id();
    awaitStarted(1);
    Path copy = folder.resolve("copy.db");
    first.store.backup(copy);
    first.die();
    Store.restore(copy, folder.resolve("millrace.db"), Instant.now());

    try (Site second = start()) {
      awaitStarted(1);
      letGo();
      assertThat(second.awaitEnd(id).crashes()).isZero();
      assertThat(second.tasks.trail(id).orElseThrow().attempts())
          .extracting(Attempt::outcome)
          .containsExactly(Transition.Event.SUCCEEDED);
    }
  }
}
