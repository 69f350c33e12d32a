package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelTest {
  @TempDir Path folder;

  @Test
  void waitingTasksAreCancelledAtOnce() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      TaskId ready = site.tasks.submit(Site.measure(), new Word("x")).id();
      TaskId later =
          site.tasks
              .submit(
                  Site.measure(),
                  new Word("x"),
                  SubmitOptions.defaults().withDelay(Duration.ofHours(1)).withTags("t"))
              .id();
      assertThat(site.tasks.cancel(ready)).isEqualTo(TaskState.CANCELLED);
      assertThat(site.tasks.cancel(later)).isEqualTo(TaskState.CANCELLED);
      assertThat(site.tasks.find(ready).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.count("default", TaskState.CANCELLED)).isEqualTo(2);
      assertThat(site.count("default", TaskState.READY)).isZero();
      assertThatThrownBy(() -> site.tasks.cancel(ready))
          .hasMessageContaining("is cancelled and cannot be cancelled")
          .hasMessageContaining("Possible from here: 'driven again'");
      assertThatThrownBy(() -> site.tasks.cancel(new TaskId(5))).hasMessageContaining("no task");
      site.tasks.resume("default");
      site.tasks.retry(ready);
      assertThat(site.awaitEnd(ready).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  private static Length hang(Run run, Signal cancelled) throws Exception {
    try {
      new Signal("never").await();
    } catch (InterruptedException interrupted) {
      assertThat(run.cancelled()).isTrue();
      cancelled.raise();
    }
    return new Length(1);
  }

  @ParameterizedTest
  @EnumSource(TaskKind.class)
  void runningHandlerIsInterruptedAndTold(TaskKind kind) throws Exception {
    var cancelled = new Signal("cancelled");
    var stuck =
        kind == TaskKind.CPU
            ? TaskType.cpu("stuck", Word.class, Length.class, (run, _) -> hang(run, cancelled))
            : TaskType.io("stuck", Word.class, Length.class, (run, _) -> hang(run, cancelled));
    try (var site = new Site(folder).start(stuck)) {
      TaskId id = site.tasks.submit(stuck, new Word("x")).id();
      site.awaitState(id, TaskState.RUNNING);
      assertThat(site.tasks.cancel(id)).isEqualTo(TaskState.RUNNING);
      cancelled.await();
      TaskView over = site.awaitEnd(id);
      assertThat(over.state()).isEqualTo(TaskState.CANCELLED);
      assertThat(over.output()).isNull();
    }
  }

  @Test
  void cancellationOfARunningTaskSurvivesACrash() throws Exception {
    TaskId id;
    var deaf = new Signal("deaf");
    var type =
        TaskType.io(
            "deaf",
            Word.class,
            Length.class,
            (_, _) -> {
              while (!deaf.isRaised()) {
                Thread.onSpinWait();
                Thread.yield();
              }
              return null;
            });
    var site = new Site(folder).start(type);
    id = site.tasks.submit(type, new Word("x")).id();
    site.awaitState(id, TaskState.RUNNING);
    site.tasks.cancel(id);
    assertThat(site.tasks.find(id).orElseThrow().cancelling()).isTrue();
    site.die();
    deaf.raise();
    try (var next = new Site(folder).start(type)) {
      assertThat(next.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
    }
  }

  /** Cancels tasks at random while they wait, start and end; each ends once and says how. */
  @Test
  void everyRaceHasOneOutcome() {
    Seed.current()
        .run(random -> {
          Set<Integer> bodies = ConcurrentHashMap.newKeySet();
          var twice = Collections.synchronizedList(new ArrayList<Integer>());
          var stray = Collections.synchronizedList(new ArrayList<Integer>());
          var type =
              TaskType.io(
                  "raced",
                  Length.class,
                  Length.class,
                  (run, number) -> {
                    if (!bodies.add(number.letters())) {
                      twice.add(number.letters());
                    }
                    if (Thread.currentThread().isInterrupted() && !run.cancelled()) {
                      stray.add(number.letters());
                    }
                    Thread.yield();
                    return number;
                  });
          try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(type)) {
            var threads = new ArrayList<Thread>();
            var ids = new ConcurrentHashMap<Integer, TaskId>();
            for (int t = 0; t < 8; t++) {
              int thread = t;
              var own = random.split();
              threads.add(
                  Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 250; i++) {
                      int number = thread * 1_000 + i;
                      TaskId id = site.tasks.submit(type, new Length(number)).id();
                      ids.put(number, id);
                      if (own.nextInt(3) == 0) {
                        cancel(site, id);
                      }
                    }
                  }));
            }
            for (Thread thread : threads) {
              thread.join();
            }
            int succeeded = 0;
            for (var entry : ids.entrySet()) {
              TaskView over = site.awaitEnd(entry.getValue());
              if (over.state() == TaskState.SUCCEEDED) {
                succeeded++;
                assertThat(bodies).contains(entry.getKey());
              } else {
                assertThat(over.state()).isEqualTo(TaskState.CANCELLED);
              }
            }
            assertThat(twice).isEmpty();
            assertThat(stray).isEmpty();
            assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(succeeded);
            assertThat(site.count("default", TaskState.CANCELLED)).isEqualTo(2_000 - succeeded);
            assertThat(site.count("default", TaskState.READY)).isZero();
            assertThat(site.count("default", TaskState.RUNNING)).isZero();
          }
        });
  }

  private static void cancel(Site site, TaskId id) {
    try {
      site.tasks.cancel(id);
    } catch (TaskException over) {
      assertThat(over.reason()).isEqualTo(TaskException.Reason.STATE);
    }
  }

  @Test
  void tasksBehindTheHorizonAreCancelledToo() throws Exception {
    try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(Site.measure())) {
      site.tasks.pause("default");
      List<Word> words = Collections.nCopies(1_000, new Word("x"));
      List<TaskId> ids =
          site.tasks.submitAll(Site.measure(), words, SubmitOptions.defaults()).ids();
      for (int i = 0; i < ids.size(); i += 2) {
        assertThat(site.tasks.cancel(ids.get(i))).isEqualTo(TaskState.CANCELLED);
      }
      site.tasks.resume("default");
      for (int i = 0; i < ids.size(); i++) {
        assertThat(site.awaitEnd(ids.get(i)).state())
            .isEqualTo(i % 2 == 0 ? TaskState.CANCELLED : TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void finishedTaskDoesNotTakeItsUniqueKeyBack() {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      var unique = SubmitOptions.defaults().withUniqueKey("one");
      TaskId first = site.tasks.submit(Site.measure(), new Word("x"), unique).id();
      site.tasks.cancel(first);
      TaskId second = site.tasks.submit(Site.measure(), new Word("x"), unique).id();
      assertThatThrownBy(() -> site.tasks.retry(first))
          .hasMessageContaining("task " + second + " has the unique key of task " + first);
      site.tasks.cancel(second);
      site.tasks.retry(first);
      assertThat(site.tasks.find(first).orElseThrow().state()).isEqualTo(TaskState.READY);
      assertThatThrownBy(() -> site.tasks.retry(first)).hasMessageContaining("cannot be run now");
      assertThatThrownBy(() -> site.tasks.retry(new TaskId(9))).hasMessageContaining("no task");
    }
  }
}
