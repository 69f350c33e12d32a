package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncryptionTest {
  private static final String MARKER = "plaintext-marker-7361";

  record Note(String text) {}

  @TempDir Path folder;

  private static byte[] key(int fill) {
    var key = new byte[Encryption.KEY_BYTES];
    java.util.Arrays.fill(key, (byte) fill);
    return key;
  }

  private static final Encryption FIRST = Encryption.NONE.withKey("k1", key(1));
  private static final Encryption SECOND = FIRST.withKey("k2", key(2));

  /** A process with tasks on the folder, which may be opened again with other keys. */
  private final class Mill implements AutoCloseable {
    final Store store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    final Journal journal = Journal.open(store);
    final Tasks tasks;

    Mill(Encryption encryption, TaskType<?, ?>... types) {
      tasks =
          Tasks.on(store, folder)
              .journal(journal)
              .config(TasksConfig.defaults().withStopGrace(Duration.ofMillis(100)))
              .encryption(encryption)
              .build();
      for (TaskType<?, ?> type : types) {
        tasks.register(type);
      }
      tasks.start();
    }

    TaskView end(TaskId id) throws InterruptedException {
      return tasks.await(id, Signal.LIMIT).orElseThrow();
    }

    String stored(String sql) {
      return store.<String, RuntimeException>read(
          view -> String.valueOf(view.find(sql, row -> row.getString(1)).orElse(null)));
    }

    String done() {
      return "tasks_done_" + stored("SELECT max(day) FROM task_buckets");
    }

    @Override
    public void close() {
      tasks.close();
      journal.close();
      store.close();
    }
  }

  private static TaskType<Note, Note> talkative() {
    return TaskType.io(
            "note.talk",
            Note.class,
            Note.class,
            (run, note) -> {
              run.log(LogLine.Level.INFO, "read " + note.text());
              run.progress(1, 2, "at " + note.text());
              Note said = run.step("say", Note.class, () -> new Note(note.text() + " said"));
              if (run.attempt() == 1) {
                throw new IllegalStateException("first " + note.text());
              }
              var heard = run.awaitSignal("go", Note.class, Duration.ofDays(1));
              return new Note(said.text() + heard.orElseThrow().text());
            })
        .withRetry(RetryPolicy.defaults().withAttempts(2).withDelays(Duration.ZERO, Duration.ZERO))
        .withEncryption();
  }

  private static TaskType<Note, Note> plain() {
    return TaskType.io("note.plain", Note.class, Note.class, (_, note) -> note).withEncryption();
  }

  private void assertNothingOnDisk() throws IOException {
    byte[] marker = MARKER.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(new String(marker, StandardCharsets.ISO_8859_1)))
            .as("%s holds the marker", file.getFileName())
            .isFalse();
      }
    }
  }

  @Test
  void nothingOfATaskStandsInTheFilesAsItIs() throws Exception {
    try (var mill = new Mill(FIRST, talkative(), plain())) {
      TaskId id = mill.tasks.submit(talkative(), new Note(MARKER)).id();
      Signal.awaitUntil(
          "waits", () -> "signal go".equals(mill.tasks.find(id).orElseThrow().waitsFor()));
      assertThat(mill.stored("SELECT input FROM tasks")).contains("enc1:k1:");
      assertNothingOnDisk();
      mill.tasks.signal(id, "go", Json.MAPPER.valueToTree(new Note(MARKER)));
      TaskView done = mill.end(id);
      assertNothingOnDisk();

      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.input().at("/text").asString()).isEqualTo(MARKER);
      assertThat(done.output().at("/text").asString()).isEqualTo(MARKER + " said" + MARKER);
      assertThat(done.error()).contains("first " + MARKER);
      assertThat(done.progress().message()).isEqualTo("at " + MARKER);
      Trail trail = mill.tasks.trail(id).orElseThrow();
      assertThat(trail.log().getFirst().text()).isEqualTo("read " + MARKER);
      assertThat(trail.attempts().getFirst().error()).contains(MARKER);
      assertThat(trail.steps().toString()).contains(MARKER + " said");
      assertThat(mill.tasks.encrypts("note.talk")).isTrue();

      TaskId straight = mill.tasks.submit(plain(), new Note(MARKER)).id();
      assertThat(mill.end(straight).output().at("/text").asString()).isEqualTo(MARKER);
      assertThat(mill.tasks.result(plain(), straight)).hasValue(new Note(MARKER));
      assertNothingOnDisk();
    }
    assertNothingOnDisk();
  }

  @Test
  void schedulesBatchesAndWorkflowsKeepItToo() throws Exception {
    var note = Json.MAPPER.valueToTree(new Note(MARKER));
    var parent =
        TaskType.io(
            "note.parent",
            Note.class,
            Note.class,
            (run, input) -> run.child("one", plain(), input));
    try (var mill = new Mill(FIRST.withTypes(List.of("note.*")), plain(), talkative(), parent)) {
      Schedule schedule = Schedule.of("nightly", "note.plain", note, Schedule.cron("0 0 1 1 *"));
      assertThat(mill.tasks.schedules().create(schedule).schedule().input()).isEqualTo(note);
      assertThat(mill.tasks.schedules().find("nightly").orElseThrow().schedule().input())
          .isEqualTo(note);
      mill.end(mill.tasks.schedules().run("nightly").id());

      var callback = new Submission("note.plain", note, SubmitOptions.defaults());
      BatchView batch =
          mill.tasks
              .batches()
              .submit(
                  "b",
                  new BatchCallbacks(null, null, callback),
                  List.of(new Submission("note.plain", note, SubmitOptions.defaults())));
      var _ = mill.tasks.batches().await(batch.id(), Signal.LIMIT).orElseThrow();
      Signal.awaitUntil(
          "called back",
          () ->
              !mill.tasks
                  .list(TaskFilter.all().withKey(batch.id().toString()), 10, null)
                  .items()
                  .isEmpty());

      var _ =
          mill.tasks
              .workflows()
              .define(
                  Workflow.of(
                      "flow",
                      Stage.parallel(
                          "s",
                          StageTask.of(
                              "t",
                              "note.plain",
                              Json.MAPPER.readTree("{\"text\":\"{{input.text}}\"}")))));
      TaskId run = mill.tasks.workflows().start("flow", note, SubmitOptions.defaults()).id();
      mill.end(run);
      assertThat(mill.tasks.workflows().find(run).orElseThrow().input()).isEqualTo(note);
      assertThat(mill.end(mill.tasks.submit(parent, new Note(MARKER)).id()).output())
          .isEqualTo(note);
    }
    assertNothingOnDisk();
    try (var again = new Mill(FIRST.withTypes(List.of("note.*")), plain())) {
      assertThat(again.tasks.schedules().find("nightly").orElseThrow().schedule().input())
          .isEqualTo(note);
    }
  }

  @Test
  void keysAreRotated() throws Exception {
    TaskId old;
    try (var mill = new Mill(FIRST, plain())) {
      old = mill.tasks.submit(plain(), new Note(MARKER)).id();
      mill.end(old);
    }
    try (var mill = new Mill(SECOND, plain())) {
      assertThat(mill.tasks.find(old).orElseThrow().input().at("/text").asString())
          .isEqualTo(MARKER);
      TaskId fresh = mill.tasks.submit(plain(), new Note(MARKER)).id();
      mill.end(fresh);
      assertThat(mill.stored("SELECT input FROM " + mill.done() + " WHERE id = " + fresh.key()))
          .contains("enc1:k2:");
    }
  }

  @Test
  void aTaskWhoseKeyIsMissingWaitsAndSaysWhichAndRunsWhenItIsThere() throws Exception {
    TaskId id;
    var options = SubmitOptions.defaults().withDelay(Duration.ofMillis(300));
    try (var mill = new Mill(SECOND, plain())) {
      mill.tasks.pause("default");
      id = mill.tasks.submit(plain(), new Note(MARKER), options).id();
    }
    try (var mill = new Mill(FIRST, plain())) {
      mill.tasks.resume("default");
      Signal.awaitUntil(
          "retrying", () -> mill.tasks.find(id).orElseThrow().state() == TaskState.RETRYING);
      TaskView waiting = mill.tasks.find(id).orElseThrow();
      assertThat(waiting.error()).contains("'k2'").contains("tasks.encryption.keys");
      assertThat(waiting.input().asString()).contains("'k2'");
      assertThat(waiting.attempt()).isZero();
    }
    var wrong = FIRST.withKey("k2", key(9));
    try (var mill = new Mill(wrong, plain())) {
      var _ = mill.tasks.retry(id);
      Signal.awaitUntil(
          "looked at",
          () ->
              String.valueOf(mill.tasks.find(id).orElseThrow().error())
                  .contains("does not open with key 'k2'"));
      assertThat(mill.tasks.find(id).orElseThrow().state()).isNotEqualTo(TaskState.DEAD);
    }
    try (var mill = new Mill(SECOND, plain())) {
      var _ = mill.tasks.retry(id);
      assertThat(mill.end(id).output().at("/text").asString()).isEqualTo(MARKER);
    }
  }

  @Test
  void whatIsMovedToAnotherRowOrColumnDoesNotOpen() throws Exception {
    var ids = new ArrayList<TaskId>();
    try (var mill = new Mill(FIRST, plain())) {
      for (int i = 0; i < 2; i++) {
        ids.add(mill.tasks.submit(plain(), new Note(MARKER + i)).id());
        mill.end(ids.get(i));
      }
      String table = mill.done();
      mill.store.write(tx ->
          tx.update(
              "UPDATE "
                  + table
                  + " SET input = (SELECT input FROM "
                  + table
                  + " WHERE id = ?), output = input WHERE id = ?",
              ids.get(0).key(),
              ids.get(1).key()));
      TaskView swapped = mill.tasks.find(ids.get(1)).orElseThrow();
      assertThat(swapped.input().asString()).contains("does not open").doesNotContain(MARKER);
      assertThat(swapped.output().asString()).contains("does not open").doesNotContain(MARKER);
    }
  }

  @Test
  void refusesEncryptionWithoutAKeyAndTellsNobodyOne() {
    try (var mill = new Mill(Encryption.NONE)) {
      assertThatThrownBy(() -> mill.tasks.register(plain()))
          .hasMessageContaining("note.plain")
          .hasMessageContaining("tasks.encryption.keys");
    }
    assertThatThrownBy(() -> FIRST.withKey("k2", new byte[16])).hasMessageContaining("16 bytes");
    assertThatThrownBy(() -> FIRST.withKey("k1", key(3))).hasMessageContaining("twice");
    assertThat(SECOND.toString()).contains("k1", "k2").doesNotContain("1, 1");
    assertThat(SECOND.keyIds()).containsExactly("k1", "k2");
  }

  @Test
  void typesWithoutEncryptionStandAsTheyAre() throws Exception {
    var open = TaskType.io("note.open", Note.class, Note.class, (_, note) -> note);
    try (var mill = new Mill(FIRST, open, plain())) {
      TaskId id = mill.tasks.submit(open, new Note(MARKER)).id();
      mill.end(id);
      assertThat(mill.stored("SELECT input || output FROM " + mill.done())).contains(MARKER);
    }
  }
}
