package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {
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
  void ioHandlersRunOnVirtualThreads() throws Exception {
    var virtual = new AtomicReference<Boolean>();
    var type =
        TaskType.io(
            "waits",
            Word.class,
            Length.class,
            (_, _) -> {
              virtual.set(Thread.currentThread().isVirtual());
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      assertThat(virtual.get()).isTrue();
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
              threads.add(Thread.currentThread().getName().replaceAll("[0-9]+$", ""));
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      for (int i = 0; i < 20; i++) {
        site.awaitEnd(site.tasks.submit(type, new Word("x")).id());
      }
      assertThat(threads).hasSize(20).containsOnly("tasks-cpu-");
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
