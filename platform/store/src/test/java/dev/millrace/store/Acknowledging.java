package dev.millrace.store;

import dev.millrace.testkit.jdbc.FaultPoint;
import dev.millrace.testkit.jdbc.FaultyConnections;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The main of a child process: writes groups of three rows and prints {@code ok ID} for each that
 * was acknowledged and {@code failed ID REASON} for each that was refused; at the end {@code health
 * STATE}. Ends without closing anything.
 *
 * <p>Arguments: file, producers, writes, and optionally {@code before} or {@code after} with the
 * number of the COMMIT at which it halts.
 */
final class Acknowledging {
  static final int ROWS = 3;

  private final Store store;
  private final AtomicLong next = new AtomicLong();

  private Acknowledging(Store store) {
    this.store = store;
  }

  public static void main(String[] args) throws Exception {
    var faults = new FaultyConnections();
    if (args.length > 3) {
      FaultPoint point =
          args[3].equals("before") ? faults.before("COMMIT") : faults.after("COMMIT");
      point.at(Integer.parseInt(args[4])).haltsProcess(9);
    }
    Store store =
        SqliteStore.open(
            StoreConfig.defaults(Path.of(args[0])),
            Instruments.system(),
            (role, connection) -> role == Seam.Role.WRITER ? faults.over(connection) : connection);
    new Acknowledging(store).run(Integer.parseInt(args[1]), Long.parseLong(args[2]));
    System.out.println("health " + store.health().state() + " " + store.health().findings());
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void run(int producers, long writes) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (long id = next.incrementAndGet(); id <= writes; id = next.incrementAndGet()) {
              write(id);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void write(long id) {
    try {
      store.write(tx -> {
        for (int part = 0; part < ROWS; part++) {
          tx.update("INSERT INTO t (id, part, v) VALUES (?, ?, ?)", id, part, "x".repeat(100));
        }
      });
      print("ok " + id);
    } catch (StoreException refused) {
      print("failed " + id + " " + refused.reason());
    }
  }

  private static synchronized void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
