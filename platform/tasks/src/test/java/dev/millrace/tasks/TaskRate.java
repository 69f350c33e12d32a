package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Prints rates of one machine, for profiling by hand: no test. */
final class TaskRate {
  private static final TaskType<Site.Word, Site.Length> NOOP =
      TaskType.io("noop", Site.Word.class, Site.Length.class, (_, _) -> null);
  private static final Site.Word WORD = new Site.Word("some payload of a task");

  private static final ConcurrentHashMap<Integer, Long> SEEN = new ConcurrentHashMap<>();
  private static final TaskType<Site.Length, Site.Length> LATENCY =
      TaskType.io(
          "latency",
          Site.Length.class,
          Site.Length.class,
          (_, number) -> {
            SEEN.put(number.letters(), System.nanoTime());
            return null;
          });

  private TaskRate() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(args.length > 1 ? args[1] : "/tmp"), "rate");
    boolean events = !Boolean.getBoolean("noevents");
    try (var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")))) {
      Journal journal = Journal.open(store);
      TasksBuilder builder = Tasks.on(store, folder);
      if (events) {
        builder.journal(journal);
      }
      Tasks tasks = builder.build();
      tasks.register(NOOP);
      tasks.register(LATENCY);
      tasks.start();
      if (args.length > 2) {
        fillHistory(store, tasks, Long.parseLong(args[2]));
      }
      for (int round = 0; round < Integer.parseInt(args[0]); round++) {
        tasks.pause("default");
        rate("submit.16", 40_000, n -> submit(tasks, 16, n));
        rate("submit.256", 80_000, n -> submit(tasks, 256, n));
        rate("bulk", 80_000, n -> bulk(tasks, n));
        rate("drain", 200_000, _ -> drain(tasks));
        start(tasks);
      }
      tasks.close();
      journal.close();
    } finally {
      delete(folder);
    }
  }

  /** Puts finished tasks into today's table, by SQL because it is quicker. */
  private static void fillHistory(Store store, Tasks tasks, long count) throws Exception {
    tasks.await(tasks.submit(NOOP, WORD).id(), Signal.LIMIT);
    int day =
        store
            .<Long, RuntimeException>read(view -> view.number("SELECT max(day) FROM task_buckets"))
            .intValue();
    long from = (System.currentTimeMillis() - 3_600_000) << 20;
    for (long done = 0; done < count; done += 50_000) {
      long first = from + (done << 10);
      store.write(tx ->
          tx.update(
              "INSERT INTO tasks_done_"
                  + day
                  + " (id, type, queue, state, priority, attempt, started_at, finished_at,"
                  + " input) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                  + " WHERE i < 49999) SELECT ? + i * 1024, 'noop', 'default', 'succeeded', 5,"
                  + " 1, 1, 2, '{\"text\":\"some payload of a task\"}' FROM n",
              first));
    }
    System.out.println(count + " tasks in history");
  }

  interface Work {
    void run(int tasks) throws Exception;
  }

  private static void rate(String name, int tasks, Work work) throws Exception {
    long from = System.nanoTime();
    work.run(tasks);
    System.out.printf("%-12s %,10.0f/s%n", name, tasks * 1e9 / (System.nanoTime() - from));
  }

  private static void submit(Tasks tasks, int producers, int count) throws InterruptedException {
    var left = new AtomicInteger(count);
    var done = new CountDownLatch(producers);
    for (int i = 0; i < producers; i++) {
      Thread.startVirtualThread(() -> {
        while (left.decrementAndGet() >= 0) {
          tasks.submit(NOOP, WORD);
        }
        done.countDown();
      });
    }
    done.await();
  }

  private static void bulk(Tasks tasks, int count) {
    List<Site.Word> words = Collections.nCopies(10_000, WORD);
    for (int i = 0; i < count; i += 10_000) {
      tasks.submitAll(NOOP, words, SubmitOptions.defaults());
    }
  }

  private static void drain(Tasks tasks) throws InterruptedException {
    tasks.resume("default");
    Signal.awaitUntil(
        "drained",
        () -> {
          var counts = tasks.queues().getFirst().counts();
          return counts.get(TaskState.READY) + counts.get(TaskState.RUNNING) == 0;
        });
  }

  /** Submission to start of the body, at 50 a second. */
  private static void start(Tasks tasks) throws Exception {
    long[] starts = new long[200];
    for (int i = 0; i < starts.length; i++) {
      long from = System.nanoTime();
      tasks.submit(LATENCY, new Site.Length(i));
      while (!SEEN.containsKey(i)) {
        LockSupport.parkNanos(100_000);
      }
      starts[i] = SEEN.remove(i) - from;
      LockSupport.parkNanos(20_000_000 - (System.nanoTime() - from));
    }
    Arrays.sort(starts);
    System.out.printf("start p50 %.2f ms, p99 %.2f ms%n", starts[100] / 1e6, starts[197] / 1e6);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Collections.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
