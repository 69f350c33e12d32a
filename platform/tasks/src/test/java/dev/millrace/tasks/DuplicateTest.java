package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.OnDuplicate.Part;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the task that has a unique key already. */
class DuplicateTest {
  private static final SubmitOptions KEYED = SubmitOptions.defaults().withUniqueKey("report");
  private static final SubmitOptions LAST = KEYED.withOnDuplicate(OnDuplicate.keepLast());
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore mayEnd = new Semaphore(0);

  private TaskType<Word, Word> noting() {
    return TaskType.io(
        "note",
        Word.class,
        Word.class,
        (_, word) -> {
          ran.add(word.text());
          return word;
        });
  }

  /** Notes its word, then waits until it may end. */
  private TaskType<Word, Word> slow() {
    return TaskType.io(
        "slow",
        Word.class,
        Word.class,
        (_, word) -> {
          ran.add(word.text());
          mayEnd.acquire();
          return word;
        });
  }

  private static SubmitOptions replacing(Part first, Part... more) {
    return KEYED.withOnDuplicate(OnDuplicate.replace(first, more));
  }

  private static String input(Site site, TaskId id) {
    return site.tasks.find(id).orElseThrow().input().path("text").asString();
  }

  @Test
  void chosenPartsOfTheOneThatWaitsAreReplaced() throws Exception {
    var note = noting();
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      TaskId first = site.tasks.submit(note, new Word("first"), KEYED.withPriority(7)).id();

      Submitted kept = site.tasks.submit(note, new Word("second"), KEYED.withPriority(1));
      assertThat(kept.id()).isEqualTo(first);
      assertThat(input(site, first)).isEqualTo("first");

      Submitted replaced =
          site.tasks.submit(note, new Word("third"), replacing(Part.INPUT).withPriority(1));
      assertThat(replaced.id()).isEqualTo(first);
      assertThat(replaced.duplicate()).isTrue();
      assertThat(input(site, first)).isEqualTo("third");
      assertThat(site.tasks.find(first).orElseThrow().priority()).isEqualTo(7);

      Submitted moved =
          site.tasks.submit(
              note,
              new Word("fourth"),
              replacing(Part.PRIORITY, Part.QUEUE, Part.DUE)
                  .withPriority(2)
                  .withQueue("other")
                  .withDelay(Duration.ofHours(1)));
      assertThat(moved.state()).isEqualTo(TaskState.SCHEDULED);
      TaskView task = site.tasks.find(first).orElseThrow();
      assertThat(task.priority()).isEqualTo(2);
      assertThat(task.queue()).isEqualTo("other");
      assertThat(task.runAt()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
      assertThat(input(site, first)).isEqualTo("third");
      assertThat(site.count("other", TaskState.SCHEDULED)).isEqualTo(1);
      assertThat(site.count("default", TaskState.READY)).isZero();

      site.tasks.submit(note, new Word("fifth"), replacing(Part.DUE));
      assertThat(site.awaitEnd(first).output().path("text").asString()).isEqualTo("third");
      assertThat(ran).containsExactly("third");
      assertThat(site.count("other", TaskState.SUCCEEDED)).isEqualTo(1);
    }
  }

  /** Submitted, let go and replaced in one commit: it is at one place, and runs once. */
  @Test
  void oneThatWasLetGoInTheSameCommitIsReplacedAsItIsNow() throws Exception {
    var note = noting();
    try (var site = new Site(folder).start(note)) {
      SubmitOptions later = SubmitOptions.defaults().withDelay(Duration.ofHours(1));
      TaskId before = site.tasks.submit(note, new Word("before"), later).id();
      SubmitOptions behind = KEYED.withAfter(AfterOutcome.ENDED, before);
      SubmitOptions another = replacing(Part.INPUT, Part.QUEUE).withQueue("other");
      var id = new AtomicReference<TaskId>();
      Together.commit(
          site.store,
          () -> id.set(site.tasks.submit(note, new Word("first"), behind).id()),
          () -> site.tasks.cancel(before),
          () -> site.tasks.submit(note, new Word("second"), another));
      TaskView end = site.awaitEnd(id.get());
      assertThat(end.queue()).isEqualTo("other");
      assertThat(end.output().path("text").asString()).isEqualTo("second");
      site.awaitEnd(site.tasks.submit(note, new Word("end"), SubmitOptions.defaults()).id());
      assertThat(ran).containsExactly("second", "end");
      assertThat(site.count("default", TaskState.READY)).isZero();
      assertThat(site.count("other", TaskState.WAITING)).isZero();
    }
  }

