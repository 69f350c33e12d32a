package dev.millrace.store;

import dev.millrace.store.journal.EventType;
import dev.millrace.store.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Not a test: prints how many one-row writes a second the store takes from concurrent producers
 * that each wait for their commit. Arguments: a folder, then numbers of producers.
 */
final class WriteRate {
  private static final long SECONDS = 4;

  record Written(long id, String by) {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    for (int i = 1; i < args.length; i++) {
      Path inside = Files.createTempDirectory(folder, "rate");
      int producers = Integer.parseInt(args[i]);
      for (int round = 0; round < 3; round++) {
        measure(inside.resolve("plain" + round + ".db"), producers, false);
        measure(inside.resolve("events" + round + ".db"), producers, true);
      }
    }
  }

  private static void measure(Path file, int producers, boolean events) throws Exception {
    try (Store store = Store.open(StoreConfig.defaults(file))) {
      Journal journal = Journal.open(store);
      journal.declare(EventType.of("rate.written", 1, Written.class));
      store.write(tx -> tx.update("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT NOT NULL)"));
      String value = "x".repeat(100);
      var ids = new AtomicLong();
      long from = System.nanoTime();
      long until = from + SECONDS * 1_000_000_000L;
      long first = store.position().number();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        threads.add(
            Thread.startVirtualThread(() -> {
              while (System.nanoTime() < until) {
                long id = ids.incrementAndGet();
                store.write(tx -> tx.update("INSERT INTO t (id, v) VALUES (?, ?)", id, value));
              }
            }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      long commits = store.position().number() - first;
      System.out.printf(
          "%d producers%s: %,.0f writes/s, %.1f a commit, %.2f ms a commit%n",
          producers,
          events ? ", an event each" : "",
          ids.get() / seconds,
          (double) ids.get() / commits,
          seconds * 1000 / commits);
    }
  }
}
