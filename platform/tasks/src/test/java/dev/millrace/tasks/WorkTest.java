package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {
  private static final RetryPolicy QUICK =
      RetryPolicy.defaults().withAttempts(3).withDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir Path folder;

  @Test
  void runsWhatIsSubmittedAndKeepsItsResult() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      Submitted submitted = site.tasks.submit(Site.measure(), new Word("wheel"));
      assertThat(submitted.state()).isEqualTo(TaskState.READY);
      assertThat(submitted.duplicate()).isFalse();
      TaskView done = site.awaitEnd(submitted.id());
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.attempt()).isEqualTo(1);
      assertThat(done.output()).hasToString("{\"letters\":5}");
      assertThat(done.input()).hasToString("{\"text\":\"wheel\"}");
      assertThat(done.finishedAt()).isNotNull();
      assertThat(site.store.position().includes(submitted.position())).isTrue();
      Trail trail = site.tasks.trail(submitted.id()).orElseThrow();
      assertThat(trail.attempts())
          .extracting(Attempt::outcome)
          .containsExactly(Transition.Event.SUCCEEDED);
    }
  }

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
      assertThat(trail.attempts().getFirst().error()).contains("not yet", "WorkTest");
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
  void endsAnAttemptAtItsTimeLimit() throws Exception {
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
            .withRetry(RetryPolicy.never());
    try (var site = new Site(folder).start(type)) {
      TaskView dead = site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).isEqualTo("the time limit of PT0.03S was over");
      asked.await();
    }
  }

  @Test
  void cpuHandlersRunOnThePool() throws Exception {
    var threads = Collections.synchronizedList(new ArrayList<String>());
    var type =
        TaskType.cpu(
            "compute",
            Word.class,
            Length.class,
            (_, _) -> {
              threads.add(Thread.currentThread().getClass().getSimpleName());
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      for (int i = 0; i < 20; i++) {
        site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      }
      assertThat(threads).hasSize(20).containsOnly("ForkJoinWorkerThread");
      assertThat(site.tasks.queues().getFirst().concurrency())
          .isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void cpuAndIoTasksShareAQueue() throws Exception {
    var cpu =
        TaskType.cpu("a.cpu", Word.class, Length.class, (_, _) -> new Length(1)).withQueue("mixed");
    var io =
        TaskType.io("a.io", Word.class, Length.class, (_, _) -> new Length(2)).withQueue("mixed");
    try (var site = new Site(folder).start(cpu, io)) {
      site.tasks.limitConcurrency("mixed", 1);
      var ids = new ArrayList<TaskId>();
      for (int i = 0; i < 20; i++) {
        ids.add(site.tasks.submit(i % 3 == 0 ? cpu : io, new Word("x")).id());
      }
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void runsNoMoreThanTheLimitAtOnce() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var type =
        TaskType.io(
            "counted",
            Word.class,
            Length.class,
            (_, _) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      site.tasks.limitConcurrency("default", 3);
      List<Word> words = Collections.nCopies(500, new Word("x"));
      List<TaskId> ids = site.tasks.submitAll(type, words, SubmitOptions.defaults()).ids();
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(most.get()).isBetween(1, 3);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(500);
    }
  }

  @Test
  void urgentTasksGoFirstButOldOnesCatchUp() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var type =
        TaskType.io(
            "ordered",
            Word.class,
            Length.class,
            (_, word) -> {
              order.add(word.text());
              return null;
            });
    try (var site = new Site(folder, c -> c.withAgeing(Duration.ofMillis(40))).start(type)) {
      site.tasks.pause("default");
      var ids = new ArrayList<TaskId>();
      ids.add(submit(site, type, "idle", 9));
      ids.add(submit(site, type, "normal-1", 5));
      ids.add(submit(site, type, "normal-2", 5));
      ids.add(submit(site, type, "urgent", 0));
      long until = System.currentTimeMillis() + 500;
      Signal.awaitUntil("ageing", () -> System.currentTimeMillis() > until);
      ids.add(submit(site, type, "late-urgent", 0));
      site.tasks.limitConcurrency("default", 1);
      site.tasks.resume("default");
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(order).containsExactly("urgent", "normal-1", "normal-2", "idle", "late-urgent");
    }
  }

  private static TaskId submit(Site site, TaskType<Word, ?> type, String text, int priority) {
    var options = SubmitOptions.defaults().withPriority(priority);
    return site.tasks.submit(type, new Word(text), options).id();
  }

  @Test
  void pausedQueueStartsNothingAndStaysPausedAfterARestart() throws Exception {
    TaskId id;
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      id = site.tasks.submit(Site.measure(), new Word("x")).id();
      assertThat(site.tasks.queues().getFirst().paused()).isTrue();
      assertThat(site.count("default", TaskState.READY)).isEqualTo(1);
    }
    try (var site = new Site(folder).start(Site.measure())) {
      assertThat(site.tasks.await(id, Duration.ofMillis(50))).isEmpty();
      site.tasks.resume("default");
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void largeInputsAreReadWhenTheirTaskStarts() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      TaskId id = site.tasks.submit(Site.measure(), new Word("é".repeat(50_000))).id();
      TaskId next = site.tasks.submit(Site.measure(), new Word("x")).id();
      site.close();
      try (var again = new Site(folder).start(Site.measure())) {
        again.tasks.resume("default");
        assertThat(again.awaitEnd(id).output()).hasToString("{\"letters\":50000}");
        assertThat(again.awaitEnd(next).output()).hasToString("{\"letters\":1}");
      }
    }
  }

  @Test
  void taskOfAnUnknownTypeWaitsForItsHandler() throws Exception {
    TaskId id;
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      id = site.tasks.submit(Site.measure(), new Word("x")).id();
    }
    try (var site = new Site(folder).start()) {
      site.tasks.resume("default");
      site.awaitState(id, TaskState.RETRYING);
      assertThat(site.tasks.find(id).orElseThrow().error()).contains("word.measure");
      assertThat(site.tasks.find(id).orElseThrow().attempt()).isZero();
      site.tasks.register(Site.measure());
      site.tasks.retry(id);
      assertThat(site.awaitEnd(id).attempt()).isEqualTo(1);
    }
  }

  @Test
  void settingsOfQueuesAreCheckedAndKept() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.limitConcurrency("narrow", 7);
      assertThatThrownBy(() -> site.tasks.limitConcurrency("narrow", 0))
          .hasMessageContaining("concurrency '0'");
      assertThatThrownBy(() -> site.tasks.pause("Not A Name")).hasMessageContaining("Not A Name");
    }
    try (var site = new Site(folder).start(Site.measure())) {
      assertThat(site.tasks.queues())
          .extracting(QueueView::name, QueueView::concurrency, QueueView::paused)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("narrow", 7, false));
    }
  }

  @Test
  void resultThatIsTooLargeFailsTheTask() throws Exception {
    var type = TaskType.io("huge", Word.class, Word.class, (_, _) -> new Word("x".repeat(1 << 20)));
    try (var site = new Site(folder).start(type)) {
      TaskView dead = site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(dead.state()).isEqualTo(TaskState.DEAD);
      assertThat(dead.error()).contains("the result has 10485");
    }
  }

  @Test
  void figuresAreCounted() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("x")).id());
      MeterRegistry meters = site.meters;
      assertThat(meters.get("millrace.tasks.submitted").counter().count()).isEqualTo(1);
      assertThat(meters.get("millrace.tasks.ended").tag("state", "succeeded").counter().count())
          .isEqualTo(1);
      assertThat(meters.get("millrace.tasks.run").timer().count()).isEqualTo(1);
      assertThat(meters.get("millrace.tasks.wait").timer().count()).isEqualTo(1);
      assertThat(meters.get("millrace.tasks.depth").tag("state", "ready").gauge().value()).isZero();
    }
  }
}
