package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many run at once. */
class LimitTest {
  @TempDir Path folder;

  private final List<CountDownLatch> gates = Collections.synchronizedList(new ArrayList<>());
  private final List<String> started = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void release() {
    gates.forEach(CountDownLatch::countDown);
  }

  /** Counts who is in its handlers, and the most there ever were. */
  private static final class Meter {
    final AtomicInteger now = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    void enter() {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void leave() {
      now.decrementAndGet();
    }
  }

  /** A type whose handlers end when {@link #letGo} is called for their text. */
  private TaskType<Word, Length> held(String name) {
    return TaskType.io(
        name,
        Word.class,
        Length.class,
        (_, word) -> {
          var gate = new CountDownLatch(1);
          gates.add(gate);
          started.add(word.text());
          gate.await();
          return null;
        });
  }

  private void letGo(int count) throws InterruptedException {
    Signal.awaitUntil("handlers", () -> gates.size() >= count);
    for (int i = 0; i < count; i++) {
      gates.removeFirst().countDown();
    }
  }

  private void awaitStarted(String... texts) throws InterruptedException {
    Signal.awaitUntil(List.of(texts) + " of " + started, () -> started.size() >= texts.length);
    assertThat(started).containsExactlyInAnyOrder(texts);
  }

  private static TaskId submit(Site site, TaskType<Word, ?> type, String text, String key) {
    return site.tasks.submit(type, new Word(text), SubmitOptions.defaults().withKey(key)).id();
  }

  private static void awaitWaiting(Site site, TaskId id, String what) throws InterruptedException {
    Signal.awaitUntil(
        id + " waits for " + what, () -> what.equals(site.tasks.find(id).orElseThrow().waitsFor()));
  }

  @Test
  void tasksBeyondALimitWaitForItAndGoOnInTheOrderOfTheirRanks() throws Exception {
    TaskType<Word, Length> type = held("narrow").withConcurrency(2);
    try (var site = new Site(folder).start(type)) {
      var ids = new ArrayList<TaskId>();
      for (String text : List.of("a", "b", "c", "d")) {
        ids.add(submit(site, type, text, "k"));
      }
      awaitStarted("a", "b");
      awaitWaiting(site, ids.get(3), "limit type.narrow");
      assertThat(site.tasks.find(ids.get(3)).orElseThrow().state()).isEqualTo(TaskState.WAITING);
      // One that comes while others wait goes behind them in its own commit, or before by priority.
      Submitted behind = site.tasks.submit(type, new Word("e"));
      assertThat(behind.state()).isEqualTo(TaskState.WAITING);
      site.tasks.submit(type, new Word("urgent"), SubmitOptions.defaults().withPriority(0));
      LimitView view = site.tasks.limits().find("type.narrow").orElseThrow();
      assertThat(view.declared()).isTrue();
      assertThat(view.running()).isEqualTo(2);
      assertThat(view.waiting()).isEqualTo(4);
      letGo(1);
      awaitStarted("a", "b", "urgent");
      letGo(1);
      awaitStarted("a", "b", "urgent", "c");
      letGo(2);
      awaitStarted("a", "b", "urgent", "c", "d", "e");
      letGo(2);
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      assertThat(site.awaitEnd(behind.id()).waitsFor()).isNull();
      Signal.awaitUntil(
          "none runs", () -> site.tasks.limits().find("type.narrow").orElseThrow().running() == 0);
    }
  }

  @Test
  void limitOfKeysHoldsForEachKeyAndNotForTasksWithoutOne() throws Exception {
    TaskType<Word, Length> type = held("keyed").withConcurrencyPerKey(1);
    try (var site = new Site(folder).start(type)) {
      submit(site, type, "x1", "x");
      TaskId second = submit(site, type, "x2", "x");
      submit(site, type, "y1", "y y");
      TaskId other = submit(site, type, "y2", "y y");
      site.tasks.submit(type, new Word("free 1"));
      site.tasks.submit(type, new Word("free 2"));
      awaitStarted("x1", "y1", "free 1", "free 2");
      awaitWaiting(site, second, "limit key.keyed x");
      awaitWaiting(site, other, "limit key.keyed y y");
      letGo(4);
      awaitStarted("x1", "y1", "free 1", "free 2", "x2", "y2");
    }
  }

