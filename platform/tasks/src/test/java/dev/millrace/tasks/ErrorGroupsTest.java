package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures by kind, and what is done to those that are dead of one. */
class ErrorGroupsTest {
  @TempDir Path folder;

  private final AtomicBoolean broken = new AtomicBoolean(true);

  private TaskType<Word, Length> failing(String name, int attempts) {
    return TaskType.io(
            name,
            Word.class,
            Length.class,
            (_, word) -> {
              if (broken.get()) {
                throw new IllegalStateException("no such order: " + word.text());
              }
              return new Length(1);
            })
        .withRetry(
            RetryPolicy.defaults()
                .withAttempts(attempts)
                .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  private static ErrorGroup only(Site site) {
    List<ErrorGroup> groups = site.tasks.errors().list(ErrorFilter.all(), 10, null).items();
    assertThat(groups).hasSize(1);
    return groups.getFirst();
  }

  private static long failures(Site site) {
    return site.tasks.errors().list(ErrorFilter.all(), 10, null).items().stream()
        .mapToLong(ErrorGroup::failures)
        .sum();
  }

  private static TaskPage deadOf(Site site, ErrorGroup group) {
    return site.tasks.list(TaskFilter.all().withTag(ErrorGroup.tag(group.fingerprint())), 50, null);
  }

  @Test
  void countsFailuresOfOneKindTogether() throws Exception {
    var type = failing("order.pay", 3);
    var other = failing("order.send", 1);
    try (var site = new Site(folder).start(type, other)) {
      TaskId first = site.tasks.submit(type, new Word("11")).id();
      site.awaitEnd(first);
      TaskId second = site.tasks.submit(other, new Word("22")).id();
      site.awaitEnd(second);

      ErrorGroup group = only(site);
      assertThat(group.exception()).isEqualTo("java.lang.IllegalStateException");
      assertThat(group.message()).isEqualTo("no such order: #");
      assertThat(group.error()).isEqualTo("IllegalStateException: no such order: 22");
      assertThat(group.trace()).contains("ErrorGroupsTest");
      assertThat(group.failures()).isEqualTo(4);
      assertThat(group.dead()).isEqualTo(2);
      assertThat(group.task()).isEqualTo(second);
      assertThat(group.firstSeen()).isBeforeOrEqualTo(group.lastSeen());
      assertThat(group.types())
          .containsExactly(
              new ErrorGroup.OfType("order.pay", 3, 1), new ErrorGroup.OfType("order.send", 1, 1));
      assertThat(group.hours()).hasSize(24).endsWith(4L);
      assertThat(deadOf(site, group).items())
          .extracting(TaskView::id)
          .containsExactly(second, first);
      assertThat(site.tasks.errors().of(first)).contains(group.fingerprint());
      assertThat(site.tasks.errors().find(group.fingerprint())).contains(group);
    }
  }

  /** As a database of before there were groups; a start gives each dead task its own. */
  @Test
  void tasksThatDiedBeforeThereWereGroupsGetTheirs() throws Exception {
    var type = failing("order.pay", 1);
    var other = failing("order.send", 1);
    int many = 230;
    TaskId fresh;
    try (var site = new Site(folder).start(type, other)) {
      for (int i = 0; i < many; i++) {
        site.tasks.submit(type, new Word(String.valueOf(i)));
      }
      site.tasks.submit(other, new Word("x"));
      Signal.awaitUntil("all are dead", () -> site.count("default", TaskState.DEAD) == many + 1);
      site.store.write(tx -> {
        for (String table :
            List.of("task_errors", "task_error_types", "task_error_hours", "task_dead")) {
          tx.update("DELETE FROM " + table);
        }
        tx.update("DELETE FROM task_tags WHERE tag LIKE 'error:%'");
      });
    }
    try (var site = new Site(folder).start(type, other)) {
      Signal.awaitUntil("all have groups", () -> failures(site) == many + 1);
      List<ErrorGroup> groups = site.tasks.errors().list(ErrorFilter.all(), 10, null).items();
      assertThat(groups).hasSize(2);
      ErrorGroup group =
          groups.stream().filter(each -> each.dead() == many).findFirst().orElseThrow();
      assertThat(group.exception()).isEqualTo("IllegalStateException");
      assertThat(group.message()).isEqualTo("no such order: #");
      assertThat(group.trace()).contains("ErrorGroupsTest");
      assertThat(group.types()).containsExactly(new ErrorGroup.OfType("order.pay", many, many));
      assertThat(deadOf(site, group).items()).hasSize(50);
      TaskId one = deadOf(site, group).items().getFirst().id();
      broken.set(false);
      site.tasks.retry(one);
      assertThat(site.awaitEnd(one).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.errors().find(group.fingerprint()).orElseThrow().dead())
          .isEqualTo(many - 1);
      broken.set(true);
      fresh = site.tasks.submit(type, new Word("7")).id();
      site.awaitEnd(fresh);
    }
    try (var site = new Site(folder).start(type, other)) {
      assertThat(failures(site)).as("nothing is counted twice").isEqualTo(many + 2);
      assertThat(site.tasks.errors().of(fresh)).isPresent();
    }
  }

  @Test
  void successLeavesNoTraceInGroups() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("x")).id());
      assertThat(site.tasks.errors().list(ErrorFilter.all(), 10, null).items()).isEmpty();
    }
  }

  @Test
  void drivenAgainTasksAreDeadNoMore() throws Exception {
    var type = failing("order.pay", 1);
    try (var site = new Site(folder).start(type)) {
      TaskId id = site.tasks.submit(type, new Word("1")).id();
      site.awaitEnd(id);
      broken.set(false);
      site.tasks.retry(id);
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      ErrorGroup group = only(site);
      assertThat(group.dead()).isZero();
      assertThat(group.failures()).isEqualTo(1);
      assertThat(group.types()).containsExactly(new ErrorGroup.OfType("order.pay", 1, 0));
      assertThat(deadOf(site, group).items()).isEmpty();
      assertThat(site.tasks.errors().of(id)).isEmpty();
    }
  }

  @Test
  void discardedTasksAreCancelledWithThoseThatWaitForThem() throws Exception {
    var type = failing("order.pay", 1);
    try (var site = new Site(folder).start(type, Site.measure())) {
      BatchView batch =
          site.tasks
              .batches()
              .submit(
                  "orders",
                  BatchCallbacks.none(),
                  List.of(
                      new Submission(
                          "order.pay",
                          Json.MAPPER.valueToTree(new Word("1")),
                          SubmitOptions.defaults())));
      TaskId id =
          site.tasks.list(TaskFilter.all().withBatch(batch.id()), 10, null).items().getFirst().id();
      TaskId after =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withAfter(id))
              .id();
      site.awaitEnd(id);
      try (TaskWatch watch = site.tasks.watch(id)) {
        site.tasks.discard(id);
        assertThat(watch.take(Duration.ofSeconds(5)))
            .extracting(TaskChange::state)
            .containsExactly(TaskState.CANCELLED);
      }
      assertThat(site.tasks.find(id).orElseThrow().state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.awaitEnd(after).state()).isEqualTo(TaskState.CANCELLED);
      assertThat(site.count("default", TaskState.DEAD)).isZero();
      assertThat(site.count("default", TaskState.CANCELLED)).isEqualTo(2);
      BatchView counted = site.tasks.batches().find(batch.id()).orElseThrow();
      assertThat(counted.dead()).isZero();
      assertThat(counted.cancelled()).isEqualTo(1);
      assertThat(only(site).dead()).isZero();
      assertThatThrownBy(() -> site.tasks.discard(id))
          .hasMessageContaining("is cancelled and cannot be discarded");

      broken.set(false);
      site.tasks.retry(id);
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void refusesToDiscardWhatIsNotDead() throws Exception {
    try (var site = new Site(folder)) {
      var held = site.held();
      site.start(held);
      TaskId id = site.tasks.submit(held, new Word("x")).id();
      site.awaitState(id, TaskState.RUNNING);
      assertThatThrownBy(() -> site.tasks.discard(id))
          .hasMessageContaining("is running and cannot be discarded");
      assertThatThrownBy(() -> site.tasks.discard(new TaskId(5)))
          .hasMessageContaining("there is no task");
    }
  }

  @Test
  void countsSurviveAKilledProcessAndLeaveWithHistory() throws Exception {
    var clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    var type = failing("order.pay", 1);
    var site = new Site(folder, c -> c.withHistory(Duration.ofDays(2), 1_000_000), clock);
    site.start(type);
    TaskId id = site.tasks.submit(type, new Word("1")).id();
    site.awaitEnd(id);
    site.die();
    try (var next =
        new Site(folder, c -> c.withHistory(Duration.ofDays(2), 1_000_000), clock).start(type)) {
      assertThat(only(next).dead()).isEqualTo(1);
      clock.advance(Duration.ofDays(4));
      next.tasks.purgeNow();
      assertThat(next.tasks.find(id)).isEmpty();
      assertThat(next.tasks.errors().list(ErrorFilter.all(), 10, null).items()).isEmpty();
      long left =
          next.store.<Long, RuntimeException>read(view ->
              view.number(
                  "SELECT (SELECT count(*) FROM task_dead) + (SELECT count(*) FROM task_tags)"
                      + " + (SELECT count(*) FROM task_error_types) + (SELECT count(*) FROM"
                      + " task_error_hours)"));
      assertThat(left).isZero();
    } finally {
      site.tasks.close();
    }
  }

  @Test
  void listsByPageStateTypeAndText() throws Exception {
    var types =
        List.of("a", "b", "c").stream()
            .map(name ->
                TaskType.io(
                    name,
                    Word.class,
                    Length.class,
                    (_, word) -> {
                      throw new FatalFailure("broken in " + name);
                    }))
            .toList();
    try (var site = new Site(folder).start(types.toArray(TaskType<?, ?>[]::new))) {
      TaskId last = null;
      for (var type : types) {
        last = site.tasks.submit(type, new Word("x")).id();
        site.awaitEnd(last);
      }
      site.tasks.discard(last);
      ErrorPage first = site.tasks.errors().list(ErrorFilter.all(), 2, null);
      ErrorPage rest = site.tasks.errors().list(ErrorFilter.all(), 2, first.next());
      assertThat(first.items()).hasSize(2);
      assertThat(rest.next()).isNull();
      assertThat(rest.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
      assertThat(messages(site, new ErrorFilter(false, null, null))).containsExactly("broken in c");
      assertThat(messages(site, new ErrorFilter(true, null, "FATAL"))).hasSize(2);
      assertThat(messages(site, new ErrorFilter(null, "b", null))).containsExactly("broken in b");
      assertThat(messages(site, new ErrorFilter(null, null, "IN A")))
          .containsExactly("broken in a");
      assertThatThrownBy(() -> site.tasks.errors().list(ErrorFilter.all(), 2, "x"))
          .hasMessageContaining("'x' is not a cursor");
    }
  }

  private static List<String> messages(Site site, ErrorFilter filter) {
    return site.tasks.errors().list(filter, 10, null).items().stream()
        .map(ErrorGroup::message)
        .toList();
  }

  @Test
  void refusesItsOwnTagsOfOthers() {
    try (var site = new Site(folder).start(Site.measure())) {
      var options = SubmitOptions.defaults().withTags("error:0123456789abcdef");
      assertThatThrownBy(() -> site.tasks.submit(Site.measure(), new Word("x"), options))
          .hasMessageContaining("error:0123456789abcdef")
          .hasMessageContaining("mark what dead tasks died of");
    }
  }

  @Test
  void timeLimitsAndUnknownTypesAreKindsOfTheirOwn() throws Exception {
    var slow =
        TaskType.io(
                "slow",
                Word.class,
                Length.class,
                (_, _) -> {
                  new java.util.concurrent.CountDownLatch(1).await();
                  return null;
                })
            .withTimeLimit(Duration.ofMillis(20))
            .withRetry(RetryPolicy.defaults().withAttempts(1));
    try (var site = new Site(folder).start(slow)) {
      site.awaitEnd(site.tasks.submit(slow, new Word("x")).id());
      assertThat(only(site).exception()).isEqualTo("TimeLimit");
      assertThat(only(site).message()).isEqualTo("the time limit of # was over");
    }
  }

  @Test
  void tooManyKindsAreCountedByTheirException() {
    try (var site = new Site(folder).start()) {
      var store = new ErrorStore(site.store, Instant::now);
      for (int i = 0; i < 5_000; i++) {
        store.committed(List.of("kind" + i));
      }
      var failure = new Failure("new", "java.io.IOException", "m", "e", "t");
      Failure counted = store.bounded(failure, java.util.Set.of());
      assertThat(counted.fingerprint()).isNotEqualTo("new");
      assertThat(counted.message()).isEqualTo("(any message)");
      assertThat(store.bounded(new Failure("kind7", "x", "m", "e", "t"), java.util.Set.of()))
          .extracting(Failure::fingerprint)
          .isEqualTo("kind7");
    }
  }

  @Test
  void countsAreExactHoweverOftenTheProcessDies() throws Exception {
    var type = failing("order.pay", 4);
    var sites = new java.util.ArrayList<Site>();
    try {
      var site = new Site(folder, c -> c.withTrialTime(Duration.ofMillis(1))).start(type);
      sites.add(site);
      var ids = new java.util.ArrayList<TaskId>();
      for (int i = 0; i < 60; i++) {
        ids.add(site.tasks.submit(type, new Word(String.valueOf(i))).id());
      }
      for (int death = 1; death <= 3; death++) {
        long wanted = 50L * death;
        Site dying = site;
        Signal.awaitUntil(wanted + " failures", () -> failures(dying) >= wanted);
        site.die();
        site = new Site(folder, c -> c.withTrialTime(Duration.ofMillis(1))).start(type);
        sites.add(site);
      }
      Site last = site;
      long failed = 0;
      for (TaskId id : ids) {
        assertThat(last.awaitEnd(id).state()).isEqualTo(TaskState.DEAD);
        failed +=
            last.tasks.trail(id).orElseThrow().attempts().stream()
                .filter(attempt ->
                    attempt.outcome() == Transition.Event.FAILED
                        || attempt.outcome() == Transition.Event.GAVE_UP)
                .count();
      }
      ErrorGroup group = only(last);
      assertThat(group.dead()).isEqualTo(60).isEqualTo(last.count("default", TaskState.DEAD));
      assertThat(group.failures()).isEqualTo(failed);
      assertThat(group.types()).containsExactly(new ErrorGroup.OfType("order.pay", failed, 60));
    } finally {
      sites.reversed().forEach(site -> site.tasks.close());
      sites.getLast().close();
    }
  }
}
