package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Everything that an old key has sealed, under a new one. */
final class ReencryptionTest {
  private static final String TEXT = "kept";

  record Note(String text) {}

  @TempDir Path folder;

  private static byte[] key(int fill) {
    var key = new byte[Encryption.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private static final Encryption OLD = Encryption.NONE.withKey("k1", key(1));
  private static final Encryption BOTH = OLD.withKey("k2", key(2));
  private static final Encryption NEW = Encryption.NONE.withKey("k2", key(2));

  private static TaskType<Note, Note> plain() {
    return TaskType.io("note.plain", Note.class, Note.class, (_, note) -> note).withEncryption();
  }

  /** Leaves something in every table while it waits for its signal. */
  private static TaskType<Note, Note> talkative() {
    return TaskType.io(
            "note.talk",
            Note.class,
            Note.class,
            (run, note) -> {
              run.log(LogLine.Level.INFO, "read " + note.text());
              run.progress(1, 2, "at " + note.text());
              Note said = run.step("say", Note.class, () -> note);
              if (run.attempt() == 1) {
                throw new IllegalStateException("first " + note.text());
              }
              run.awaitSignal("go", Note.class, Duration.ofDays(1));
              return said;
            })
        .withRetry(RetryPolicy.defaults().withAttempts(2).withDelays(Duration.ZERO, Duration.ZERO))
        .withEncryption();
  }

  private Site open(Encryption encryption) {
    return new Site(folder, encryption).start(plain(), talkative());
  }

  /** Values anywhere in the database that the key has sealed. */
  private static long sealedWith(Site site, String key) {
    return site.store.<Long, RuntimeException>read(view -> {
      long found = 0;
      for (String table :
          view.query(
              "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
              row -> row.getString(1))) {
        for (String column :
            view.query("SELECT name FROM pragma_table_info(?)", row -> row.getString(1), table)) {
          found +=
              view.number(
                  "SELECT count(*) FROM \"" + table + "\" WHERE instr(\"" + column + "\", ?) > 0",
                  "enc1:" + key + ":");
        }
      }
      return found;
    });
  }

  /** Rounds of parts until one has nothing to do; the last answer tells what does not open. */
  private static Sealing.Rewritten rewriteAll(Site site) throws InterruptedException {
    Sealing.Rewritten round;
    do {
      round = round(site);
    } while (round.values() > 0);
    return round;
  }

  private static Sealing.Rewritten round(Site site) throws InterruptedException {
    long tasks = 0;
    long values = 0;
    var closed = new TreeMap<String, Long>();
    String next = "";
    while (next != null) {
      Sealing.Rewritten part = site.tasks.sealing().rewrite(next);
      tasks += part.tasks();
      values += part.values();
      part.closed().forEach((key, count) -> closed.merge(key, count, Long::sum));
      next = part.next();
    }
    return new Sealing.Rewritten(null, tasks, values, closed);
  }

  @Test
  void nothingIsLeftUnderTheOldKeyAndAllIsReadWithoutIt() throws Exception {
    JsonNode note = Json.MAPPER.valueToTree(new Note(TEXT));
    var submission = new Submission("note.plain", note, SubmitOptions.defaults());
    TaskId done;
    TaskId talking;
    TaskId deaf;
    TaskId run;
    BatchId batch;
    try (Site site = open(OLD)) {
      done = site.tasks.submit(plain(), new Note(TEXT)).id();
      site.awaitEnd(done);
      talking = site.tasks.submit(talkative(), new Note(TEXT)).id();
      awaitWaiting(site, talking);
      deaf = site.tasks.submit(talkative(), new Note(TEXT)).id();
      site.tasks.signal(deaf, "other", note);
      awaitWaiting(site, deaf);
      batch = site.tasks.batches().open("b", new BatchCallbacks(null, null, submission)).id();
      site.tasks
          .schedules()
          .create(Schedule.of("s", "note.plain", note, Schedule.cron("0 0 1 1 *")));
      StageTask task =
          StageTask.of("t", "note.plain", Json.MAPPER.readTree("{\"text\":\"{{input.text}}\"}"));
      site.tasks.workflows().define(Workflow.of("flow", Stage.parallel("st", task)));
      assertThat(definition(site)).startsWith("\u0001enc1:k1:");
      run = site.tasks.workflows().start("flow", note, SubmitOptions.defaults()).id();
      site.awaitEnd(run);
      assertThat(sealedWith(site, "k1")).isGreaterThan(10);
    }
    try (Site site = open(BOTH)) {
      long before = sealedWith(site, "k1");
      Sealing.Rewritten first = round(site);
      assertThat(first.closed()).isEmpty();
      assertThat(sealedWith(site, "k1")).isZero();
      assertThat(first.values()).isEqualTo(before);
      assertThat(rewriteAll(site).closed()).isEmpty();
      assertThat(sealedWith(site, "k1")).isZero();
      assertThat(sealedWith(site, "k2")).isEqualTo(before);
    }
    try (Site site = open(NEW)) {
      assertThat(site.tasks.find(done).orElseThrow().output()).isEqualTo(note);
      Trail trail = site.tasks.trail(talking).orElseThrow();
      assertThat(trail.log().getFirst().text()).isEqualTo("read " + TEXT);
      assertThat(trail.attempts().getFirst().error()).contains("first " + TEXT);
      assertThat(site.tasks.workflows().find(run).orElseThrow().input()).isEqualTo(note);
      assertThat(site.tasks.workflows().definition("flow")).isPresent();
      assertThat(definition(site)).startsWith("\u0001enc1:k2:");
      assertThat(site.tasks.schedules().find("s").orElseThrow().schedule().input()).isEqualTo(note);
      assertThat(site.tasks.batches().callbacks(batch).onComplete().input()).isEqualTo(note);
      site.tasks.signal(talking, "go", note);
      assertThat(site.awaitEnd(talking).output()).isEqualTo(note);
    }
  }

  private static void awaitWaiting(Site site, TaskId id) throws InterruptedException {
    Signal.awaitUntil(
        "waits for go", () -> "signal go".equals(site.tasks.find(id).orElseThrow().waitsFor()));
  }

  private static String definition(Site site) {
    return site.store.<String, RuntimeException>read(view ->
        view.find("SELECT definition FROM workflow_definitions", row -> row.getString(1))
            .orElseThrow());
  }

  @Test
  void aDefinitionWhoseKeyIsMissingSaysWhich() {
    try (Site site = open(OLD)) {
      StageTask task = StageTask.of("t", "note.plain", null);
      site.tasks.workflows().define(Workflow.of("flow", Stage.parallel("st", task)));
    }
    try (Site site = open(NEW)) {
      assertThat(site.tasks.workflows().definitions()).isEmpty();
      assertThatThrownBy(() -> site.tasks.workflows().definition("flow"))
          .isInstanceOf(TaskException.class)
          .hasMessageContaining("'k1'");
    }
  }

  /** Tasks in memory hold what the old key has sealed, and are written to history from there. */
  @Test
  void whatWaitsInMemoryIsWrittenWithTheNewKey() throws Exception {
    List<TaskId> ids = new ArrayList<>();
    try (Site site = open(OLD)) {
      site.tasks.pause("default");
      for (int i = 0; i < 20; i++) {
        ids.add(site.tasks.submit(plain(), new Note(TEXT)).id());
      }
    }
    try (Site site = open(BOTH)) {
      site.tasks.pause("default");
      assertThat(rewriteAll(site).closed()).isEmpty();
      site.tasks.resume("default");
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(sealedWith(site, "k1")).isZero();
    }
  }

  @Test
  void goesThroughManyInPartsAndTellsWhatDoesNotOpen() throws Exception {
    int many = 25_000;
    try (Site site = open(OLD)) {
      site.tasks.pause("default");
      for (int i = 0; i < many; i += 5_000) {
        site.tasks.submitAll(
            plain(), Collections.nCopies(5_000, new Note(TEXT)), SubmitOptions.defaults());
      }
    }
    try (Site site = open(NEW)) {
      Sealing.Rewritten round = round(site);
      assertThat(round.values()).isZero();
      assertThat(round.closed()).isEqualTo(Map.of("k1", (long) many));
    }
    try (Site site = open(BOTH)) {
      Sealing.Rewritten first = site.tasks.sealing().rewrite("");
      Sealing.Rewritten part = site.tasks.sealing().rewrite(first.next());
      assertThat(part.values()).isEqualTo(10_000);
      assertThat(part.next()).contains("\"tasks\"");
      // As after a crash: the same part again has nothing to do, and the next one goes on.
      assertThat(site.tasks.sealing().rewrite(first.next()).values()).isZero();
      assertThat(round(site).values()).isEqualTo(many - 10_000);
      assertThat(sealedWith(site, "k1")).isZero();
    }
  }

  @Test
  void smallSecretsOpenOnlyInTheirPlace() {
    try (Site site = open(BOTH)) {
      Sealing sealing = site.tasks.sealing();
      String stored = sealing.seal("hook a", "whsec");
      assertThat(stored).doesNotContain("whsec");
      assertThat(sealing.isFresh(stored)).isTrue();
      assertThat(sealing.isFresh("whsec")).isFalse();
      assertThat(sealing.open("hook a", stored)).isEqualTo("whsec");
      assertThat(sealing.open("hook a", "as it is")).isEqualTo("as it is");
      assertThatThrownBy(() -> sealing.open("hook b", stored)).isInstanceOf(SealedException.class);
    }
    try (var site = new Site(folder).start()) {
      assertThat(site.tasks.sealing().seal("hook a", "whsec")).isEqualTo("whsec");
      assertThat(site.tasks.sealing().isFresh("whsec")).isTrue();
      assertThat(site.tasks.sealing().keyIds()).isEmpty();
    }
  }
}
