package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilterTest {
  @TempDir Path folder;

  private static List<TaskId> find(Site site, TaskFilter filter) {
    var found = new ArrayList<TaskId>();
    String cursor = null;
    do {
      TaskPage page = site.tasks.list(filter, 50, cursor);
      page.items().forEach(task -> found.add(task.id()));
      cursor = page.next();
    } while (cursor != null);
    return found;
  }

  private static List<TaskId> find(Site site, String text) {
    return find(site, TaskFilter.all().withText(text));
  }

  @Test
  void looksIntoIdTypeTagsUniqueKeyAndError() throws Exception {
    TaskType<Word, Length> fatal =
        TaskType.io(
            "invoice.send",
            Word.class,
            Length.class,
            (_, word) -> {
              throw new FatalFailure("mailbox of " + word.text() + " is full");
            });
    try (var site = new Site(folder)) {
      site.start(Site.measure(), site.held(), fatal);
      SubmitOptions plain = SubmitOptions.defaults();
      TaskId dead = site.tasks.submit(fatal, new Word("李雷"), plain).id();
      site.awaitEnd(dead);
      TaskId tagged =
          site.tasks.submit(Site.measure(), new Word("x"), plain.withTags("100%_\"real\"")).id();
      site.awaitEnd(tagged);
      TaskId waiting =
          site.tasks
              .submit(
                  Site.measure(),
                  new Word("x"),
                  plain.withDelay(Duration.ofDays(1)).withUniqueKey("Order-4711"))
              .id();
      TaskId running =
          site.tasks.submit(site.held(), new Word("x"), plain.withTags("Nightly")).id();
      site.awaitState(running, TaskState.RUNNING);

      assertThat(find(site, "INVOICE")).containsExactly(dead);
      assertThat(find(site, "李雷")).containsExactly(dead);
      assertThat(find(site, "100%_\"REAL")).containsExactly(tagged);
      assertThat(find(site, "100_")).as("no wild cards").isEmpty();
      assertThat(find(site, "[\"")).as("not the JSON of the tags").isEmpty();
      assertThat(find(site, "order-47")).containsExactly(waiting);
      assertThat(find(site, "nightly")).containsExactly(running);
      assertThat(find(site, TaskFilter.all().withStates(TaskState.RUNNING).withText("nightly")))
          .containsExactly(running);
      assertThat(find(site, TaskFilter.all().withStates(TaskState.DEAD).withText("nightly")))
          .isEmpty();
      assertThat(find(site, TaskFilter.all().withTag("Nightly").withText("word.held")))
          .containsExactly(running);
      for (TaskId id : List.of(dead, tagged, waiting, running)) {
        String shown = id.toString();
        assertThat(find(site, shown)).containsExactly(id);
        assertThat(find(site, shown.substring(0, 18).toUpperCase())).contains(id);
        assertThat(find(site, shown.substring(0, 5))).contains(id);
        assertThat(find(site, shown.substring(28))).as("what people see").containsExactly(id);
      }
      assertThat(find(site, "ffffffff")).as("no time ends there").isEmpty();
    }
  }

  @Test
  void goesThroughAllTasksPageByPageWithBoundedWork() {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      TaskId rare =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withTags("needle"))
              .id();
      for (int i = 0; i < 5; i++) {
        List<Word> words = Collections.nCopies(10_000, new Word("x"));
        site.tasks.submitAll(Site.measure(), words, SubmitOptions.defaults());
      }
      TaskPage first = site.tasks.list(TaskFilter.all().withText("needle"), 50, null);
      assertThat(first.items()).isEmpty();
      assertThat(first.next()).as("the look goes on").isNotNull();
      assertThat(find(site, "needle")).containsExactly(rare);
      assertThat(find(site, rare.toString().substring(28))).containsExactly(rare);
    }
  }

  @Test
  void narrowsNewsByWhatTheyTell() throws Exception {
    try (var site = new Site(folder).start(Site.measure());
        TaskWatch watch = site.tasks.watch(TaskFilter.all().withText("wanted"))) {
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("x")).id());
      TaskId wanted =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withTags("Wanted"))
              .id();
      assertThat(watch.take(Duration.ofSeconds(20)))
          .isNotEmpty()
          .allMatch(change -> change.id().equals(wanted));
    }
  }

  @Test
  void narrowsNewsByInputs() throws Exception {
    try (var site = new Site(folder).start(Site.measure());
        TaskWatch watch = site.tasks.watch(TaskFilter.all().withInput("order 4711"))) {
      site.awaitEnd(site.tasks.submit(Site.measure(), new Word("order 12")).id());
      assertThat(watch.take(Duration.ZERO)).isEmpty();
      TaskId wanted = site.tasks.submit(Site.measure(), new Word("Order 4711, express")).id();
      List<TaskChange> told = new ArrayList<>();
      while (told.isEmpty() || told.getLast().state() != TaskState.SUCCEEDED) {
        told.addAll(watch.take(Duration.ofSeconds(20)));
      }
      assertThat(told).allMatch(change -> change.id().equals(wanted));
      watch.close();
      assertThat(watch.take(Duration.ofDays(1))).as("does not wait any more").isEmpty();
    }
  }

  @Test
  void looksIntoInputsWhereverTheirTasksAre() throws Exception {
    try (var site = new Site(folder)) {
      site.start(Site.measure(), site.held());
      TaskId done = site.tasks.submit(Site.measure(), new Word("Order 4711 \"express\"")).id();
      site.awaitEnd(done);
      TaskId later =
          site.tasks
              .submit(
                  Site.measure(),
                  new Word("order 4711 李雷"),
                  SubmitOptions.defaults().withDelay(Duration.ofDays(1)).withTags("late"))
              .id();
      TaskId running = site.tasks.submit(site.held(), new Word("100%")).id();
      site.awaitState(running, TaskState.RUNNING);
      TaskFilter all = TaskFilter.all();
      assertThat(find(site, all.withInput("ORDER 4711"))).containsExactly(later, done);
      assertThat(find(site, all.withInput("李雷"))).containsExactly(later);
      assertThat(find(site, all.withInput("4711 \"express\""))).containsExactly(done);
      assertThat(find(site, all.withInput("{\"text\":\"100%"))).containsExactly(running);
      assertThat(find(site, all.withInput("100%").withStates(TaskState.RUNNING)))
          .containsExactly(running);
      assertThat(find(site, all.withInput("4711").withTag("late"))).containsExactly(later);
      assertThat(find(site, all.withInput("1_0"))).as("no wild cards").isEmpty();
      assertThat(find(site, all.withText("4711"))).as("a text is not for inputs").isEmpty();
      assertThat(
              site.tasks.facets(all.withInput("4711")).states().stream()
                  .mapToLong(TaskFacets.Count::count)
                  .sum())
          .isEqualTo(2);
    }
  }

  @Test
  void findsByWhatATaskIsAbout() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      TaskId id =
          site.tasks
              .submit(Site.measure(), new Word("x"), SubmitOptions.defaults().withKey("Customer-7"))
              .id();
      site.awaitEnd(id);
      assertThat(find(site, "customer-")).containsExactly(id);
    }
  }

  @Test
  void aLookIntoLargeInputsEndsEarlyAndSaysWhere() throws Exception {
    try (var site = new Site(folder).start(Site.measure())) {
      site.tasks.pause("default");
      String large = "x".repeat(900_000);
      TaskId wanted = site.tasks.submit(Site.measure(), new Word("needle")).id();
      for (int i = 0; i < 25; i++) {
        site.tasks.submit(Site.measure(), new Word(large));
      }
      var ticks = new java.util.concurrent.atomic.AtomicLong();
      // A clock on which each look at it is a second: only one piece a page is gone through.
      var lists = site.tasks.listsOn(() -> ticks.addAndGet(1_000_000_000));
      TaskPage first = lists.list(TaskFilter.all().withInput("needle"), 10, null);
      assertThat(first.items()).isEmpty();
      assertThat(first.lookedBackTo()).isNotNull().isAfterOrEqualTo(wanted.createdAt());
      int pages = 1;
      TaskPage page = first;
      while (page.items().isEmpty()) {
        page = lists.list(TaskFilter.all().withInput("needle"), 10, page.next());
        pages++;
      }
      assertThat(page.items()).extracting(TaskView::id).containsExactly(wanted);
      assertThat(page.lookedBackTo()).isNull();
      assertThat(pages).isBetween(3, 5);
    }
  }
}
