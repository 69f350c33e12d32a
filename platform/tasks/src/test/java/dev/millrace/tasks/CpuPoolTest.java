package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CpuPoolTest {
  private final CpuPool pool = new CpuPool(3);

  private static void counted(Runnable task) {
    CpuPool.begin();
    task.run();
    CpuPool.end();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @RepeatedTest(5)
  void everyJobRunsOnceWhoeverSubmitsIt() {
    Seed.current()
        .run(random -> {
          var ran = new AtomicInteger();
          var submitted = new AtomicInteger();
          var all = new CountDownLatch(8);
          for (int p = 0; p < 8; p++) {
            var own = random.split();
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < 500; i++) {
                boolean again = own.nextInt(4) == 0;
                submitted.addAndGet(again ? 2 : 1);
                pool.submit(() ->
                    counted(() -> {
                      ran.incrementAndGet();
                      if (again) {
                        pool.submit(() -> counted(ran::incrementAndGet));
                      }
                    }));
                if (own.nextInt(20) == 0) {
                  Thread.yield();
                }
              }
              all.countDown();
            });
          }
          all.await();
          Signal.awaitUntil("all ran", () -> ran.get() == submitted.get());
          Signal.awaitUntil("all counted", () -> pool.view().started() == submitted.get());
          assertThat(pool.hasWaiting()).isFalse();
        });
  }

  /** One worker is held with jobs in its queue: the others take them, and say so. */
  @Test
  void idleWorkersStealFromTheLongestQueue() throws Exception {
    var held = new CountDownLatch(1);
    var ran = new CountDownLatch(20);
    pool.submit(() ->
        counted(() -> {
          for (int i = 0; i < 20; i++) {
            pool.submit(() -> counted(ran::countDown));
          }
          try {
            held.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        }));
    ran.await();
    PoolView view = pool.view();
    assertThat(view.running()).isEqualTo(1);
    assertThat(view.size()).isEqualTo(3);
    assertThat(view.started()).isEqualTo(21);
    assertThat(view.workers().stream().mapToLong(WorkerView::steals).sum())
        .isGreaterThanOrEqualTo(20);
    assertThat(view.workers()).allSatisfy(worker -> assertThat(worker.depth()).isZero());
    assertThat(view.workers().stream().mapToDouble(WorkerView::atWork).max().orElseThrow())
        .isGreaterThan(0);
    held.countDown();
  }

  @Test
  void failedJobEndsNoWorker() throws Exception {
    for (int i = 0; i < 10; i++) {
      pool.submit(() -> {
        throw new AssertionError("a bug");
      });
    }
    var ran = new CountDownLatch(1);
    pool.submit(ran::countDown);
    ran.await();
    assertThat(pool.view().running()).isZero();
  }

  @Test
  void depthTellsWhatWaits() throws Exception {
    var held = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      pool.submit(() -> {
        try {
          held.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      });
    }
    Signal.awaitUntil(
        "seven wait", () -> pool.view().workers().stream().mapToInt(WorkerView::depth).sum() == 7);
    held.countDown();
    Signal.awaitUntil(
        "none waits", () -> pool.view().workers().stream().mapToInt(WorkerView::depth).sum() == 0);
  }
}
