package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a queue is shared between tenants. */
class FairnessTest {
  @TempDir Path folder;

  /** What was started, in order; the text of a task is its tenant and number. */
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

  private void submit(Site site, String tenant, int count) {
    var words = new ArrayList<Word>();
    for (int i = 0; i < count; i++) {
      words.add(new Word(tenant + " " + i));
    }
    site.tasks.submitAll(noted, words, SubmitOptions.defaults().withTenant(tenant));
  }

  private void drain(Site site, int count) throws InterruptedException {
    site.tasks.limitConcurrency("default", 1);
    site.tasks.resume("default");
    Signal.awaitUntil("all ran", () -> order.size() == count);
  }

  private long startsOf(String tenant, int first) {
    return order.subList(0, first).stream().filter(text -> text.startsWith(tenant + " ")).count();
  }

  @Test
  void fewTasksOfOneTenantDoNotWaitBehindManyOfAnother() throws Exception {
    try (var site = new Site(folder, c -> c.withWindow(200, 1 << 20)).start(noted)) {
      site.tasks.pause("default");
      submit(site, "a", 3_000);
      submit(site, "b", 10);
      drain(site, 3_010);
      assertThat(startsOf("b", 25)).isEqualTo(10);
      assertThat(order.stream().filter(text -> text.startsWith("a")))
          .containsExactlyElementsOf(
              java.util.stream.IntStream.range(0, 3_000).mapToObj(i -> "a " + i).toList());
    }
  }

  @Test
  void startsAreSharedByWeightAlsoAfterARestart() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      site.tasks.pause("default");
      submit(site, "a", 1_500);
      submit(site, "b", 1_500);
      site.tasks.tenants().weigh("b", 9);
      site.tasks.tenants().weigh("b", "default", 3);
      site.tasks.tenants().weigh("c", "other", 1_000);
    }
    try (var site = new Site(folder).start(noted)) {
      assertThat(site.tasks.tenants().find("b")).isEqualTo(view("b", 9, Map.of("default", 3)));
      submit(site, "c", 700);
      Signal.awaitUntil(
          "all are in memory",
          () ->
              site.meters.get("millrace.tasks.window").tag("queue", "default").gauge().value()
                  == 3_700);
      drain(site, 3_700);
      assertThat(startsOf("a", 1_500)).isBetween(270L, 330L);
      assertThat(startsOf("b", 1_500)).isBetween(870L, 930L);
      assertThat(startsOf("c", 1_500)).isBetween(270L, 330L);
    }
  }

  @Test
  void weightTakesEffectWhileTheQueueWorks() throws Exception {
    var gate = new CountDownLatch(1);
    var half = new Signal("half of it");
    var type =
        TaskType.io(
            "noted",
            Word.class,
            Length.class,
            (_, word) -> {
              order.add(word.text());
              if (order.size() == 400) {
                half.raise();
                gate.await();
              }
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      site.tasks.pause("default");
      submit(site, "a", 1_000);
      submit(site, "b", 1_000);
      site.tasks.limitConcurrency("default", 1);
      site.tasks.resume("default");
      half.await();
      assertThat(startsOf("a", 400)).isBetween(199L, 201L);
      site.tasks.tenants().weigh("a", 4);
      gate.countDown();
      Signal.awaitUntil("all ran", () -> order.size() == 2_000);
      assertThat(startsOf("a", 900) - startsOf("a", 400)).isBetween(398L, 402L);
    }
  }

  /** Many tenants, a window of a few tasks each, kept and cancelled and failing ones. */
  @Test
  void everyTaskOfManyTenantsRunsOnceThroughATinyWindow() {
    Seed.current()
        .run(random -> {
          order.clear();
          try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(noted)) {
            var counts = new HashMap<String, Integer>();
            int total = 0;
            for (int i = 0; i < 150; i++) {
              String tenant = "t" + random.nextInt(60);
              int some = random.nextInt(1, 40);
              if (i % 3 == 0) {
                site.tasks.tenants().weigh(tenant, random.nextInt(1, 20));
              }
              int from = counts.merge(tenant, some, Integer::sum) - some;
              var words = new ArrayList<Word>();
              for (int n = from; n < from + some; n++) {
                words.add(new Word(tenant + " " + n));
              }
              site.tasks.submitAll(
                  noted,
                  words,
                  SubmitOptions.defaults().withTenant(tenant).withPriority(random.nextInt(10)));
              total += some;
            }
            int all = total;
            Signal.awaitUntil("all ran", () -> site.count("default", TaskState.SUCCEEDED) == all);
            assertThat(order).hasSize(all).doesNotHaveDuplicates();
          }
        });
  }

  @Test
  void weightsAreCheckedListedAndTakenBack() throws Exception {
    try (var site = new Site(folder).start(noted)) {
      Tenants tenants = site.tasks.tenants();
      assertThatThrownBy(() -> tenants.weigh("a", 0)).hasMessageContaining("weight '0'");
      assertThatThrownBy(() -> tenants.weigh("a", 1_001)).hasMessageContaining("1 to 1000");
      assertThatThrownBy(() -> tenants.weigh("a", "No Queue", 1)).hasMessageContaining("No Queue");
      tenants.weigh("a", 2);
      tenants.weigh("b", "x", 3);
      site.tasks.pause("default");
      submit(site, "c", 1);
      TenantPage first = tenants.list(2, null);
      assertThat(first.items()).extracting(TenantView::name).containsExactly("a", "b");
      assertThat(tenants.list(2, first.next()).items()).containsExactly(view("c", 1, Map.of()));
      tenants.forget("a");
      assertThat(tenants.find("a").weight()).isEqualTo(1);
      assertThat(site.tasks.await(TaskId.parse(id(site)), Duration.ofMillis(10))).isEmpty();
    }
  }

  private static String id(Site site) {
    return site.tasks.list(TaskFilter.all(), 1, null).items().getFirst().id().toString();
  }

  private static TenantView view(String name, int weight, Map<String, Integer> queues) {
    return new TenantView(
        name, weight, queues, List.of("default"), 0, false, List.of(), null, null);
  }
}
