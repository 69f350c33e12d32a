package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.testing.TestTasks;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are handled many in a call. */
class ChunkTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path folder;

  /** The words of each call, sorted: several slots take tasks at once. */
  private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());

  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private void note(Chunk<Word, Length> chunk) {
    calls.add(chunk.tasks().stream().map(task -> task.input().text()).sorted().toList());
  }

  private TaskType<Word, Length> measure(Chunking chunking) {
    return TaskType.chunks(
        "measure",
        Word.class,
        Length.class,
        chunking,
        chunk -> {
          note(chunk);
          chunk.tasks().forEach(task -> task.succeed(new Length(task.input().text().length())));
        });
  }

  /** Notes its words, then waits until it may end. */
  private TaskType<Word, Length> slow(Chunking chunking) {
    return TaskType.chunks(
        "slow",
        Word.class,
        Length.class,
        chunking,
        chunk -> {
          note(chunk);
          mayEnd.await();
        });
  }

  private static ChunkTask<Word, Length> named(Chunk<Word, Length> chunk, String text) {
    return chunk.tasks().stream()
        .filter(task -> task.input().text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  private static List<Word> words(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Word("w" + i)).toList();
  }

  private static List<TaskId> submit(Site site, TaskType<Word, Length> type, int count) {
    return site.tasks.submitAll(type, words(count), SubmitOptions.defaults()).ids();
  }

  @Test
  void aFullChunkDoesNotWaitAndTheRestIsHandledWhenItsTimeHasCome() throws Exception {
    var measure = measure(Chunking.of(10, SHORT));
    try (var site = new Site(folder).start(measure)) {
      site.tasks.pause("default");
      List<TaskId> ids = submit(site, measure, 35);
      site.tasks.resume("default");
      for (TaskId id : ids) {
        TaskView task = site.awaitEnd(id);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.output().path("letters").asInt()).isBetween(2, 3);
        assertThat(site.tasks.trail(id).orElseThrow().attempts()).hasSize(1);
      }
      assertThat(calls.stream().map(List::size)).containsExactlyInAnyOrder(10, 10, 10, 5);
      assertThat(calls.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(35);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(35);
    }
  }

  @Test
  void eachTaskIsSettledByItself() throws Exception {
    TaskType<Word, Length> type =
        TaskType.<Word, Length>chunks(
                "settle",
                Word.class,
                Length.class,
                Chunking.of(6, SHORT),
                chunk -> {
                  note(chunk);
                  for (ChunkTask<Word, Length> task : chunk.tasks()) {
                    task.log(LogLine.Level.INFO, "I am " + task.input().text());
                    switch (task.input().text()) {
                      case "w0" -> task.succeed(new Length(7));
                      case "w1" -> {
                        if (task.attempt() == 1) {
                          task.retry(Duration.ZERO, new IllegalStateException("busy"));
                        }
                      }
                      case "w2" -> task.fail(new FatalFailure("never"));
                      case "w3" -> task.discard("nobody wants it");
                      case "w4" -> task.fail(new IllegalStateException("later"));
                      default -> {
                        // Nothing said is success.
                      }
                    }
                  }
                  if (chunk.tasks().size() == 6) {
                    assertThatThrownBy(() -> chunk.tasks().getFirst().discard("x"))
                        .hasMessageContaining("settled before");
                  }
                })
            .withRetry(RetryPolicy.defaults().withDelays(LONG, LONG));
    try (var site = new Site(folder).start(type)) {
      site.tasks.pause("default");
      List<TaskId> ids = submit(site, type, 6);
      site.tasks.resume("default");
      TaskView done = site.awaitEnd(ids.get(0));
      assertThat(done.output().path("letters").asInt()).isEqualTo(7);
      assertThat(site.tasks.trail(ids.get(0)).orElseThrow().log().getFirst().text())
          .isEqualTo("I am w0");
      assertThat(site.awaitEnd(ids.get(1)).attempt()).isEqualTo(2);
      assertThat(site.awaitEnd(ids.get(2)).state()).isEqualTo(TaskState.DEAD);
      assertThat(site.awaitEnd(ids.get(2)).error()).contains("never");
      assertThat(site.awaitEnd(ids.get(3)).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(ids.get(3)).error()).contains("nobody wants it");
      site.awaitState(ids.get(4), TaskState.RETRYING);
      assertThat(site.awaitEnd(ids.get(5)).output()).isNull();
      assertThat(calls).containsExactly(List.of("w0", "w1", "w2", "w3", "w4", "w5"), List.of("w1"));
    }
  }

  @Test
  void aHandlerThatThrowsFailsAllThatItHasNotSettled() throws Exception {
    var tries = new AtomicInteger();
    TaskType<Word, Length> type =
        TaskType.<Word, Length>chunks(
                "throws",
                Word.class,
                Length.class,
                Chunking.of(3, SHORT),
                chunk -> {
                  note(chunk);
                  if (tries.incrementAndGet() == 1) {
                    chunk.tasks().getFirst().succeed(null);
                    throw new IllegalStateException("the service is down");
                  }
                })
            .withRetry(
                RetryPolicy.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    try (var site = new Site(folder).start(type)) {
      site.tasks.pause("default");
      List<TaskId> ids = submit(site, type, 3);
      site.tasks.resume("default");
      assertThat(site.awaitEnd(ids.get(0)).attempt()).isEqualTo(1);
      for (TaskId id : ids.subList(1, 3)) {
        assertThat(site.awaitEnd(id).attempt()).isEqualTo(2);
        assertThat(site.tasks.trail(id).orElseThrow().attempts().getFirst().error())
            .contains("the service is down");
      }
    }
  }

  @Test
  void tasksOfOneKeyComeTogether() throws Exception {
    var measure = measure(Chunking.of(3, LONG).byKey());
    try (var site = new Site(folder).start(measure)) {
      var ids = new ArrayList<TaskId>();
      for (Word word : words(6)) {
        String key = word.text().compareTo("w2") <= 0 ? "low" : "high";
        ids.add(site.tasks.submit(measure, word, SubmitOptions.defaults().withKey(key)).id());
      }
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(calls)
          .containsExactlyInAnyOrder(List.of("w0", "w1", "w2"), List.of("w3", "w4", "w5"));
    }
  }

  /** A queue's concurrency counts chunks; other tasks run while one fills. */
  @Test
  void tasksThatWaitForOthersHoldNoSlot() throws Exception {
    var measure = measure(Chunking.of(4, LONG));
    var alone = Site.measure();
    try (var site = new Site(folder).start(measure, alone)) {
      site.tasks.limitConcurrency("default", 1);
      List<TaskId> ids = new ArrayList<>(submit(site, measure, 3));
      Signal.awaitUntil("three are taken", () -> site.count("default", TaskState.RUNNING) == 3);
      site.awaitEnd(site.tasks.submit(alone, new Word("x")).id());
      assertThat(calls).isEmpty();
      ids.addAll(submit(site, measure, 1));
      for (TaskId id : ids) {
        site.awaitEnd(id);
      }
      assertThat(calls.stream().map(List::size)).containsExactly(4);
    }
  }

  /** A limit counts tasks. */
  @Test
  void limitsHoldForEachTask() throws Exception {
    var measure = measure(Chunking.of(10, SHORT)).withConcurrency(3);
    try (var site = new Site(folder).start(measure)) {
      for (TaskId id : submit(site, measure, 10)) {
        site.awaitEnd(id);
      }
      assertThat(calls).allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(3));
      assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(10);
    }
  }

  @Test
  void oneThatIsCancelledLeavesTheOthers() throws Exception {
    var slow = slow(Chunking.of(2, LONG));
    try (var site = new Site(folder).start(slow)) {
      TaskId gathering = submit(site, slow, 1).getFirst();
      site.awaitState(gathering, TaskState.RUNNING);
      site.tasks.cancel(gathering);
      assertThat(site.awaitEnd(gathering).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(calls).isEmpty();

      List<TaskId> both = submit(site, slow, 2);
      Signal.awaitUntil("the chunk runs", () -> calls.size() == 1);
      site.tasks.cancel(both.get(0));
      mayEnd.countDown();
      assertThat(site.awaitEnd(both.get(0)).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(both.get(1)).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void allCancelledInterruptsTheHandler() throws Exception {
    var slow = slow(Chunking.of(2, LONG));
    try (var site = new Site(folder).start(slow)) {
      List<TaskId> both = submit(site, slow, 2);
      Signal.awaitUntil("the chunk runs", () -> calls.size() == 1);
      both.forEach(site.tasks::cancel);
      for (TaskId id : both) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      }
    }
  }

  @Test
  void theTimeLimitIsThatOfTheCall() throws Exception {
    var slow =
        slow(Chunking.of(20, SHORT))
            .withTimeLimit(Duration.ofMillis(100))
            .withRetry(RetryPolicy.defaults().withAttempts(1));
    try (var site = new Site(folder).start(slow)) {
      for (TaskId id : submit(site, slow, 200)) {
        TaskView task = site.awaitEnd(id);
        assertThat(task.state()).isEqualTo(TaskState.DEAD);
        assertThat(task.error()).contains("the time limit of PT0.1S was over");
      }
    }
  }

  @Test
  void workOfTheHandlerIsInTheCommitOfAllEnds() throws Exception {
    TaskType<Word, Length> type =
        TaskType.<Word, Length>chunks(
                "finish",
                Word.class,
                Length.class,
                Chunking.of(2, SHORT),
                chunk -> {
                  note(chunk);
                  int call = calls.size();
                  chunk.finish((tx, _) -> {
                    tx.update("INSERT INTO seen (call) VALUES (?)", call);
                    if (call == 1) {
                      throw new IllegalStateException("not this time");
                    }
                  });
                })
            .withRetry(
                RetryPolicy.defaults().withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
    try (var site = new Site(folder).start(type)) {
      site.store.write(tx -> tx.update("CREATE TABLE seen (call INTEGER)"));
      for (TaskId id : submit(site, type, 2)) {
        assertThat(site.awaitEnd(id).attempt()).isEqualTo(2);
      }
      assertThat(
              site.store.<Long, RuntimeException>read(
                  view -> view.number("SELECT min(call) FROM seen")))
          .isEqualTo(2);
    }
  }

  @Test
  void workOfTheHandlerIsToldOfThoseThatSucceedOnly() throws Exception {
    var known = new AtomicReference<List<TaskId>>(List.of());
    var inHandler = new CountDownLatch(1);
    TaskType<Word, Length> type =
        TaskType.chunks(
            "some",
            Word.class,
            Length.class,
            Chunking.of(3, SHORT),
            chunk -> {
              chunk.finish(
                  (_, succeeded) -> known.set(succeeded.stream().map(ChunkTask::id).toList()));
              named(chunk, "w0").discard("not wanted");
              inHandler.countDown();
              ChunkTask<Word, Length> cancelled = named(chunk, "w1");
              Signal.awaitUntil("one is cancelled", cancelled::cancelled);
            });
    try (var site = new Site(folder).start(type)) {
      List<TaskId> ids = submit(site, type, 3);
      inHandler.await();
      site.tasks.cancel(ids.get(1));
      assertThat(site.awaitEnd(ids.get(0)).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(ids.get(1)).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(ids.get(2)).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(known.get()).containsExactly(ids.get(2));
    }
  }

  @Test
  void anInputThatDoesNotFitAnyMoreFailsAlone() throws Exception {
    var measure = measure(Chunking.of(2, SHORT));
    try (var site = new Site(folder).start(measure)) {
      site.tasks.pause("default");
      List<TaskId> ids = submit(site, measure, 2);
      site.tasks.close();
    }
    try (var site = new Site(folder)) {
      site.store.write(tx ->
          tx.update(
              "UPDATE tasks SET input = '{\"other\":1}' WHERE id = (SELECT min(id) FROM tasks)"));
      site.start(measure);
      site.tasks.resume("default");
      List<TaskView> tasks = site.tasks.list(TaskFilter.all(), 10, null).items();
      assertThat(site.awaitEnd(tasks.get(0).id()).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(tasks.get(1).id()).state()).isEqualTo(TaskState.DEAD);
      assertThat(calls).containsExactly(List.of("w1"));
    }
  }

  @Test
  void inputsAndResultsAreEncryptedAsThoseOfOthers() throws Exception {
    var measure = measure(Chunking.of(2, SHORT)).withEncryption();
    var keys = Encryption.NONE.withKey("k1", new byte[Encryption.KEY_BYTES]);
    try (var site = new Site(folder, keys).start(measure)) {
      for (TaskId id : submit(site, measure, 2)) {
        assertThat(site.awaitEnd(id).output().path("letters").asInt()).isEqualTo(2);
        assertThat(storedOutput(site, id)).matches(Vault::isSealed);
      }
    }
  }

  private static String storedOutput(Site site, TaskId id) {
    return site.store
        .<Optional<String>, RuntimeException>read(view ->
            view
                .query(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB"
                        + " 'tasks_done_*'",
                    row -> row.getString(1))
                .stream()
                .flatMap(table ->
                    view
                        .find(
                            "SELECT output FROM " + table + " WHERE id = ?",
                            row -> row.getString(1),
                            id.key())
                        .stream())
                .findFirst())
        .orElseThrow();
  }

  /**
   * What gathers has not begun: it is ready again, and no crash is counted. What ran, runs again.
   */
  @Test
  void aCrashLosesNothing() throws Exception {
    var slow = slow(Chunking.of(3, LONG));
    List<TaskId> ids;
    var dying = new Site(folder).start(slow);
    ids = submit(dying, slow, 5);
    Signal.awaitUntil("a chunk runs", () -> calls.size() == 1);
    Signal.awaitUntil("all are taken", () -> dying.count("default", TaskState.RUNNING) == 5);
    dying.die();
    List<String> ran = calls.getFirst();
    calls.clear();
    mayEnd.countDown();
    try (var site = new Site(folder).start(slow)) {
      site.tasks.submit(slow, new Word("sixth"));
      for (TaskId id : ids) {
        TaskView task = site.awaitEnd(id);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        String word = task.input().path("text").asString();
        assertThat(task.crashes()).isEqualTo(ran.contains(word) ? 1 : 0);
      }
      assertThat(calls.stream().flatMap(List::stream))
          .contains("w0", "w1", "w2", "w3", "w4")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aStopGivesBackWhatGathersAtOnce() throws Exception {
    var measure = measure(Chunking.of(3, LONG));
    List<TaskId> ids;
    try (var site = new Site(folder, config -> config.withStopGrace(LONG)).start(measure)) {
      ids = submit(site, measure, 2);
      Signal.awaitUntil("both are taken", () -> site.count("default", TaskState.RUNNING) == 2);
    }
    assertThat(calls).isEmpty();
    try (var site = new Site(folder).start(measure)) {
      submit(site, measure, 1);
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).crashes()).isZero();
      }
      assertThat(calls.stream().map(List::size)).containsExactly(3);
    }
  }

  @Test
  void manyKeysAtOnceAreBounded() throws Exception {
    var measure = measure(Chunking.of(3, Duration.ofSeconds(1)).byKey());
    try (var site = new Site(folder).start(measure)) {
      var submissions = new ArrayList<Submission>();
      for (int i = 0; i < 10_000; i++) {
        submissions.add(
            new Submission(
                "measure",
                Json.MAPPER.readTree("{\"text\":\"x\"}"),
                SubmitOptions.defaults().withKey("key" + i)));
      }
      site.tasks.submitAll(submissions);
      Signal.awaitUntil("all have run", () -> site.count("default", TaskState.SUCCEEDED) == 10_000);
      assertThat(calls).hasSize(10_000);
    }
  }

  /** In tests a chunk takes what is ready, and does not wait for more. */
  @Test
  void testsOfHandlersNeedNoTime() {
    var measure = measure(Chunking.of(3, LONG));
    try (TestTasks test = TestTasks.manual(measure)) {
      List<TaskId> ids = test.tasks().submitAll(measure, words(5), SubmitOptions.defaults()).ids();
      test.drain();
      assertThat(calls).containsExactly(List.of("w0", "w1", "w2"), List.of("w3", "w4"));
      assertThat(test.result(measure, ids.getLast())).isEqualTo(new Length(2));
    }
    calls.clear();
    try (TestTasks test = TestTasks.inline(measure)) {
      TaskId id = test.tasks().submit(measure, new Word("inline")).id();
      assertThat(test.result(measure, id)).isEqualTo(new Length(6));
    }
    assertThat(calls).containsExactly(List.of("inline"));
    try (TestTasks test = TestTasks.timeTravel(measure)) {
      TaskId id =
          test.tasks()
              .submit(measure, new Word("travel"), SubmitOptions.defaults().withDelay(LONG))
              .id();
      test.advance(LONG);
      assertThat(test.result(measure, id)).isEqualTo(new Length(6));
    }
  }

  @Test
  void refusalsNameTheBounds() {
    assertThatThrownBy(() -> Chunking.of(0, SHORT)).hasMessageContaining("use 1 to 1000");
    assertThatThrownBy(() -> Chunking.of(2, Duration.ofHours(1))).hasMessageContaining("PT10M");
  }
}
