package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.Site.Length;
import dev.millrace.testkit.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HorizonTest {
  private static final int TASKS = 6_000;

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
}
