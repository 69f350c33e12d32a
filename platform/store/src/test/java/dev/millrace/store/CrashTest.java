package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.behaviour.Child;
import dev.millrace.testkit.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that die around the sync of a commit, and syncs that really fail. {@code
 * -Dmillrace.soak=true} makes many rounds.
 */
class CrashTest {
  private static final int ROUNDS = Boolean.getBoolean("millrace.soak") ? 40 : 2;
  private static final String MANY = "5000";

  @TempDir Path folder;
  private int files;

  private Path newDatabase() {
    Path file = folder.resolve("c" + files++ + ".db");
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      store.write(tx ->
          tx.update("CREATE TABLE t (id INTEGER, part INTEGER, v TEXT, PRIMARY KEY (id, part))"));
    }
    return file;
  }

  /** What a child said of its writes. */
  private record Told(List<String> lines) {
    Set<Long> ids(String outcome) {
      return lines.stream()
          .filter(line -> line.startsWith(outcome + " "))
          .map(line -> Long.valueOf(line.split(" ")[1]))
          .collect(Collectors.toSet());
    }
  }

  /** Opens the file again: it is sound, and each write is there whole or not at all. */
  private static Set<Long> kept(Path file) {
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      assertThat(store.check()).isEmpty();
      Map<Long, Integer> parts = new HashMap<>();
      store.<Void, RuntimeException>read(view -> {
        view.forEach(
            "SELECT id, count(*) FROM t GROUP BY id",
            row -> parts.put(row.getLong(1), row.getInt(2)));
        return null;
      });
      assertThat(parts.values()).allMatch(count -> count == Acknowledging.ROWS);
      store.write(tx -> tx.update("INSERT INTO t VALUES (0, 0, 'writable')"));
      return parts.keySet();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  void keepsWhatItAcknowledgedWhenItDiesAtACommit(String moment) {
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            Path file = newDatabase();
            // Opening takes the first.
            String nth = Integer.toString(2 + random.nextInt(60));
            var told =
                new Told(
                    Child.start(Acknowledging.class, file.toString(), "6", MANY, moment, nth)
                        .lines());
            assertThat(told.ids("failed")).isEmpty();
            Set<Long> kept = kept(file);
            assertThat(kept).containsAll(told.ids("ok"));
            if (moment.equals("after")) {
              assertThat(kept)
                  .as("the commit that nobody was answered is durable")
                  .hasSizeGreaterThan(told.ids("ok").size());
            }
          }
        });
  }

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilledBetweenAppendAndSync() {
    List<String> tracer = Strace.available();
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            Path file = newDatabase();
            int nth = 5 + random.nextInt(80);
            List<String> under = new ArrayList<>(tracer);
            under.addAll(Strace.killing(nth));
            var told =
                new Told(
                    Child.startUnder(under, Acknowledging.class, file.toString(), "6", MANY)
                        .lines());
            assertThat(told.lines())
                .as("it was killed")
                .noneMatch(line -> line.startsWith("health"));
            assertThat(told.ids("ok")).isNotEmpty();
            assertThat(kept(file)).containsAll(told.ids("ok"));
          }
        });
  }

  @Test
  void tellsTheOneWriteWhoseSyncFailedAndGoesOn() {
    List<String> tracer = Strace.available();
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            Path file = newDatabase();
            List<String> under = new ArrayList<>(tracer);
            under.addAll(Strace.failing(Integer.toString(10 + random.nextInt(40))));
            var told =
                new Told(
                    Child.startUnder(under, Acknowledging.class, file.toString(), "1", "80")
                        .lines());
            assertThat(told.lines()).filteredOn(line -> line.startsWith("failed")).hasSize(1);
            assertThat(told.lines()).anyMatch(line -> line.matches("failed [0-9]+ IO"));
            assertThat(told.lines()).last().asString().startsWith("health OK");
            assertThat(kept(file)).isEqualTo(told.ids("ok"));
          }
        });
  }

  @Test
  void acknowledgesNothingAndSaysSoWhileEverySyncFails() {
    List<String> tracer = Strace.available();
    Seed.current()
        .run(random -> {
          for (int round = 0; round < ROUNDS; round++) {
            Path file = newDatabase();
            int nth = 10 + random.nextInt(40);
            List<String> under = new ArrayList<>(tracer);
            under.addAll(Strace.failing(nth + "+"));
            var told =
                new Told(
                    Child.startUnder(under, Acknowledging.class, file.toString(), "4", "300")
                        .lines());
            assertThat(told.ids("ok")).isNotEmpty();
            assertThat(told.ids("failed")).hasSize(300 - told.ids("ok").size()).isNotEmpty();
            assertThat(told.lines())
                .last()
                .asString()
                .startsWith("health FAILED")
                .contains("writes fail since")
                .contains("SQLITE_IOERR");
            assertThat(kept(file)).containsAll(told.ids("ok"));
          }
        });
  }
}