  @Test
  void oneThatRunsIsNotReplaced() throws Exception {
    var slow = slow();
    try (var site = new Site(folder).start(slow)) {
      TaskId first = site.tasks.submit(slow, new Word("first"), KEYED).id();
      Signal.awaitUntil("it runs", () -> !ran.isEmpty());
      Submitted again = site.tasks.submit(slow, new Word("second"), replacing(Part.INPUT));
      assertThat(again.id()).isEqualTo(first);
      assertThat(again.state()).isEqualTo(TaskState.RUNNING);
      assertThat(input(site, first)).isEqualTo("first");
      mayEnd.release(10);
      site.awaitEnd(first);
      assertThat(ran).containsExactly("first");
    }
  }

  /** Its steps are those of the input it began with. */
  @Test
  void oneThatSleepsInItsHandlerHasBegun() throws Exception {
    TaskType<Word, Word> sleeper =
        TaskType.io(
            "sleeper",
            Word.class,
            Word.class,
            (run, word) -> {
              ran.add(word.text());
              run.awaitSignal("go", Duration.ofHours(1));
              return word;
            });
    try (var site = new Site(folder).start(sleeper)) {
      TaskId first = site.tasks.submit(sleeper, new Word("first"), LAST).id();
      site.awaitState(first, TaskState.WAITING);
      site.tasks.submit(sleeper, new Word("second"), replacing(Part.INPUT));
      assertThat(input(site, first)).isEqualTo("first");
      TaskId behind = site.tasks.submit(sleeper, new Word("third"), LAST).id();
      assertThat(behind).isNotEqualTo(first);
      site.tasks.signal(first, "go", null);
      site.awaitEnd(first);
      site.tasks.signal(behind, "go", null);
      site.awaitEnd(behind);
      // Its second signal may be there before it is awaited.
      assertThat(ran).startsWith("first", "first", "third").doesNotContain("second");
    }
  }

