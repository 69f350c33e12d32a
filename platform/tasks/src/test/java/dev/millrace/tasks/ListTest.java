package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListTest {
  @TempDir Path folder;

  /** Follows the cursors to the end. */
  private static List<TaskId> all(Tasks tasks, TaskFilter filter, int limit) {
    var ids = new ArrayList<TaskId>();
    String cursor = null;
    do {
      TaskPage page = tasks.list(filter, limit, cursor);
      page.items().forEach(task -> ids.add(task.id()));
      assertThat(page.items().size()).isLessThanOrEqualTo(limit);
      assertThat(page.next()).isNotEqualTo(cursor == null ? "" : cursor);
      cursor = page.next();
    } while (cursor != null);
    return ids;
  }

  @Test
  void pagesHoldExactlyWhatMatchesNewestFirst() {
    Seed.current()
        .run(random -> {
          var clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
          try (var site = new Site(folder, c -> c, clock)) {
            var failing =
                TaskType.io(
                        "fails",
                        Word.class,
                        Length.class,
                        (_, word) -> {
                          throw word.text().equals("fatal")
                              ? new FatalFailure("no")
                              : new IllegalStateException("again");
                        })
                    .withRetry(
                        RetryPolicy.defaults()
                            .withDelays(Duration.ofDays(20), Duration.ofDays(20)));
            site.start(Site.measure(), site.held(), failing);
            var submitted = new ArrayList<TaskId>();
            BatchId batch = site.tasks.batches().open("some", BatchCallbacks.none()).id();
            for (int i = 0; i < 300; i++) {
              var options =
                  SubmitOptions.defaults()
                      .withTags("t" + random.nextInt(4), "all")
                      .withTenant("tenant" + random.nextInt(3))
                      .withKey("key" + random.nextInt(20))
                      .withQueue("q" + random.nextInt(3));
              if (random.nextInt(4) == 0) {
                String type = List.of("fails", "word.measure", "word.held").get(random.nextInt(3));
                var one = new Submission(type, Json.MAPPER.valueToTree(new Word("fatal")), options);
                submitted.addAll(site.tasks.batches().add(batch, List.of(one)).ids());
                continue;
              }
              Submitted made =
                  switch (random.nextInt(6)) {
                    case 0 -> site.tasks.submit(site.held(), new Word("x"), options);
                    case 1 -> site.tasks.submit(failing, new Word("fatal"), options);
                    case 2 -> site.tasks.submit(failing, new Word("x"), options);
                    case 3 ->
                        site.tasks.submit(
                            Site.measure(), new Word("x"), options.withDelay(Duration.ofDays(10)));
                    default -> site.tasks.submit(Site.measure(), new Word("x"), options);
                  };
              submitted.add(made.id());
              if (i % 100 == 99) {
                clock.advance(Duration.ofDays(1));
              }
            }
            // Nothing may change while pages are read.
            site.tasks.pause("q0");
            site.tasks.pause("q1");
            site.tasks.pause("q2");
            dev.millrace.testkit.Signal.awaitUntil(
                "all settled",
                () ->
                    submitted.stream()
                        .map(id -> site.tasks.find(id).orElseThrow())
                        .allMatch(task ->
                            !task.type().equals("fails") && !task.type().equals("word.measure")
                                || task.state() != TaskState.READY
                                    && task.state() != TaskState.RUNNING));
            List<TaskView> tasks =
                submitted.stream().map(id -> site.tasks.find(id).orElseThrow()).toList();
            for (TaskState state : TaskState.values()) {
              check(site, tasks, TaskFilter.all().withStates(state), t -> t.state() == state);
            }
            check(site, tasks, TaskFilter.all(), _ -> true);
            check(
                site,
                tasks,
                TaskFilter.all().withStates(TaskState.DEAD, TaskState.RUNNING),
                t -> t.state() == TaskState.DEAD || t.state() == TaskState.RUNNING);
            check(site, tasks, TaskFilter.all().withQueue("q1"), t -> t.queue().equals("q1"));
            check(
                site,
                tasks,
                TaskFilter.all().withType("fails").withStates(TaskState.DEAD),
                t -> t.type().equals("fails") && t.state() == TaskState.DEAD);
            check(site, tasks, TaskFilter.all().withTag("t2"), t -> t.tags().contains("t2"));
            check(
                site,
                tasks,
                TaskFilter.all().withTag("all").withQueue("q2"),
                t -> t.queue().equals("q2"));
            check(site, tasks, TaskFilter.all().withType("none"), _ -> false);
            check(
                site,
                tasks,
                TaskFilter.all().withTenant("tenant1"),
                t -> in("tenant1", t.tenant()));
            check(
                site,
                tasks,
                TaskFilter.all().withKey("key3").withTag("t1"),
                t -> in("key3", t.key()) && t.tags().contains("t1"));
            TaskFilter counted = TaskFilter.all().withBatch(batch);
            check(site, tasks, counted, t -> batch.equals(t.batch()));
            check(
                site,
                tasks,
                counted.withType("fails").withTenant("tenant2"),
                t ->
                    batch.equals(t.batch())
                        && t.type().equals("fails")
                        && in("tenant2", t.tenant()));
            for (TaskState state : TaskState.values()) {
              check(
                  site,
                  tasks,
                  counted.withStates(state),
                  t -> batch.equals(t.batch()) && t.state() == state);
            }
            for (TaskFilter filter : List.of(counted, counted.withKey("key1").withQueue("q1"))) {
              assertThat(site.tasks.facets(filter).states())
                  .as("%s", filter)
                  .allSatisfy(count ->
                      assertThat(count.count())
                          .as(count.value())
                          .isEqualTo(
                              tasks.stream()
                                  .filter(filter::fits)
                                  .filter(t -> t.state().word().equals(count.value()))
                                  .count()));
            }
          }
        });
  }

  private static boolean in(String wanted, String found) {
    return wanted.equals(found);
  }

  private static void check(
      Site site, List<TaskView> tasks, TaskFilter filter, Predicate<TaskView> matches) {
    List<TaskId> expected =
        tasks.stream().filter(matches).map(TaskView::id).sorted(Comparator.reverseOrder()).toList();
    assertThat(all(site.tasks, filter, 7)).as("%s", filter).isEqualTo(expected);
    assertThat(all(site.tasks, filter, 200)).as("%s", filter).isEqualTo(expected);
  }

  @Test
  void looksForRareTasksInBoundedPieces() {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      site.tasks.pause("rare");
      TaskId first =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withQueue("rare"))
              .id();
      for (int i = 0; i < 5; i++) {
        List<Word> words = Collections.nCopies(10_000, new Word("x"));
        site.tasks.submitAll(Site.measure(), words, SubmitOptions.defaults());
      }
      TaskFilter rare = TaskFilter.all().withQueue("rare");
      TaskPage page = site.tasks.list(rare, 10, null);
      assertThat(page.items()).isEmpty();
      assertThat(page.next()).isNotNull();
      assertThat(all(site.tasks, rare, 10)).containsExactly(first);
    }
  }

  @Test
  void refusesWrongLimitsAndCursors() {
    try (var site = new Site(folder).start(Site.measure())) {
      assertThatThrownBy(() -> site.tasks.list(TaskFilter.all(), 0, null))
          .hasMessageContaining("limit '0'");
      assertThatThrownBy(() -> site.tasks.list(TaskFilter.all(), 10, "??"))
          .hasMessageContaining("'??' is not a cursor");
      assertThat(site.tasks.list(TaskFilter.all(), 10, null))
          .isEqualTo(new TaskPage(List.of(), null, null));
    }
  }
}
