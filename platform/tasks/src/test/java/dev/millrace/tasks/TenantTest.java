package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants that are paused, and whose waiting tasks are bounded. */
class TenantTest {
  private static final String QUEUE = TaskType.IO_QUEUE;

  @TempDir Path folder;

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  private final TaskType<Word, Length> noted =
      TaskType.io(
          "noted",
          Word.class,
          Length.class,
          (_, word) -> {
            order.add(word.text());
            return null;
          });

  private static SubmitOptions of(String tenant) {
    return SubmitOptions.defaults().withTenant(tenant);
  }

  private static TaskId submit(Site site, TaskType<Word, ?> type, String tenant) {
    return site.tasks.submit(type, new Word(tenant), of(tenant)).id();
  }

  @Test
  void aPausedTenantStartsNothingAlsoAfterARestartUntilItGoesOn() throws Exception {
    TaskId waits;
    TaskId alone;
    try (var site = new Site(folder).start(noted)) {
      site.tasks.tenants().pause("a");
      waits = submit(site, noted, "a");
      assertThat(site.awaitEnd(submit(site, noted, "b")).state()).isEqualTo(TaskState.SUCCEEDED);
      alone = site.tasks.submit(noted, new Word("a"), of("a").withQueue("other")).id();
      TaskId nobodys = site.tasks.submit(noted, new Word("-")).id();
      assertThat(site.awaitEnd(nobodys).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(order).containsExactly("b", "-");
    }
    try (var site = new Site(folder).start(noted)) {
      assertThat(site.awaitEnd(submit(site, noted, "b")).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.find(waits).orElseThrow().state()).isEqualTo(TaskState.READY);
      TenantView view = site.tasks.tenants().find("a");
      assertThat(view.paused()).isTrue();
      assertThat(view.waitsIn()).containsExactly(QUEUE, "other");
      site.tasks.tenants().pause("a", "other");
      site.tasks.tenants().pause("a", QUEUE);
      site.tasks.tenants().resume("a", QUEUE);
      assertThat(site.tasks.find(waits).orElseThrow().state()).isEqualTo(TaskState.READY);
      site.tasks.tenants().resume("a");
      assertThat(site.awaitEnd(waits).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.awaitEnd(alone).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.tenants().find("a").pausedIn()).isEmpty();
    }
  }

  @Test
  void aPauseInOneQueueLeavesTheOthersAloneAndCostsOtherTenantsNothing() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      site.tasks.limitConcurrency(QUEUE, 1);
      site.tasks.tenants().pause("a", QUEUE);
      var held = new ArrayList<TaskId>();
      for (int i = 0; i < 5; i++) {
        held.add(submit(site, noted, "a"));
      }
      for (int i = 0; i < 5; i++) {
        site.awaitEnd(submit(site, noted, "b"));
      }
      TaskId elsewhere = site.tasks.submit(noted, new Word("a"), of("a").withQueue("other")).id();
      assertThat(site.awaitEnd(elsewhere).state()).isEqualTo(TaskState.SUCCEEDED);
      site.tasks.cancel(held.getFirst());
      assertThat(site.tasks.tenants().find("a").pausedIn()).containsExactly(QUEUE);
      site.tasks.tenants().resume("a", QUEUE);
      for (TaskId id : held.subList(1, 5)) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
    }
  }

  @Test
  void whatAPausedTenantMightStartHoldsUpNobodyElse() throws Exception {
    try (var site = new Site(folder)) {
      TaskType<Word, Length> held = site.held().withConcurrency(1);
      site.start(held, noted);
      TaskId running = submit(site, held, "b");
      site.awaitState(running, TaskState.RUNNING);
      TaskId paused = submit(site, held, "a");
      TaskId behind = submit(site, held, "b");
      Signal.awaitUntil(
          "both wait",
          () -> site.tasks.limits().find("type.word.held").orElseThrow().waiting() == 2);
      site.tasks.tenants().pause("a");
      site.letGo();
      assertThat(site.awaitEnd(behind).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.find(paused).orElseThrow().state().finished()).isFalse();
      site.tasks.tenants().resume("a");
      assertThat(site.awaitEnd(paused).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  @Test
  void tasksBeyondTheBoundOfATenantAreRefusedAlsoAfterARestart() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      site.tasks.pause(QUEUE);
      submit(site, noted, "a");
      site.tasks.tenants().bound("a", 3);
      site.tasks.submit(noted, new Word("later"), of("a").withDelay(Duration.ofHours(1)));
      assertThat(site.tasks.tenants().find("a").waiting()).isEqualTo(2);
      assertThatThrownBy(
              () -> site.tasks.submitAll(noted, List.of(new Word("x"), new Word("y")), of("a")))
          .isInstanceOfSatisfying(
              TaskException.class,
              refused -> assertThat(refused.reason()).isEqualTo(TaskException.Reason.TENANT_FULL))
          .hasMessageContaining("3 tasks of tenant 'a' wait, and 3 may");
      assertThat(site.tasks.tenants().find("a").waiting()).isEqualTo(2);
    }
    try (var site = new Site(folder).start(noted)) {
      site.tasks.submit(noted, new Word("key"), of("a").withUniqueKey("k"));
      assertThatThrownBy(() -> submit(site, noted, "a")).hasMessageContaining("tenant 'a'");
      // One that is there already adds none.
      assertThat(site.tasks.submit(noted, new Word("key"), of("a").withUniqueKey("k")).duplicate())
          .isTrue();
      submit(site, noted, "b");
      site.tasks.resume(QUEUE);
      Signal.awaitUntil("they ran", () -> order.size() == 3);
      Signal.awaitUntil(
          "one waits", () -> Long.valueOf(1).equals(site.tasks.tenants().find("a").waiting()));
      site.awaitEnd(submit(site, noted, "a"));
      site.tasks.tenants().unbound("a");
      assertThat(site.tasks.tenants().find("a").most()).isNull();
    }
  }

  @Test
  void whatRunsDoesNotCountAndItsChildrenAreNotRefused() throws Exception {
    var parent =
        TaskType.io(
            "parent",
            Word.class,
            Length.class,
            (run, _) -> {
              var children = run.children("all", noted, List.of(new Word("1"), new Word("2")));
              return new Length((int) children.batch().succeeded());
            });
    try (var site = new Site(folder)) {
      TaskType<Word, Length> held = site.held();
      site.start(held, noted, parent);
      site.tasks.tenants().bound("a", 1);
      TaskId running = submit(site, held, "a");
      site.awaitState(running, TaskState.RUNNING);
      TaskId done = submit(site, parent, "a");
      assertThat(site.awaitEnd(done).state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(site.tasks.tenants().find("a").waiting()).isZero();
      site.letGo();
      site.awaitEnd(running);

      site.tasks.pause(QUEUE);
      TaskId cancelled = submit(site, noted, "a");
      assertThatThrownBy(() -> submit(site, noted, "a")).hasMessageContaining("Submit again");
      site.tasks.cancel(cancelled);
      TaskId next = submit(site, noted, "a");
      site.tasks.retry(cancelled);
      assertThat(site.tasks.tenants().find("a").waiting()).isEqualTo(2);
      site.tasks.resume(QUEUE);
      site.awaitEnd(next);
      site.awaitEnd(cancelled);
      assertThat(site.tasks.tenants().find("a").waiting()).isZero();
    }
  }
}
