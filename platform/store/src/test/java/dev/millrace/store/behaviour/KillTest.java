package dev.millrace.store.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of their work. */
class KillTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("k.db");
  }

  private Set<Long> ids(Path database) {
    try (Store store = Store.open(StoreConfig.defaults(database))) {
      assertThat(store.check()).isEmpty();
      return new HashSet<>(
          store.<List<Long>, RuntimeException>read(
              view -> view.query("SELECT id FROM t", row -> row.getLong(1))));
    }
  }

  /** Writes with many threads and prints what was acknowledged, until it is killed. */
  static final class WritesUntilKilled {
    public static void main(String[] args) throws Exception {
      StoreConfig config = StoreConfig.defaults(Path.of(args[0])).withWal(1 << 20, 1 << 30);
      Path log = Path.of(args[0] + "-wal");
      Store store = Store.open(config);
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"));
      var next = new AtomicLong();
      String value = "x".repeat(200);
      for (int i = 0; i < 8; i++) {
        Thread.startVirtualThread(() -> {
          while (true) {
            long id = next.incrementAndGet();
            store.write(tx -> tx.update("INSERT INTO t VALUES (?, ?)", id, value));
            print(id + " " + size(log));
          }
        });
      }
      Thread.sleep(60_000);
    }

    private static synchronized void print(String line) {
      System.out.println(line);
    }

    private static long size(Path log) {
      try {
        return Files.size(log);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private record Acknowledged(long id, long logBytes) {
    static Acknowledged parse(String line) {
      String[] words = line.split(" ");
      return new Acknowledged(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
  }

  private List<Acknowledged> writeUntilKilled(int acknowledged) throws Exception {
    Child child = Child.start(WritesUntilKilled.class, file.toString());
    List<Acknowledged> seen = new ArrayList<>();
    for (int i = 0; i < acknowledged; i++) {
      seen.add(Acknowledged.parse(child.line()));
    }
    for (String line : child.kill()) {
      if (line.matches("[0-9]+ [0-9]+")) {
        seen.add(Acknowledged.parse(line));
      }
    }
    return seen;
  }

  @Test
  void keepsEveryAcknowledgedWriteOverAKill() throws Exception {
    List<Acknowledged> acknowledged = writeUntilKilled(500);
    Set<Long> kept = ids(file);
    assertThat(acknowledged).allMatch(write -> kept.contains(write.id()));
  }

  /**
   * A power cut between the append to the log and its sync leaves a log that ends anywhere. What
   * had been synced before must be there, and of the torn commit nothing or all.
   */
  @Test
  void keepsWhatWasSyncedBeforeALogThatEndsAnywhere() throws Exception {
    List<Acknowledged> acknowledged = writeUntilKilled(300);
    Path log = Path.of(file + "-wal");
    byte[] bytes = Files.readAllBytes(log);
    var random = new SplittableRandom(7);
    for (int i = 0; i < 12; i++) {
      int end = 100_000 + random.nextInt(bytes.length - 100_000);
      Path copy = folder.resolve("cut" + i + ".db");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      byte[] cut = java.util.Arrays.copyOf(bytes, end + 5_000);
      // Blocks that never reached the disk hold whatever was there.
      for (int b = end; b < cut.length; b++) {
        cut[b] = (byte) random.nextInt();
      }
      Files.write(Path.of(copy + "-wal"), cut);
      Set<Long> kept = ids(copy);
      assertThat(acknowledged)
          .filteredOn(write -> write.logBytes() <= end)
          .allMatch(write -> kept.contains(write.id()));
    }
  }

  /** Ends without any tidying between the last statement and COMMIT, or right after COMMIT. */
  static final class HaltsAtCommit {
    public static void main(String[] args) {
      Store store = Store.open(StoreConfig.defaults(Path.of(args[0])));
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY)"));
      store.write(tx -> tx.update("INSERT INTO t VALUES (1)"));
      if (args[1].equals("before")) {
        store.inEveryCommit((_, _) -> Runtime.getRuntime().halt(7));
      }
      store.write(tx -> {
        tx.update("INSERT INTO t VALUES (2)");
        tx.afterCommit(() -> Runtime.getRuntime().halt(8));
      });
    }
  }

  @Test
  void hasNothingOfACommitThatWasNotReached() throws Exception {
    assertThat(Child.start(HaltsAtCommit.class, file.toString(), "before").end()).isEqualTo(7);
    assertThat(ids(file)).containsExactly(1L);
  }

  @Test
  void hasAllOfACommitWhoseCallerWasNotAnswered() throws Exception {
    assertThat(Child.start(HaltsAtCommit.class, file.toString(), "after").end()).isEqualTo(8);
    assertThat(ids(file)).containsExactlyInAnyOrder(1L, 2L);
  }
}
