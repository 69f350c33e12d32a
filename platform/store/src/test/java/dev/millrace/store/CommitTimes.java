package dev.millrace.store;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Not a test: prints how long writes take that change scattered pages of a large table, which is
 * what makes folding the log slow. Arguments: a folder, producers, rows a write, seconds.
 */
final class CommitTimes {
  private static final int ROWS = 250_000;
  private static final int PIECE = 1_000;

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]).resolve("times.db");
    int producers = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    long seconds = Long.parseLong(args[3]);
    var meters = new SimpleMeterRegistry();
    try (Store store =
        Store.open(StoreConfig.defaults(file), Instruments.system().withMeters(meters))) {
      fill(store);
      var nanos = new ConcurrentLinkedQueue<Long>();
      long until = System.nanoTime() + seconds * 1_000_000_000L;
      long biggest = 0;
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        long seed = System.nanoTime() + i;
        threads.add(Thread.startVirtualThread(() -> write(store, rows, until, seed, nanos)));
      }
      while (System.nanoTime() < until) {
        Thread.sleep(5);
        biggest = Math.max(biggest, new StoreFiles(file).logBytes());
      }
      for (Thread thread : threads) {
        thread.join();
      }
      print(producers, rows, nanos, seconds, biggest);
      for (Timer held : meters.find("millrace.store.held").timers()) {
        System.out.printf(
            "  %s held the writer %,d times, at most %.2f ms, %.2f %% of the time%n",
            held.getId().getTag("upkeep"),
            held.count(),
            held.max(TimeUnit.MILLISECONDS),
            held.totalTime(TimeUnit.MILLISECONDS) / seconds / 10);
      }
    }
  }

  /** In pieces, so that the log is short when the measurement begins. */
  private static void fill(Store store) {
    store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL)"));
    for (int from = 0; from < ROWS; from += PIECE) {
      int first = from;
      store.write(tx -> {
        for (int i = first; i < first + PIECE; i++) {
          tx.update("INSERT INTO t VALUES (?, ?)", i, "x".repeat(800));
        }
      });
    }
  }

  private static void write(
      Store store, int rows, long until, long seed, ConcurrentLinkedQueue<Long> nanos) {
    var random = new SplittableRandom(seed);
    while (System.nanoTime() < until) {
      long from = System.nanoTime();
      String value = Long.toString(from).repeat(50);
      store.write(tx -> {
        for (int i = 0; i < rows; i++) {
          tx.update("UPDATE t SET v = ? WHERE id = ?", value, random.nextInt(ROWS));
        }
      });
      nanos.add(System.nanoTime() - from);
    }
  }

  private static void print(
      int producers, int rows, ConcurrentLinkedQueue<Long> all, long seconds, long biggest) {
    double[] millis = all.stream().mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    System.out.printf(
        "%d producers, %d rows: %,d writes/s, ms P50 %.2f, P99 %.2f, P99.9 %.2f, max %.2f;"
            + " over 20 ms %d; log up to %d MB%n",
        producers,
        rows,
        millis.length / seconds,
        millis[millis.length / 2],
        millis[(int) (millis.length * 0.99)],
        millis[(int) (millis.length * 0.999)],
        millis[millis.length - 1],
        Arrays.stream(millis).filter(m -> m > 20).count(),
        biggest >> 20);
  }
}
