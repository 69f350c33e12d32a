package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pools tell of themselves. */
class PoolTest {
  @TempDir Path folder;

  @Test
  void poolsTellWhatRunsAndWhatHasRun() throws Exception {
    var gate = new CountDownLatch(1);
    var burn =
        TaskType.cpu(
            "burn",
            Word.class,
            Length.class,
            (_, _) -> {
              gate.await();
              return null;
            });
    try (var site = new Site(folder)) {
      site.start(site.held(), burn);
      TaskId io = site.tasks.submit(site.held(), new Word("x")).id();
      TaskId cpu = site.tasks.submit(burn, new Word("x")).id();
      Signal.awaitUntil("one each", () -> running(site).equals(List.of(1, 1)));
      site.letGo();
      gate.countDown();
      site.awaitEnd(io);
      site.awaitEnd(cpu);
      Signal.awaitUntil("none", () -> running(site).equals(List.of(0, 0)));
      assertThat(site.tasks.pools()).extracting(PoolView::name).containsExactly("io", "cpu");
      assertThat(site.tasks.pools()).extracting(PoolView::started).containsExactly(1L, 1L);
      PoolView pool = site.tasks.pools().get(1);
      assertThat(pool.size()).isEqualTo(Runtime.getRuntime().availableProcessors());
      assertThat(pool.workers().stream().mapToLong(worker -> worker.busy().toNanos()).sum())
          .isPositive();
    }
  }

  private static List<Integer> running(Site site) {
    return site.tasks.pools().stream().map(PoolView::running).toList();
  }

  /** A queue that is never empty must not keep the workers from another one. */
  @Test
  void queuesShareTheWorkersTaskByTask() throws Exception {
    var order = Collections.synchronizedList(new ArrayList<String>());
    var type =
        TaskType.cpu(
            "noted",
            Word.class,
            Length.class,
            (_, word) -> {
              order.add(word.text());
              long until = System.nanoTime() + 200_000;
              while (System.nanoTime() < until) {
                Thread.onSpinWait();
              }
              return null;
            });
    try (var site = new Site(folder).start(type)) {
      for (String queue : List.of("many", "few")) {
        site.tasks.limitConcurrency(queue, 8);
        site.tasks.pause(queue);
      }
      var many = SubmitOptions.defaults().withQueue("many");
      var few = SubmitOptions.defaults().withQueue("few");
      site.tasks.submitAll(type, Collections.nCopies(1_500, new Word("many")), many);
      site.tasks.submitAll(type, Collections.nCopies(20, new Word("few")), few);
      site.tasks.resume("many");
      Signal.awaitUntil("many run", () -> order.size() >= 20);
      site.tasks.resume("few");
      Signal.awaitUntil("all ran", () -> order.size() == 1_520);
      assertThat(order.subList(0, 1_000)).filteredOn("few"::equals).hasSize(20);
    }
  }
}
