package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {
  @TempDir Path folder;

  @Test
  void refusesRequestsBeforeStartAndAfterClose() {
    var site = new Site(folder);
    site.tasks.register(Site.measure());
    assertThatThrownBy(() -> site.tasks.submit(Site.measure(), new Word("x")))
        .hasMessageContaining("not started. Call start first");
    assertThatThrownBy(() -> site.tasks.register(Site.measure()))
        .hasMessageContaining("word.measure");
    site.tasks.start();
    assertThatThrownBy(site.tasks::start).hasMessageContaining("started before");
    assertThat(site.tasks.types()).containsExactly("word.measure");
    site.close();
    assertThatThrownBy(() -> site.tasks.queues())
        .isInstanceOfSatisfying(
            TaskException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(TaskException.Reason.CLOSED));
    site.tasks.close();
  }

  @Test
  void closingPutsBackWhatDoesNotEndInTime() throws Exception {
    TaskId id;
    TaskId waiting;
    try (var site = new Site(folder)) {
      var type =
          TaskType.io(
              "endless",
              Word.class,
              Length.class,
              (run, _) -> {
                run.step("first", () -> {});
                new Signal("never").await();
                return null;
              });
      site.start(type, site.held());
      id = site.tasks.submit(type, new Word("x")).id();
      waiting = site.tasks.submit(site.held(), new Word("x")).id();
      Signal.awaitUntil("step is done", () -> hasStep(site, id));
      site.awaitState(waiting, TaskState.RUNNING);
      site.tasks.close();
    }
    var type =
        TaskType.io("endless", Word.class, Length.class, (run, _) -> new Length(run.attempt()));
    try (var site = new Site(folder)) {
      site.letGo();
      site.start(type, site.held());
      TaskView done = site.awaitEnd(id);
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.crashes()).isZero();
      assertThat(done.attempt()).isEqualTo(1);
      assertThat(site.awaitEnd(waiting).state()).isEqualTo(TaskState.SUCCEEDED);
      Trail trail = site.tasks.trail(id).orElseThrow();
      assertThat(trail.attempts())
          .extracting(Attempt::outcome)
          .containsExactly(Transition.Event.PUT_BACK, Transition.Event.SUCCEEDED);
      assertThat(trail.steps()).hasSize(1);
    }
  }

  private static boolean hasStep(Site site, TaskId id) {
    return site.tasks.trail(id).map(trail -> !trail.steps().isEmpty()).orElse(false);
  }

  /** Starts and stops under load: what was acknowledged is there, and runs in the end. */
  @Test
  void startAndStopUnderLoadLoseNothing() throws Exception {
    var acknowledged = new ConcurrentLinkedQueue<TaskId>();
    for (int round = 0; round < 8; round++) {
      try (var site = new Site(folder).start(Site.measure())) {
        var over = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 6; i++) {
          threads.add(
              Thread.startVirtualThread(() -> {
                while (!over.get()) {
                  try {
                    acknowledged.add(site.tasks.submit(Site.measure(), new Word("x")).id());
                  } catch (TaskException closed) {
                    assertThat(closed.reason()).isEqualTo(TaskException.Reason.CLOSED);
                    return;
                  }
                }
              }));
        }
        int before = acknowledged.size();
        Signal.awaitUntil("some are submitted", () -> acknowledged.size() > before + 50);
        if (round % 2 == 0) {
          over.set(true);
        }
        site.tasks.close();
        over.set(true);
        for (Thread thread : threads) {
          thread.join();
        }
      }
    }
    try (var site = new Site(folder).start(Site.measure())) {
      for (TaskId id : List.copyOf(acknowledged)) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(acknowledged.size());
      assertThat(site.count("default", TaskState.READY)).isZero();
    }
  }
}
