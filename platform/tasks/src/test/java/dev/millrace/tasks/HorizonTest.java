package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HorizonTest {
  private static final int TASKS = 6_000;

  private static final TaskType<Length, Length> NOOP =
      TaskType.io("noop", Length.class, Length.class, (_, _) -> null);

  @TempDir Path folder;

  /** Many more tasks than memory holds, of all priorities, with failures: each succeeds once. */
  @Test
  void anyNumberOfTasksPassesThroughASmallWindow() {
    Seed.current()
        .run(random -> {
          var succeeded = new ConcurrentLinkedQueue<Integer>();
          var type =
              TaskType.io(
                      "passing",
                      Length.class,
                      Length.class,
                      (run, number) -> {
                        if (number.letters() % 7 == 0 && run.attempt() == 1) {
                          throw new IllegalStateException("once");
                        }
                        succeeded.add(number.letters());
                        return null;
                      })
                  .withRetry(
                      RetryPolicy.defaults()
                          .withDelays(Duration.ofMillis(1), Duration.ofMillis(5)));
          try (var site = new Site(folder, c -> c.withWindow(100, 1 << 20)).start(type)) {
            var ids = new ArrayList<TaskId>();
            var producers = new ArrayList<Thread>();
            for (int p = 0; p < 4; p++) {
              int from = p * TASKS / 4;
              var own = random.split();
              producers.add(
                  Thread.startVirtualThread(() -> {
                    for (int i = from; i < from + TASKS / 4; ) {
                      var batch = new ArrayList<Length>();
                      for (int n = own.nextInt(1, 200); n > 0 && i < from + TASKS / 4; n--) {
                        batch.add(new Length(i++));
                      }
                      var options = SubmitOptions.defaults().withPriority(own.nextInt(10));
                      List<TaskId> made = site.tasks.submitAll(type, batch, options).ids();
                      synchronized (ids) {
                        ids.addAll(made);
                      }
                    }
                  }));
            }
            for (Thread producer : producers) {
              producer.join();
            }
            for (TaskId id : ids) {
              assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
            }
            assertThat(new HashSet<>(succeeded)).hasSize(TASKS);
            assertThat(succeeded).hasSize(TASKS);
            assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(TASKS);
            assertThat(site.count("default", TaskState.RETRYING)).isZero();
          }
        });
  }

  /** Many wait, one slot takes them: exactly in the order of the queue, and few are in memory. */
  @Test
  void waitingTasksAreTakenInOrderThroughABoundedWindow() {
    boolean soak = Boolean.getBoolean("millrace.soak");
    int waiting = soak ? 300_000 : 5_000;
    int window = soak ? 10_000 : 200;
    Seed.current()
        .run(random -> {
          var order = new ArrayList<Long>(waiting);
          long before = soak ? usedAfterCollection() : 0;
          try (var site = new Site(folder).start(NOOP)) {
            site.tasks.pause("default");
            for (int left = waiting; left > 0; ) {
              int some = Math.min(left, random.nextInt(1, soak ? 10_000 : 400));
              left -= some;
              site.tasks.submitAll(
                  NOOP,
                  Collections.nCopies(some, new Length(some)),
                  SubmitOptions.defaults().withPriority(random.nextInt(10)));
            }
          }

          long from = System.nanoTime();
          var most = new AtomicInteger();
          var started = new Signal("the first body");
          var goOn = new CountDownLatch(1);
          try (var site = new Site(folder, c -> c.withWindow(window, 64 << 20))) {
            var type =
                TaskType.io(
                    NOOP.name(),
                    Length.class,
                    Length.class,
                    (run, _) -> {
                      order.add(run.id().key());
                      started.raise();
                      goOn.await();
                      most.accumulateAndGet(inMemory(site), Math::max);
                      return null;
                    });
            site.start(type);
            site.tasks.limitConcurrency("default", 1);
            site.tasks.resume("default");
            started.await();
            if (soak) {
              System.out.printf(
                  "%,d waiting tasks: %,d ms from opening to the first body, %,d kB of heap%n",
                  waiting,
                  (System.nanoTime() - from) / 1_000_000,
                  (usedAfterCollection() - before) >> 10);
            }
            List<Long> expected =
                site.store.<List<Long>, RuntimeException>read(view ->
                    view.query("SELECT id FROM tasks ORDER BY rank, id", row -> row.getLong(1)));
            goOn.countDown();
            Signal.awaitUntil(
                "all are over", () -> site.count("default", TaskState.SUCCEEDED) == waiting);
            assertThat(order).isEqualTo(expected);
            assertThat(most.get()).isBetween(window / 4, window);
          }
        });
  }

  private static int inMemory(Site site) {
    return (int) site.meters.get("millrace.tasks.window").tag("queue", "default").gauge().value();
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
