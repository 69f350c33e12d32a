package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Instruments;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue's window is filled while commits are under way. */
class RefillTest {
  private static final int TASKS = 130;

  @TempDir Path folder;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Set<TaskId> ran = ConcurrentHashMap.newKeySet();
  private final Semaphore passes = new Semaphore(0);

  private final TaskType<Word, Length> type =
      TaskType.io(
          "word.passing",
          Word.class,
          Length.class,
          (run, word) -> {
            passes.acquire();
            ran.add(run.id());
            return new Length(word.text().length());
          });

  private double gauge(String name) {
    return meters.find(name).gauges().stream().mapToDouble(each -> each.value()).sum();
  }

  @Test
  void taskThatIsCancelledWhileItIsReadDoesNotRun() throws Exception {
    whileItIsRead(true, (_, tasks, last) -> tasks.cancel(last), false);
  }

  @Test
  void taskThatIsReplacedInVainWhileItIsReadRuns() throws Exception {
    SubmitOptions replacing =
        SubmitOptions.defaults()
            .withUniqueKey("last")
            .withOnDuplicate(OnDuplicate.replace(OnDuplicate.Part.INPUT));
    whileItIsRead(
        false,
        (store, tasks, last) ->
            assertThatThrownBy(() ->
                    store.write(tx -> {
                      assertThat(tasks.submit(tx, type, new Word("another"), replacing).id())
                          .isEqualTo(last);
                      throw new IllegalStateException("in vain");
                    }))
                .hasMessage("in vain"),
        true);
  }

  /** What one test asks for while the window is read. */
  private interface Request {
    void of(Store store, Tasks tasks, TaskId last);
  }

  /**
   * The group of commits that has the request goes on while the window is read, and the end of that
   * read joins it.
   *
   * @param before whether the request is heard before the read begins
   * @param runs whether the last task runs then
   */
  private void whileItIsRead(boolean before, Request request, boolean runs) throws Exception {
    StoreConfig config =
        StoreConfig.defaults(folder.resolve("millrace.db")).withGroup(1_000, Duration.ofMinutes(1));
    try (Store store = Store.open(config, Instruments.system().withMeters(meters));
        Tasks tasks =
            Tasks.on(store, folder)
                .meters(meters)
                .config(TasksConfig.defaults().withWindow(100, 1 << 20).withConcurrency(1))
                .build()) {
      tasks.register(type);
      tasks.start();
      List<Word> words = Collections.nCopies(TASKS, new Word("x"));
      assertThat(tasks.submitAll(type, words, SubmitOptions.defaults()).ids()).hasSize(TASKS);
      TaskId last =
          tasks.submit(type, new Word("last"), SubmitOptions.defaults().withUniqueKey("last")).id();
      Signal.awaitUntil("the window is full enough", () -> gauge("millrace.tasks.window") > 50);
      int held = (int) gauge("millrace.tasks.window");
      assertThat(held).isLessThan(TASKS);

      var first = new CountDownLatch(1);
      var firstEnds = new CountDownLatch(1);
      var second = new CountDownLatch(1);
      var secondEnds = new CountDownLatch(1);
      Thread holding = Together.waiting(() -> Together.hold(store, first, firstEnds));
      first.await();
      Thread asking = Together.waiting(() -> request.of(store, tasks, last));
      Thread further = Together.waiting(() -> Together.hold(store, second, secondEnds));
      if (before) {
        firstEnds.countDown();
        second.await();
      }
      passes.release(3 * TASKS);
      // All that was held has run, and a reader has found the rest: its work waits for the writer.
      Signal.awaitUntil("the window is empty", () -> ran.size() > held);
      Signal.awaitUntil("the rest is read", () -> gauge("millrace.store.readers.busy") == 0);
      Signal.awaitUntil("its work waits", () -> gauge("millrace.store.queue") >= (before ? 2 : 4));
      firstEnds.countDown();
      secondEnds.countDown();
      for (Thread thread : List.of(holding, asking, further)) {
        thread.join();
      }
      SubmitOptions behind = SubmitOptions.defaults().withPriority(9);
      TaskId end = tasks.submit(type, new Word("end"), behind).id();
      assertThat(tasks.await(end, Signal.LIMIT)).isPresent();
      assertThat(ran.contains(last)).isEqualTo(runs);
      assertThat(ran).hasSize(TASKS + (runs ? 2 : 1));
    }
  }
}