  @Test
  void debouncePutsItOffAndKeepsTheLastInput() throws Exception {
    var note = noting();
    var clock = new ManualClock(Instant.parse("2026-11-20T10:00:00Z"));
    SubmitOptions debounced =
        KEYED.withDelay(MINUTE).withOnDuplicate(OnDuplicate.debounce(Duration.ofSeconds(150)));
    try (var site = new Site(folder, config -> config, clock).start(note)) {
      Instant begin = clock.instant();
      TaskId id = site.tasks.submit(note, new Word("0"), debounced).id();
      for (int i = 1; i <= 3; i++) {
        clock.advance(Duration.ofSeconds(40));
        site.tasks.wakeTimer();
        Submitted again = site.tasks.submit(note, new Word("" + i), debounced);
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.duplicate()).isTrue();
        assertThat(again.state()).isEqualTo(TaskState.SCHEDULED);
        Instant due = begin.plusSeconds(Math.min(40L * i + 60, 150));
        assertThat(site.tasks.find(id).orElseThrow().runAt()).isEqualTo(due);
      }
      assertThat(ran).isEmpty();
      assertThat(site.count("default", TaskState.SCHEDULED)).isEqualTo(1);
      clock.advance(Duration.ofSeconds(30));
      site.tasks.wakeTimer();
      site.awaitEnd(id);
      assertThat(ran).containsExactly("3");
      assertThat(site.tasks.submit(note, new Word("4"), debounced).duplicate()).isFalse();
    }
  }

  @Test
  void expiryMovesWithTheDueTime() throws Exception {
    var note = noting();
    var clock = new ManualClock(Instant.parse("2026-11-20T10:00:00Z"));
    SubmitOptions debounced =
        KEYED.withDelay(MINUTE).withExpiry(MINUTE).withOnDuplicate(OnDuplicate.debounce());
    try (var site = new Site(folder, config -> config, clock).start(note)) {
      TaskId id = site.tasks.submit(note, new Word("0"), debounced).id();
      clock.advance(Duration.ofSeconds(50));
      site.tasks.submit(note, new Word("1"), debounced);
      assertThat(site.tasks.find(id).orElseThrow().expiresAt())
          .isEqualTo(Instant.parse("2026-11-20T10:02:50Z"));
      clock.advance(Duration.ofSeconds(121));
      site.tasks.wakeTimer();
      site.awaitState(id, TaskState.CANCELLED);
    }
  }

  @Test
  void theLastInputRunsBehindTheOneThatRuns() throws Exception {
    var slow = slow();
    try (var site = new Site(folder).start(slow)) {
      TaskId first = site.tasks.submit(slow, new Word("first"), LAST).id();
      Signal.awaitUntil("it runs", () -> !ran.isEmpty());
      Submitted second = site.tasks.submit(slow, new Word("second"), LAST);
      assertThat(second.duplicate()).isFalse();
      assertThat(second.state()).isEqualTo(TaskState.WAITING);
      assertThat(site.tasks.find(second.id()).orElseThrow().waitsFor()).isEqualTo("task " + first);
      SubmittedAll more =
          site.tasks.submitAll(slow, List.of(new Word("third"), new Word("fourth")), LAST);
      assertThat(more.ids()).containsOnly(second.id());
      assertThat(input(site, second.id())).isEqualTo("fourth");
      assertThat(site.count("default", TaskState.WAITING)).isEqualTo(1);

      mayEnd.release();
      site.awaitEnd(first);
      Signal.awaitUntil("the next one runs", () -> ran.size() == 2);
      assertThat(site.tasks.find(second.id()).orElseThrow().uniqueKey()).isEqualTo("report");
      TaskId third = site.tasks.submit(slow, new Word("fifth"), LAST).id();
      assertThat(third).isNotEqualTo(second.id());
      mayEnd.release(10);
      site.awaitEnd(third);
      assertThat(ran).containsExactly("first", "fourth", "fifth");
      assertThat(site.count("default", TaskState.WAITING)).isZero();
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(3);
    }
  }

  @Test
  void oneThatIsKeptBehindOutlivesACrash() throws Exception {
    var slow = slow();
    TaskId behind;
    var dying = new Site(folder).start(slow);
    dying.tasks.submit(slow, new Word("first"), LAST);
    Signal.awaitUntil("it runs", () -> !ran.isEmpty());
    behind = dying.tasks.submit(slow, new Word("second"), LAST).id();
    dying.die();
    ran.clear();
    mayEnd.release(10);
    try (var site = new Site(folder).start(slow)) {
      site.awaitEnd(behind);
      assertThat(ran).containsExactly("first", "second");
    }
  }

  @Test
  void oneThatIsKeptBehindIsDebouncedAndCancelled() throws Exception {
    var slow = slow();
    SubmitOptions debounced =
        KEYED.withDelay(MINUTE).withOnDuplicate(OnDuplicate.debounce(Duration.ofHours(1)));
    try (var site = new Site(folder).start(slow)) {
      TaskId first = site.tasks.submit(slow, new Word("first"), KEYED).id();
      Signal.awaitUntil("it runs", () -> !ran.isEmpty());
      TaskId cancelled = site.tasks.submit(slow, new Word("second"), debounced).id();
      site.tasks.cancel(cancelled);
      Submitted behind = site.tasks.submit(slow, new Word("third"), debounced);
      assertThat(behind.duplicate()).isFalse();
      site.tasks.submit(
          slow, new Word("fourth"), replacing(Part.INPUT, Part.PRIORITY).withPriority(2));
      mayEnd.release(10);
      site.awaitEnd(first);
      site.awaitState(behind.id(), TaskState.SCHEDULED);
      TaskView waiting = site.tasks.find(behind.id()).orElseThrow();
      assertThat(waiting.runAt()).isAfter(Instant.now().plusSeconds(30));
      assertThat(waiting.uniqueKey()).isEqualTo("report");
      assertThat(waiting.priority()).isEqualTo(2);
      assertThat(site.count("default", TaskState.SCHEDULED)).isEqualTo(1);
      site.tasks.retry(behind.id());
      site.awaitEnd(behind.id());
      assertThat(ran).containsExactly("first", "fourth");
    }
  }

  @Test
  void manyOfOneKeyInOneCommitAreOneTask() throws Exception {
    var note = noting();
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      List<Word> words = IntStream.range(0, 500).mapToObj(i -> new Word("w" + i)).toList();
      SubmittedAll all = site.tasks.submitAll(note, words, LAST);
      assertThat(all.ids()).containsOnly(all.ids().getFirst());
      assertThat(site.count("default", TaskState.READY)).isEqualTo(1);
      site.tasks.submitAll(
          note,
          words,
          replacing(Part.INPUT, Part.DUE, Part.QUEUE).withDelay(MINUTE).withQueue("later"));
      assertThat(site.count("default", TaskState.READY)).isZero();
      assertThat(site.count("later", TaskState.SCHEDULED)).isEqualTo(1);
      site.tasks.retry(all.ids().getFirst());
      site.awaitEnd(all.ids().getFirst());
      assertThat(ran).containsExactly("w499");
    }
  }

  @Test
  void whatIsRolledBackIsAsBefore() throws Exception {
    var note = noting();
    try (var site = new Site(folder).start(note)) {
      site.tasks.pause("default");
      TaskId first = site.tasks.submit(note, new Word("first"), KEYED).id();
      assertThatThrownBy(() ->
              site.store.write(tx -> {
                site.tasks.submit(tx, note, new Word("second"), replacing(Part.INPUT));
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      site.tasks.resume("default");
      site.awaitEnd(first);
      assertThat(ran).containsExactly("first");
    }
  }

  @Test
  void inputsStayEncryptedAndAreFoundAsTheyAre() throws Exception {
    var plain = noting();
    var secret = TaskType.io("secret", Word.class, Word.class, (_, word) -> word).withEncryption();
    var keys = Encryption.NONE.withKey("k1", new byte[Encryption.KEY_BYTES]);
    try (var site = new Site(folder, keys).start(plain, secret)) {
      site.tasks.pause("default");
      TaskId hidden = site.tasks.submit(secret, new Word("before"), LAST).id();
      site.tasks.submit(secret, new Word("afterwards"), LAST);
      assertThat(input(site, hidden)).isEqualTo("afterwards");
      String stored =
          site.store.read(view ->
              view.find(
                      "SELECT input FROM tasks WHERE id = ?", row -> row.getString(1), hidden.key())
                  .orElseThrow());
      assertThat(Vault.isSealed(stored)).isTrue();
      TaskId seen = site.tasks.submit(plain, new Word("before"), LAST).id();
      site.tasks.submit(plain, new Word("afterwards"), LAST);
      var filter = TaskFilter.all();
      assertThat(site.tasks.list(filter.withInput("before"), 10, null).items()).isEmpty();
      assertThat(site.tasks.list(filter.withInput("afterwards"), 10, null).items())
          .extracting(TaskView::id)
          .containsExactly(seen);
      site.tasks.resume("default");
      assertThat(site.awaitEnd(hidden).output().path("text").asString()).isEqualTo("afterwards");
    }
  }

  @Test
  void refusalsSayWhatBelongsTogether() {
    assertThatThrownBy(() -> SubmitOptions.defaults().withOnDuplicate(OnDuplicate.keepLast()))
        .hasMessageContaining("Give the uniqueKey");
    assertThatThrownBy(() -> KEYED.withOnDuplicate(OnDuplicate.debounce()))
        .hasMessageContaining("Give the delay");
    assertThatThrownBy(
            () -> KEYED.withUniqueKey("x", MINUTE).withOnDuplicate(OnDuplicate.keepLast()))
        .hasMessageContaining("Leave uniqueFor out");
    assertThatThrownBy(() -> LAST.withAfter(new TaskId(1 << 20)))
        .hasMessageContaining("Give either after or onDuplicate");
    assertThatThrownBy(() -> new OnDuplicate(OnDuplicate.Action.REPLACE, java.util.Set.of(), null))
        .hasMessageContaining("Give parts with replace");
    assertThatThrownBy(() -> OnDuplicate.debounce(Duration.ZERO))
        .hasMessageContaining("onDuplicate/atMost");
  }

  /** Whatever happens at once: the last input of each key is the last one that runs. */
  @Test
  void theLastInputIsNeverLost() throws Exception {
    int keys = 4;
    Map<String, String> last = new ConcurrentHashMap<>();
    var doubled = Collections.synchronizedList(new ArrayList<String>());
    Map<String, Integer> atWork = new ConcurrentHashMap<>();
    TaskType<Word, Word> type =
        TaskType.io(
            "last",
            Word.class,
            Word.class,
            (_, word) -> {
              String key = word.text().split(":")[0];
              if (atWork.merge(key, 1, Integer::sum) > 1) {
                doubled.add(word.text());
              }
              last.put(key, word.text());
              Thread.yield();
              atWork.merge(key, -1, Integer::sum);
              if (word.text().endsWith("7")) {
                throw new FatalFailure("seven");
              }
              return word;
            });
    try (var site = new Site(folder).start(type);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int key = 0; key < keys; key++) {
        String name = "key" + key;
        SubmitOptions options =
            SubmitOptions.defaults().withUniqueKey(name).withOnDuplicate(OnDuplicate.keepLast());
        threads.submit(() -> {
          for (int i = 0; i <= 400; i++) {
            site.tasks.submit(type, new Word(name + ":" + i), options);
          }
        });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      Signal.awaitUntil(
          "the last of each key have run",
          () ->
              IntStream.range(0, keys)
                  .allMatch(key -> ("key" + key + ":400").equals(last.get("key" + key))));
      Signal.awaitUntil(
          "nothing is left",
          () ->
              site.count("default", TaskState.READY)
                      + site.count("default", TaskState.RUNNING)
                      + site.count("default", TaskState.WAITING)
                  == 0);
      assertThat(doubled).isEmpty();
      long left =
          site.store.read(view ->
              view.number("SELECT count(*) FROM tasks")
                  + view.number("SELECT count(*) FROM task_followers"));
      assertThat(left).isZero();
    }
  }
}