  @Test
  void waitingTaskIsCancelledAndCostsNoWakeUp() throws Exception {
    TaskType<Word, Length> type = held("narrow").withConcurrency(1);
    try (var site = new Site(folder).start(type)) {
      submit(site, type, "a", "k");
      TaskId b = submit(site, type, "b", "k");
      awaitWaiting(site, b, "limit type.narrow");
      TaskId c = submit(site, type, "c", "k");
      assertThat(site.tasks.cancel(b)).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(b).state()).isEqualTo(TaskState.CANCELLED);
      letGo(1);
      awaitStarted("a", "c");
      letGo(1);
      assertThat(site.awaitEnd(c).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void limitsAreSetRaisedLoweredAndRemovedWhileTasksRun() throws Exception {
    TaskType<Word, Length> type = held("plain");
    try (var site = new Site(folder).start(type)) {
      submit(site, type, "a", "k");
      submit(site, type, "b", "k");
      awaitStarted("a", "b");
      TaskLimits limits = site.tasks.limits();
      limits.set(Limit.ofType("mine", "plain").withConcurrency(1));
      assertThat(limits.find("mine").orElseThrow().running()).isEqualTo(2);
      TaskId c = submit(site, type, "c", "k");
      awaitWaiting(site, c, "limit mine");
      submit(site, type, "d", "k");
      submit(site, type, "e", "k");
      letGo(1);
      Signal.awaitUntil("one ended", () -> limits.find("mine").orElseThrow().running() == 1);
      assertThat(started).hasSize(2);
      limits.set(Limit.ofType("mine", "plain").withConcurrency(3));
      awaitStarted("a", "b", "c", "d");
      limits.set(Limit.perKey("mine").withConcurrency(1));
      TaskId f = submit(site, type, "f", "k");
      awaitWaiting(site, f, "limit mine k");
      limits.remove("mine");
      awaitStarted("a", "b", "c", "d", "e", "f");
      assertThat(limits.list()).isEmpty();
      assertThatThrownBy(() -> limits.remove("mine")).hasMessageContaining("'mine'");
      letGo(5);
      assertThat(site.awaitEnd(f).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void limitThatIsSetTakesThePlaceOfADeclaredOneUntilItIsRemovedAlsoAfterARestart()
      throws Exception {
    TaskType<Word, Length> type = held("narrow").withConcurrency(1).withRate(100_000, ofSecond());
    try (var site = new Site(folder).start(type)) {
      site.tasks.limits().set(Limit.ofType("type.narrow", "narrow").withConcurrency(2));
    }
    try (var site = new Site(folder).start(type)) {
      assertThat(site.tasks.limits().list())
          .containsExactly(
              new LimitView(Limit.ofType("type.narrow", "narrow").withConcurrency(2), false, 0, 0));
      submit(site, type, "a", "k");
      submit(site, type, "b", "k");
      TaskId c = submit(site, type, "c", "k");
      awaitStarted("a", "b");
      awaitWaiting(site, c, "limit type.narrow");
      site.tasks.limits().remove("type.narrow");
      assertThat(site.tasks.limits().find("type.narrow").orElseThrow().limit())
          .isEqualTo(type.limits().getFirst());
      letGo(2);
      awaitStarted("a", "b", "c");
    }
  }

  private static java.time.Duration ofSecond() {
    return java.time.Duration.ofSeconds(1);
  }

  @Test
  void refusesLimitsThatSayNothing() throws Exception {
    try (var site = new Site(folder).start()) {
      TaskLimits limits = site.tasks.limits();
      assertThatThrownBy(() -> limits.set(Limit.ofQueue("x", "default")))
          .hasMessageContaining("concurrency");
      assertThat(new Limit("x", null, null, false, 1, null).limitsParts()).isTrue();
      assertThatThrownBy(() -> Limit.perKey("X Y")).hasMessageContaining("name 'X Y'");
      assertThatThrownBy(() -> Limit.perKey("x").withConcurrency(0))
          .hasMessageContaining("concurrency '0'");
      assertThatThrownBy(() -> Limit.perKey("x").withRate(0, ofSecond()))
          .hasMessageContaining("count '0'");
      assertThatThrownBy(() -> Limit.perKey("x").withRate(1, ofSecond().negated()))
          .hasMessageContaining("per 'PT-1S'");
    }
  }

  @Test
  void limitOfAQueueHoldsWithoutAnybodyWaitingForIt() throws Exception {
    TaskType<Word, Length> type = held("plain");
    try (var site = new Site(folder).start(type)) {
      site.tasks.limits().set(Limit.ofQueue("few", "default").withConcurrency(1));
      submit(site, type, "a", "k");
      TaskId b = submit(site, type, "b", "k");
      awaitStarted("a");
      assertThat(site.tasks.find(b).orElseThrow().state()).isEqualTo(TaskState.READY);
      assertThat(site.tasks.queues().getFirst().limits()).hasSize(1);
      site.tasks.limits().remove("few");
      awaitStarted("a", "b");
    }
  }

  /** A paused queue must not keep what tasks of other queues could use. */
  @Test
  void pausedQueueHoldsNoLimitUp() throws Exception {
    TaskType<Word, Length> type = held("narrow").withConcurrency(1);
    try (var site = new Site(folder).start(type)) {
      submit(site, type, "a", "k");
      TaskId b = submit(site, type, "b", "k");
      awaitWaiting(site, b, "limit type.narrow");
      site.tasks.submit(type, new Word("c"), SubmitOptions.defaults().withQueue("other"));
      site.tasks.pause("default");
      letGo(1);
      awaitStarted("a", "c");
      assertThat(site.tasks.find(b).orElseThrow().state()).isEqualTo(TaskState.READY);
      site.tasks.resume("default");
      awaitWaiting(site, b, "limit type.narrow");
      letGo(1);
      awaitStarted("a", "c", "b");
    }
  }

  /** The process is lost and found again and again; each time the limits hold from the start. */
  @Test
  void limitsHoldAcrossCrashes() {
    Seed.current()
        .run(random -> {
          var meters = new ConcurrentHashMap<String, Meter>();
          var done = ConcurrentHashMap.<String>newKeySet();
          var lives = new AtomicInteger();
          var ids = new ArrayList<TaskId>();
          for (int round = 0; round < 4; round++) {
            int life = lives.incrementAndGet();
            meters.clear(); // The handlers of a process that is gone do not count.
            var type =
                TaskType.io(
                        "metered",
                        Word.class,
                        Length.class,
                        (run, word) -> {
                          Meter all = meters.computeIfAbsent("all " + life, _ -> new Meter());
                          Meter own =
                              meters.computeIfAbsent(
                                  run.key().orElseThrow() + " " + life, _ -> new Meter());
                          all.enter();
                          own.enter();
                          try {
                            Thread.sleep(1);
                            if (lives.get() == life) {
                              done.add(word.text());
                            }
                            return null;
                          } finally {
                            own.leave();
                            all.leave();
                          }
                        })
                    .withConcurrency(6)
                    .withConcurrencyPerKey(2);
            boolean last = round == 3;
            Site site = new Site(folder, c -> c.withTrialTime(ofSecond())).start(type);
            for (int i = 0; i < 150; i++) {
              ids.add(submit(site, type, "task " + ids.size(), "k" + random.nextInt(5)));
            }
            if (last) {
              for (TaskId id : ids) {
                assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
              }
              assertThat(done).hasSize(600);
              site.close();
            } else {
              int enough = random.nextInt(10, 120) + round * 60;
              Signal.awaitUntil("some are done", () -> done.size() >= enough);
              site.die();
            }
            meters.forEach((name, meter) ->
                assertThat(meter.most.get())
                    .as(name)
                    .isLessThanOrEqualTo(name.startsWith("all") ? 6 : 2));
          }
        });
  }

  /** Limits that overlap and change all the time, cancellations, failures, pauses: all come out. */
  @Test
  void nobodyIsForgottenWhateverHappens() {
    Seed.current()
        .run(random -> {
          var types = new ArrayList<TaskType<Word, Length>>();
          for (String name : List.of("one", "two")) {
            types.add(
                TaskType.io(
                        name,
                        Word.class,
                        Length.class,
                        (run, word) -> {
                          if (word.text().hashCode() % 5 == 0 && run.attempt() == 1) {
                            throw new IllegalStateException("once");
                          }
                          Thread.yield();
                          return null;
                        })
                    .withRetry(
                        RetryPolicy.defaults()
                            .withDelays(
                                java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(3)))
                    .withConcurrency(3));
          }
          try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20))) {
            site.start(types.get(0), types.get(1));
            var ids = new ArrayList<TaskId>();
            for (int step = 0; step < 400; step++) {
              switch (random.nextInt(12)) {
                case 0 ->
                    site.tasks
                        .limits()
                        .set(Limit.perKey("keys").withConcurrency(random.nextInt(1, 4)));
                case 1 ->
                    site.tasks
                        .limits()
                        .set(
                            Limit.ofType("mixed", "one")
                                .inQueue("q" + random.nextInt(2))
                                .withConcurrency(random.nextInt(1, 3)));
                case 2 -> {
                  if (site.tasks.limits().find("mixed").isPresent()) {
                    site.tasks.limits().remove("mixed");
                  }
                }
                case 3 -> {
                  if (!ids.isEmpty()) {
                    cancel(site, ids.get(random.nextInt(ids.size())));
                  }
                }
                case 4 -> site.tasks.pause("q0");
                case 5 -> site.tasks.resume("q0");
                default -> {
                  int some = random.nextInt(1, 12);
                  for (int i = 0; i < some; i++) {
                    var options =
                        SubmitOptions.defaults()
                            .withKey("k" + random.nextInt(4))
                            .withQueue("q" + random.nextInt(3))
                            .withPriority(random.nextInt(10));
                    ids.add(
                        site.tasks
                            .submit(
                                types.get(random.nextInt(2)), new Word("w" + ids.size()), options)
                            .id());
                  }
                }
              }
            }
            site.tasks.resume("q0");
            for (TaskId id : ids) {
              assertThat(site.awaitEnd(id).state().finished()).isTrue();
            }
            Signal.awaitUntil(
                "nothing counts any more",
                () ->
                    site.tasks.limits().list().stream()
                        .allMatch(view -> view.running() == 0 && view.waiting() == 0));
            Map<TaskState, Long> sum = new HashMap<>();
            site.tasks
                .queues()
                .forEach(queue ->
                    queue.counts().forEach((state, count) -> sum.merge(state, count, Long::sum)));
            assertThat(sum.get(TaskState.WAITING)).isZero();
            assertThat(sum.get(TaskState.SUCCEEDED) + sum.get(TaskState.CANCELLED))
                .isEqualTo(ids.size());
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
  void aKeyMayHaveNumbersOfItsOwnAlsoAfterARestart() throws Exception {
    TaskType<Word, Length> type = held("keyed").withConcurrencyPerKey(1);
    try (var site = new Site(folder).start(type)) {
      submit(site, type, "x1", "x");
      TaskId second = submit(site, type, "x2", "x");
      submit(site, type, "x3", "x");
      submit(site, type, "y1", "y");
      TaskId other = submit(site, type, "y2", "y");
      awaitStarted("x1", "y1");
      awaitWaiting(site, second, "limit key.keyed x");
      site.tasks.limits().setKey(new KeyLimit("key.keyed", "x", 2, null));
      awaitStarted("x1", "y1", "x2");
      KeyLimitView view = site.tasks.limits().keys("key.keyed", 10, null).items().getFirst();
      assertThat(view).isEqualTo(new KeyLimitView(new KeyLimit("key.keyed", "x", 2, null), 2, 1));
      awaitWaiting(site, other, "limit key.keyed y");
      assertThatThrownBy(() -> site.tasks.limits().setKey(new KeyLimit("key.keyd", "x", 2, null)))
          .hasMessageContaining("there is no limit 'key.keyd'");
      letGo(3);
      awaitStarted("x1", "y1", "x2", "x3", "y2");
      letGo(2);
      site.awaitEnd(other);
    }
    started.clear();
    try (var site = new Site(folder).start(type)) {
      List.of("a", "b", "c").forEach(text -> submit(site, type, text, "x"));
      awaitStarted("a", "b");
      site.tasks.limits().removeKey("key.keyed", "x");
      assertThat(site.tasks.limits().keys("key.keyed", 10, null).items()).isEmpty();
      letGo(1);
      Signal.awaitUntil(
          "one runs", () -> site.tasks.limits().find("key.keyed").orElseThrow().running() == 1);
      assertThat(started).hasSize(2);
      letGo(1);
      awaitStarted("a", "b", "c");
      letGo(1);
      assertThatThrownBy(() -> site.tasks.limits().removeKey("key.keyed", "x"))
          .hasMessageContaining("has no numbers of its own");
      site.tasks.limits().set(Limit.ofType("all", "keyed").withConcurrency(9));
      assertThatThrownBy(() -> site.tasks.limits().setKey(new KeyLimit("all", "x", 2, null)))
          .hasMessageContaining("does not hold for each key");
    }
  }

  @Test
  void theNumbersOfKeysGoWithTheirLimitButStayWithOneThatCodeDeclares() throws Exception {
    TaskType<Word, Length> type = held("keyed").withConcurrencyPerKey(1);
    try (var site = new Site(folder).start(type)) {
      TaskLimits limits = site.tasks.limits();
      limits.set(Limit.perKey("hosts").withConcurrency(4));
      limits.set(Limit.perKey("key.keyed").onType("keyed").withConcurrency(2));
      limits.setKey(new KeyLimit("hosts", "x", 9, null));
      limits.setKey(new KeyLimit("key.keyed", "x", 9, null));
      limits.remove("hosts");
      limits.remove("key.keyed");
      limits.set(Limit.perKey("hosts").withConcurrency(4));
      assertThat(limits.keys("hosts", 10, null).items()).isEmpty();
      assertThat(limits.keys("key.keyed", 10, null).items()).hasSize(1);
    }
  }
}
