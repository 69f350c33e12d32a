package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that wait get another place. */
class MoveTest {
  @TempDir Path folder;

  private static TaskType<Word, Word> noting(List<String> order) {
    return TaskType.io(
        "note",
        Word.class,
        Word.class,
        (_, word) -> {
          order.add(word.text());
          return word;
        });
  }

  @Test
  void anotherPriorityIsAnotherPlaceInTheQueue() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var note = noting(order);
    try (var site = new Site(folder).start(note)) {
      site.tasks.limitConcurrency("default", 1);
      site.tasks.pause("default");
      TaskId last = null;
      for (String word : List.of("a", "b", "c", "d")) {
        last = site.tasks.submit(note, new Word(word)).id();
      }
      site.tasks.move(last, TaskMove.toPriority(0));
      assertThat(site.tasks.find(last).orElseThrow().priority()).isZero();
      site.tasks.resume("default");
      Signal.awaitUntil("all have run", () -> order.size() == 4);
      assertThat(order).containsExactly("d", "a", "b", "c");
    }
  }

  @Test
  void anotherQueueTakesItOverOnceAndCounts() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var note = noting(order);
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      TaskId moved = site.tasks.submit(note, new Word("moved")).id();
      site.tasks.submit(note, new Word("stays"));
      site.tasks.move(moved, TaskMove.toQueue("other"));
      assertThat(site.awaitEnd(moved).queue()).isEqualTo("other");
      assertThat(site.count("other", TaskState.SUCCEEDED)).isEqualTo(1);
      assertThat(site.count("default", TaskState.READY)).isEqualTo(1);
      site.tasks.resume("default");
      Signal.awaitUntil("both have run", () -> order.size() == 2);
      assertThat(order).containsExactly("moved", "stays");
      assertThat(site.count("default", TaskState.READY)).isZero();
    }
  }

  @Test
  void anotherTimeHoldsOverARestart() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var note = noting(order);
    TaskId later;
    TaskId sooner;
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      later = site.tasks.submit(note, new Word("later")).id();
      sooner =
          site.tasks
              .submit(
                  note, new Word("sooner"), SubmitOptions.defaults().withDelay(Duration.ofDays(1)))
              .id();
      site.tasks.move(later, TaskMove.toRunAt(Instant.now().plusSeconds(3_600)));
      site.tasks.move(sooner, TaskMove.toRunAt(Instant.now().minusSeconds(1)).withPriority(2));
      assertThat(site.tasks.find(later).orElseThrow().state()).isEqualTo(TaskState.SCHEDULED);
      assertThat(site.tasks.find(sooner).orElseThrow().state()).isEqualTo(TaskState.READY);
      assertThat(site.count("default", TaskState.SCHEDULED)).isEqualTo(1);
      site.tasks.resume("default");
      assertThat(site.awaitEnd(sooner).priority()).isEqualTo(2);
      assertThat(order).containsExactly("sooner");
    }
    try (var site = new Site(folder).start(note)) {
      assertThat(site.tasks.find(later).orElseThrow().state()).isEqualTo(TaskState.SCHEDULED);
      site.tasks.move(later, TaskMove.toRunAt(Instant.now().plusMillis(20)));
      assertThat(site.awaitEnd(later).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(order).containsExactly("sooner", "later");
    }
  }

  @Test
  void whatRunsOrIsOverIsRefusedWithWords() throws Exception {
    try (var site = new Site(folder)) {
      var held = site.held();
      site.start(held);
      TaskId id = site.tasks.submit(held, new Word("x")).id();
      site.awaitState(id, TaskState.RUNNING);
      assertThatThrownBy(() -> site.tasks.move(id, TaskMove.toPriority(1)))
          .hasMessageContaining("is running and cannot be moved");
      site.letGo();
      site.awaitEnd(id);
      assertThatThrownBy(() -> site.tasks.move(id, TaskMove.toPriority(1)))
          .hasMessageContaining("is succeeded and cannot be moved");
      assertThatThrownBy(() -> TaskMove.toPriority(12)).hasMessageContaining("priority '12'");
      assertThatThrownBy(() -> site.tasks.move(id, new TaskMove(null, null, null, null)))
          .hasMessageContaining("Give priority, queue, runAt or input");
      TaskId behind =
          site.tasks.submit(held, new Word("y"), SubmitOptions.defaults().withQueue("a")).id();
      site.awaitEnd(behind);
    }
  }

  @Test
  void anotherInputIsWhatItRunsWith() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var note = noting(order);
    String large = "x".repeat(TaskRow.INPUT_IN_MEMORY + 1);
    TaskId grown;
    TaskId later;
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      TaskId small = site.tasks.submit(note, new Word("small")).id();
      grown = site.tasks.submit(note, new Word("grown")).id();
      TaskId shrunk = site.tasks.submit(note, new Word(large)).id();
      later =
          site.tasks
              .submit(
                  note, new Word("later"), SubmitOptions.defaults().withDelay(Duration.ofDays(1)))
              .id();
      site.tasks.move(small, TaskMove.toInput(new Word("changed")).withPriority(0));
      site.tasks.move(
          grown, TaskMove.toInput(Json.MAPPER.readTree("{\"text\":\"" + large + "\"}")));
      site.tasks.move(shrunk, TaskMove.toInput(new Word("shrunk")));
      site.tasks.move(later, TaskMove.toInput(new Word("sooner")));
      TaskFilter all = TaskFilter.all();
      assertThat(site.tasks.list(all.withInput("changed"), 10, null).items())
          .extracting(TaskView::id)
          .containsExactly(small);
      assertThat(site.tasks.list(all.withInput("small"), 10, null).items()).isEmpty();
      site.tasks.resume("default");
      site.awaitEnd(shrunk);
      Signal.awaitUntil("all have run", () -> order.size() == 3);
      assertThat(order).containsExactlyInAnyOrder("changed", large, "shrunk");
      assertThat(site.tasks.find(grown).orElseThrow().input().path("text").asString())
          .isEqualTo(large);
    }
    try (var site = new Site(folder).start(note)) {
      site.tasks.retry(later);
      assertThat(site.awaitEnd(later).output().path("text").asString()).isEqualTo("sooner");
    }
  }

  record Login(String user, String password) {}

  @Test
  void anInputThatDoesNotFitIsRefusedAndHiddenValuesStay() throws Exception {
    var seen = new java.util.concurrent.atomic.AtomicReference<Login>();
    TaskType<Login, Login> login =
        TaskType.io(
            "login",
            Login.class,
            Login.class,
            (_, input) -> {
              seen.set(input);
              return input;
            });
    try (var site = new Site(folder)) {
      var held = site.held();
      site.start(held, login);
      site.tasks.pause("default");
      TaskId id = site.tasks.submit(login, new Login("ada", "pass-1815")).id();
      assertThatThrownBy(() -> site.tasks.move(id, TaskMove.toInput(new Word("x"))))
          .isInstanceOfSatisfying(
              TaskException.class,
              refusal -> {
                assertThat(refusal.reason()).isEqualTo(TaskException.Reason.INVALID_INPUT);
                assertThat(refusal.pointer()).isEqualTo("/input/text");
              });
      site.tasks.move(
          id,
          TaskMove.toInput(
              Json.MAPPER.readTree(
                  "{\"user\":\"grace\",\"password\":\"" + Redaction.SHOWN + "\"}")));
      site.tasks.resume("default");
      site.awaitEnd(id);
      assertThat(seen.get()).isEqualTo(new Login("grace", "pass-1815"));
      assertThatThrownBy(() -> site.tasks.move(id, TaskMove.toInput(new Login("a", "b"))))
          .hasMessageContaining("is succeeded and cannot be moved");
      TaskId running = site.tasks.submit(held, new Word("x")).id();
      site.awaitState(running, TaskState.RUNNING);
      assertThatThrownBy(() -> site.tasks.move(running, TaskMove.toInput(new Word("y"))))
          .hasMessageContaining("is running and cannot be moved");
    }
  }

  /** Each runs once, whoever moves or cancels it meanwhile. */
  @Test
  void manyMovesAtOnceLoseAndDoubleNothing() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var note = noting(order);
    try (var site = new Site(folder, config -> config.withWindow(100, 1 << 20)).start(note);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> queues = List.of("a", "b", "c");
      queues.forEach(queue ->
          site.tasks.submit(note, new Word("first"), SubmitOptions.defaults().withQueue(queue)));
      Signal.awaitUntil("the queues are there", () -> order.size() == 3);
      queues.forEach(site.tasks::pause);
      var ids = new ArrayList<TaskId>();
      for (int i = 0; i < 900; i++) {
        var options = SubmitOptions.defaults().withQueue(queues.get(i % 3));
        ids.add(site.tasks.submit(note, new Word("w" + i), options).id());
      }
      var refused = Collections.synchronizedList(new ArrayList<TaskException>());
      for (int i = 0; i < 900; i++) {
        int at = i;
        for (int round = 0; round < 3; round++) {
          int to = (at + round) % 3;
          threads.submit(() -> {
            try {
              site.tasks.move(ids.get(at), TaskMove.toQueue(queues.get(to)).withPriority(at % 10));
            } catch (TaskException refusal) {
              refused.add(refusal);
            }
          });
        }
        if (at % 7 == 0) {
          threads.submit(() -> {
            try {
              site.tasks.cancel(ids.get(at));
            } catch (TaskException refusal) {
              refused.add(refusal);
            }
          });
        }
        if (at == 450) {
          queues.forEach(queue -> threads.submit(() -> site.tasks.resume(queue)));
        }
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(order.stream().filter(word -> word.startsWith("w"))).doesNotHaveDuplicates();
      assertThat(order)
          .hasSize(3 + 900 - (int) ids.stream().filter(id -> cancelled(site, id)).count());
    }
  }

  private static boolean cancelled(Site site, TaskId id) {
    return site.tasks.find(id).orElseThrow().state() == TaskState.CANCELLED;
  }
}
