package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Word;
import dev.millrace.tasks.TaskException.Reason;
import dev.millrace.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SubmitTest {
  private static final SubmitOptions PLAIN = SubmitOptions.defaults();

  @TempDir Path folder;

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text);
  }

  private static void refused(ThrowingCallable call, Reason reason, String pointer, String said) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TaskException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.pointer()).isEqualTo(pointer);
              assertThat(refusal.getMessage()).contains(said).contains(refusal.remedy());
            });
  }

  @Test
  void refusalsNameFieldValueAndRemedy() {
    try (var site = new Site(folder).start(Site.measure())) {
      Tasks tasks = site.tasks;
      refused(
          () -> tasks.submitJson("word.measur", json("{}"), PLAIN),
          Reason.UNKNOWN_TYPE,
          "/type",
          "word.measure?");
      refused(
          () -> tasks.submitJson("word.measure", json("{\"text\":{}}"), PLAIN),
          Reason.INVALID_INPUT,
          "/input/text",
          "an empty object stands there, and a text is expected");
      refused(
          () -> tasks.submitJson("word.measure", json("{\"texts\":\"x\"}"), PLAIN),
          Reason.INVALID_INPUT,
          "/input/texts",
          "known are text");
      refused(
          () -> tasks.submitJson("word.measure", json("null"), PLAIN),
          Reason.INVALID_INPUT,
          "/input",
          "null");
      refused(
          () -> tasks.submit(Site.measure(), new Word("x".repeat(1 << 20))),
          Reason.LIMIT,
          "/input",
          "1048");
      refused(() -> tasks.submitAll(List.of()), Reason.LIMIT, "/tasks", "0 tasks");
      refused(
          () -> tasks.submitAll(Site.measure(), Collections.nCopies(10_001, new Word("")), PLAIN),
          Reason.LIMIT,
          "/tasks",
          "10001 tasks");
      refused(
          () ->
              tasks.submitAll(
                  List.of(
                      new Submission("word.measure", json("{\"text\":\"ok\"}"), PLAIN),
                      new Submission("word.measure", json("{\"txt\":1}"), PLAIN))),
          Reason.INVALID_INPUT,
          "/tasks/1/input/txt",
          "tasks/1: the input does not fit");
      assertThat(site.count("default", TaskState.SUCCEEDED)).isZero();
    }
  }

  @Test
  void wrongOptionsAreRefused() {
    refused(() -> PLAIN.withPriority(10), Reason.INVALID_OPTION, "/priority", "'10'");
    refused(() -> PLAIN.withQueue("No Way"), Reason.INVALID_OPTION, "/queue", "'No Way'");
    refused(
        () -> PLAIN.withDelay(Duration.ofSeconds(-1)), Reason.INVALID_OPTION, "/delay", "PT-1S");
    refused(
        () -> PLAIN.withDelay(Duration.ofSeconds(1)).withRunAt(Instant.EPOCH),
        Reason.INVALID_OPTION,
        "/runAt",
        "either");
    refused(() -> PLAIN.withUniqueKey(" "), Reason.INVALID_OPTION, "/uniqueKey", "1 to 200");
    refused(
        () -> PLAIN.withTags(Collections.nCopies(21, "t").toArray(String[]::new)),
        Reason.INVALID_OPTION,
        "/tags",
        "21 tags");
    refused(() -> PLAIN.withTags("x".repeat(65)), Reason.INVALID_OPTION, "/tags", "1 to 64");
    refused(() -> PLAIN.withTraceparent("00-1"), Reason.INVALID_OPTION, "/traceparent", "W3C");
    refused(
        () -> PLAIN.withTraceparent("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"),
        Reason.INVALID_OPTION,
        "/traceparent",
        "W3C");
    refused(
        () -> PLAIN.withTraceparent("00-0af7651916cd43dd8448eb211c80319cab7ad6b7169203331-01"),
        Reason.INVALID_OPTION,
        "/traceparent",
        "W3C");
    refused(() -> TaskState.parse("redy"), Reason.INVALID_OPTION, "/state", "ready, running");
  }

  @Test
  void wrongTypesAndSettingsAreRefusedByName() {
    assertThatThrownBy(() -> TaskType.io("Bad Name", Word.class, Word.class, (_, word) -> word))
        .hasMessageContaining("Bad Name");
    assertThatThrownBy(() -> Site.measure().withTimeLimit(Duration.ZERO))
        .hasMessageContaining("timeLimit");
    assertThatThrownBy(() -> TasksConfig.defaults().withConcurrency(0))
        .hasMessageContaining("tasks.concurrency is 0");
    assertThatThrownBy(() -> TasksConfig.defaults().withHistory(Duration.ZERO, 1_000))
        .hasMessageContaining("tasks.retention");
  }

  @Test
  void submissionSharesTheFateOfItsTransaction() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      var ids = new TaskId[2];
      assertThatThrownBy(() ->
              site.store.write(tx -> {
                ids[0] = site.tasks.submit(tx, Site.measure(), new Word("no"), PLAIN).id();
                throw new IllegalStateException("rolled back");
              }))
          .hasMessage("rolled back");
      var position =
          site.store.write(tx -> {
            Submitted submitted = site.tasks.submit(tx, Site.measure(), new Word("yes"), PLAIN);
            ids[1] = submitted.id();
            assertThat(submitted.position().number()).isEqualTo(tx.number());
          });
      assertThat(site.awaitEnd(ids[1]).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(position.history()).isEqualTo(site.store.position().history());
      assertThat(site.tasks.find(ids[0])).isEmpty();
      refused(
          () -> site.tasks.await(ids[0], Duration.ZERO), Reason.NOT_FOUND, "/id", "there is no");
    }
  }

  @Test
  void uniqueKeyAnswersWithTheUnfinishedTask() throws Exception {
    try (var site = new Site(folder)) {
      site.start(site.held());
      var unique = PLAIN.withUniqueKey("report");
      Submitted first = site.tasks.submit(site.held(), new Word("x"), unique);
      site.awaitState(first.id(), TaskState.RUNNING);
      Submitted second = site.tasks.submit(site.held(), new Word("x"), unique);
      assertThat(second.duplicate()).isTrue();
      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.state()).isEqualTo(TaskState.RUNNING);
      site.letGo();
      site.awaitEnd(first.id());
      assertThat(site.tasks.submit(site.held(), new Word("x"), unique).duplicate()).isFalse();
      List<Word> twice = List.of(new Word("a"), new Word("b"));
      var both = site.tasks.submitAll(site.held(), twice, PLAIN.withUniqueKey("both")).ids();
      assertThat(both.get(0)).isEqualTo(both.get(1));
    }
  }

  @Test
  void delayedTaskRunsWhenItsTimeComes() throws Exception {
    var clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      Submitted delayed =
          site.tasks.submit(Site.measure(), new Word("x"), PLAIN.withDelay(Duration.ofHours(1)));
      Submitted at =
          site.tasks.submit(
              Site.measure(),
              new Word("x"),
              PLAIN.withRunAt(Instant.parse("2026-11-22T12:00:00Z")));
      Submitted past =
          site.tasks.submit(Site.measure(), new Word("x"), PLAIN.withRunAt(Instant.EPOCH));
      assertThat(delayed.state()).isEqualTo(TaskState.SCHEDULED);
      assertThat(past.state()).isEqualTo(TaskState.READY);
      site.awaitEnd(past.id());
      assertThat(site.tasks.find(delayed.id()).orElseThrow().runAt())
          .isEqualTo(Instant.parse("2026-11-22T11:00:00Z"));
      clock.advance(Duration.ofHours(1));
      site.tasks.wakeTimer();
      assertThat(site.awaitEnd(delayed.id()).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.count("default", TaskState.SCHEDULED)).isEqualTo(1);
      site.tasks.retry(at.id());
      assertThat(site.awaitEnd(at.id()).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.count("default", TaskState.SCHEDULED)).isZero();
    }
  }

  @Test
  void shortDelaysNeedNobodyToLook() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      var options = PLAIN.withDelay(Duration.ofMillis(30));
      for (int i = 0; i < 5; i++) {
        TaskView done =
            site.awaitEnd(site.tasks.submit(Site.measure(), new Word("x"), options).id());
        assertThat(done.startedAt()).isAfterOrEqualTo(done.createdAt().plusMillis(30));
      }
    }
  }

  @Test
  void idsAscendAcrossRestartsAndClocksSetBack() throws Exception {
    var clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
    TaskId last;
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      List<Word> words = Collections.nCopies(5_000, new Word("x"));
      List<TaskId> ids = site.tasks.submitAll(Site.measure(), words, PLAIN).ids();
      assertThat(ids).isSorted().doesNotHaveDuplicates();
      last = ids.getLast();
      site.awaitEnd(last);
    }
    clock.advance(Duration.ofDays(-1));
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      assertThat(site.tasks.submit(Site.measure(), new Word("x")).id()).isGreaterThan(last);
    }
  }

  @Test
  void bulkIsOneCommit() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      List<Word> words = Collections.nCopies(500, new Word("x"));
      var bulk = site.tasks.submitAll(Site.measure(), words, PLAIN);
      var events =
          site.journal.read(site.journal.begin(), 100, Set.of(TasksChanged.TYPE.name())).items();
      assertThat(events).hasSize(1);
      assertThat(site.store.position().includes(bulk.position())).isTrue();
      assertThat(events.getFirst().as(TasksChanged.TYPE).tasks().get(TaskState.READY))
          .isEqualTo(bulk.ids());
    }
  }

  @Test
  void scheduledTaskKeepsItsTimeAcrossARestart() throws Exception {
    var clock = new ManualClock(Instant.parse("2026-11-22T10:00:00Z"));
    TaskId soon;
    TaskId later;
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      soon =
          site.tasks
              .submit(Site.measure(), new Word("x"), PLAIN.withDelay(Duration.ofHours(1)))
              .id();
      later =
          site.tasks
              .submit(Site.measure(), new Word("x"), PLAIN.withDelay(Duration.ofHours(2)))
              .id();
    }
    clock.advance(Duration.ofMinutes(90));
    try (var site = new Site(folder, c -> c, clock).start(Site.measure())) {
      assertThat(site.awaitEnd(soon).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.find(later).orElseThrow().state()).isEqualTo(TaskState.SCHEDULED);
    }
  }

  @Test
  void manyWhoAskForOneUniqueKeyAtOnceGetOneTask() throws Exception {
    try (var site = new Site(folder)) {
      site.start(site.held());
      var ids = Collections.synchronizedSet(new HashSet<TaskId>());
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 16; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              var unique = PLAIN.withUniqueKey("one");
              ids.add(site.tasks.submit(site.held(), new Word("x"), unique).id());
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(ids).hasSize(1);
    }
  }
}
