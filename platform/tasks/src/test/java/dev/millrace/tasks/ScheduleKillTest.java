package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes; {@code -Dmillrace.soak=true} kills many more. */
class ScheduleKillTest {
  private static final int SCHEDULES = 40;

  @TempDir Path folder;

  private Process start(AtomicInteger bodies, Signal ready) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ScheduleVictim.class.getName(),
                folder.toString(),
                String.valueOf(SCHEDULES))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Thread.ofVirtual().start(() -> read(process, bodies, ready));
    return process;
  }

  private static void read(Process process, AtomicInteger bodies, Signal ready) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("body")) {
          bodies.incrementAndGet();
        } else if (line.equals("ready")) {
          ready.raise();
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void noTimeIsLostOrStartedTwice() {
    int kills = Boolean.getBoolean("millrace.soak") ? 20 : 3;
    Seed.current()
        .run(random -> {
          for (int round = 0; round < kills; round++) {
            var bodies = new AtomicInteger();
            var ready = new Signal("ready");
            Process process = start(bodies, ready);
            ready.await();
            int enough = random.nextInt(1, 2 * SCHEDULES);
            Signal.awaitUntil(enough + " bodies", () -> bodies.get() >= enough);
            LockSupport.parkNanos(random.nextLong(50_000_000));
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
          }
          check();
        });
  }

  private void check() {
    try (var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")))) {
      Map<String, List<Long>> times =
          store.<Map<String, List<Long>>, RuntimeException>read(ScheduleKillTest::times);
      store.<Void, RuntimeException>read(view -> {
        for (ScheduleRow row : ScheduleTable.all(view)) {
          String name = row.schedule().name();
          assertThat(row.skipped()).as(name).isZero();
          var all = new ArrayList<>(times.getOrDefault(name, List.of()));
          assertThat(all).as(name + ": what it says it started").hasSize((int) row.started());
          all.addAll(row.pending());
          all.sort(null);
          var expected = new ArrayList<Long>();
          for (long at = row.anchor() + 1_000; at < row.due(); at += 1_000) {
            expected.add(at);
          }
          assertThat(all).as(name + ": every time up to the next, once").isEqualTo(expected);
        }
        return null;
      });
    }
  }

  private static Map<String, List<Long>> times(Snapshot view) {
    var keys = new ArrayList<>(view.query("SELECT unique_key FROM tasks", row -> row.getString(1)));
    for (int day : view.query("SELECT day FROM task_buckets", row -> row.getInt(1))) {
      keys.addAll(view.query("SELECT unique_key FROM tasks_done_" + day, row -> row.getString(1)));
    }
    var times = new HashMap<String, List<Long>>();
    for (String key : keys) {
      int at = key.indexOf('@');
      times
          .computeIfAbsent(key.substring(0, at), _ -> new ArrayList<>())
          .add(Instant.parse(key.substring(at + 1)).toEpochMilli());
    }
    return times;
  }
}
