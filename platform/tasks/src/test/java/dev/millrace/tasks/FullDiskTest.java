package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.store.Health;
import dev.millrace.store.StoreException;
import dev.millrace.store.StoreException.Reason;
import dev.millrace.tasks.Site.Length;
import dev.millrace.tasks.Site.Word;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks end while the disk has no room for how they ended. */
class FullDiskTest {
  private static final int EACH = 10;

  @TempDir Path folder;

  private SmallDisk disk;

  /** How often something was done, by word. */
  private final Map<String, Integer> bodies = new ConcurrentHashMap<>();

  private final Map<String, Integer> steps = new ConcurrentHashMap<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  private final TaskType<Word, Length> quick =
      TaskType.io(
          "quick",
          Word.class,
          Length.class,
          (run, word) -> new Length(bodies.merge(word.text(), 1, Integer::sum)));
  private final TaskType<Word, Length> plain = type("plain", (_, _) -> {});
  private final TaskType<Word, Length> stepping =
      type(
          "stepping",
          (run, word) -> run.step("work", () -> steps.merge(word.text(), 1, Integer::sum)));
  private final TaskType<Word, Length> booking =
      type(
          "booking",
          (run, word) ->
              run.finish(tx -> tx.update("INSERT INTO bookings (word) VALUES (?)", word.text())));
  private final TaskType<Word, Length> failing =
      type(
          "failing",
          (run, _) -> {
            if (run.attempt() == 1) {
              throw new IllegalStateException("once");
            }
          });

  private interface Body {
    void run(Run run, Word word) throws Exception;
  }

  private TaskType<Word, Length> type(String name, Body body) {
    return TaskType.io(
            name,
            Word.class,
            Length.class,
            (run, word) -> {
              bodies.merge(word.text(), 1, Integer::sum);
              gate.await();
              body.run(run, word);
              return new Length(run.attempt());
            })
        .withRetry(
            RetryPolicy.defaults()
                .withAttempts(2)
                .withDelays(Duration.ofMillis(1), Duration.ofMillis(1)));
  }

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(SmallDisk.isAllowed(), SmallDisk.NEEDS);
    disk = SmallDisk.mount(folder.resolve("disk"), 24);
  }

  @AfterEach
  void unmount() throws Exception {
    gate.countDown();
    if (disk != null) {
      disk.close();
    }
  }

  private Site open() {
    var site = new Site(disk.folder(), config -> config.withConcurrency(4 * EACH));
    site.store.write(tx -> {
      tx.update("CREATE TABLE IF NOT EXISTS bookings (word TEXT)");
      tx.update("CREATE TABLE IF NOT EXISTS filling (v TEXT)");
    });
    return site.start(quick, plain, stepping, booking, failing);
  }

  private List<TaskId> submit(Site site, TaskType<Word, ?> type, String prefix) {
    var ids = new ArrayList<TaskId>();
    for (int i = 0; i < EACH; i++) {
      ids.add(site.tasks.submit(type, new Word(prefix + i)).id());
    }
    return ids;
  }

  /** Takes the room on the disk, and then what the files of the database have left. */
  private void fill(Site site) {
    try {
      disk.fill();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    for (int size = 10_000; size > 0; size /= 10) {
      String value = "x".repeat(size);
      try {
        while (true) {
          site.store.write(tx -> tx.update("INSERT INTO filling (v) VALUES (?)", value));
        }
      } catch (StoreException full) {
        assertThat(full.reason()).isEqualTo(Reason.DISK_FULL);
      }
    }
  }

  @Test
  void whatEndsOnAFullDiskIsWrittenWhenThereIsRoomAndNothingIsRepeated() throws Exception {
    try (Site site = open()) {
      var ids = new ArrayList<TaskId>();
      for (var type : List.of(plain, stepping, booking, failing)) {
        ids.addAll(submit(site, type, type.name()));
      }
      Signal.awaitUntil("all slots are at work", () -> bodies.size() == 4 * EACH);
      List<TaskId> behind = submit(site, plain, "behind");
      ids.addAll(behind);

      fill(site);
      gate.countDown();
      Signal.awaitUntil(
          "all have done their work, and none can be written",
          () -> {
            fill(site);
            return bodies.size() == 5 * EACH
                && steps.size() == EACH
                && site.tasks.trouble().isPresent();
          });
      assertThat(site.tasks.trouble().orElseThrow().text()).contains("free disk space");
      assertThat(site.store.health().state()).isEqualTo(Health.State.FAILED);
      assertThatThrownBy(() -> site.tasks.submit(plain, new Word("x".repeat(20_000))))
          .isInstanceOfSatisfying(
              StoreException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.DISK_FULL));
      assertThat(site.count("default", TaskState.RUNNING)).isGreaterThan(2 * EACH);

      disk.free();
      for (TaskId id : ids) {
        assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.SUCCEEDED);
      }
      bodies.forEach((word, times) ->
          assertThat(times).as(word).isEqualTo(word.startsWith("failing") ? 2 : 1));
      assertThat(steps).hasSize(EACH).values().containsOnly(1);
      assertThat(bookings(site)).isEqualTo(EACH);
      assertThat(site.tasks.trouble()).isEmpty();
      assertThat(site.store.health().state()).isEqualTo(Health.State.OK);
      assertThat(site.count("default", TaskState.SUCCEEDED)).isEqualTo(5 * EACH);
      TaskId fresh = site.tasks.submit(plain, new Word("fresh")).id();
      assertThat(site.awaitEnd(fresh).state()).isEqualTo(TaskState.SUCCEEDED);
    }
  }

  private static long bookings(Site site) {
    return site.store.<Long, RuntimeException>read(
        view -> view.number("SELECT count(*) FROM bookings"));
  }

  @Test
  void taskOnAFullDiskCanBeCancelledOnceThereIsRoomButWhatItWouldHaveBookedIsNotThere()
      throws Exception {
    try (Site site = open()) {
      TaskId id = submit(site, booking, "booking").getFirst();
      Signal.awaitUntil("all run", () -> bodies.size() == EACH);
      site.tasks.cancel(id);
      fill(site);
      gate.countDown();
      Signal.awaitUntil("bookings wait", () -> site.tasks.trouble().isPresent());
      disk.free();
      assertThat(site.awaitEnd(id).state()).isEqualTo(TaskState.CANCELLED);
      Signal.awaitUntil("the others are booked", () -> bookings(site) == EACH - 1);
    }
  }

  @Test
  void processThatDiesOnAFullDiskRepeatsOnlyWhatItCouldNotWrite() throws Exception {
    Site first = open();
    for (TaskId id : submit(first, quick, "written")) {
      first.awaitEnd(id);
    }
    List<TaskId> unwritten = submit(first, stepping, "stepping");
    unwritten.addAll(submit(first, booking, "booking"));
    Signal.awaitUntil("all run", () -> bodies.size() == 3 * EACH);
    fill(first);
    gate.countDown();
    Signal.awaitUntil(
        "all have done their work",
        () -> {
          fill(first);
          return steps.size() == EACH && first.tasks.trouble().isPresent();
        });
    first.die();
    disk.free();

    try (Site second = open()) {
      for (TaskId id : unwritten) {
        TaskView over = second.awaitEnd(id);
        assertThat(over.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(over.crashes()).isLessThan(2);
      }
      bodies.forEach((word, times) ->
          assertThat(times).as(word).isBetween(1, word.startsWith("written") ? 1 : 2));
      assertThat(bodies.values()).contains(2);
      assertThat(bookings(second)).isEqualTo(EACH);
    }
  }
}
