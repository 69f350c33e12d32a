package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that a test kills. It says on its output what happened, a line each: {@code ready},
 * {@code ack <id>} when a submission was acknowledged, {@code body <id>} when a handler starts,
 * {@code step <id>} when a step has run, {@code done <id>} when a success is committed, {@code dead
 * <id>} for each parked task at the start, {@code over <id>} when more run than the limits allow.
 * Each line is a single write, so what a reader got did happen.
 */
final class Victim {
  record Job(int millis, boolean poison) {}

  private static final PrintStream OUT = System.out;

  /** Fewer than the queue runs, so that tasks wait for it. */
  private static final int AT_ONCE = 12;

  private static final AtomicInteger INSIDE = new AtomicInteger();

  private Victim() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int producers = Integer.parseInt(args[1]);
    var store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    var journal = Journal.open(store);
    var config = TasksConfig.defaults().withConcurrency(16).withTrialTime(Duration.ofSeconds(10));
    Tasks tasks = Tasks.on(store, folder).journal(journal).config(config).build();
    tasks.register(job());
    tasks.start();
    TaskWatch watch = tasks.watch(TaskFilter.all().withStates(TaskState.SUCCEEDED, TaskState.DEAD));
    Thread.ofVirtual().start(() -> tell(watch));
    for (TaskView parked :
        tasks.list(TaskFilter.all().withStates(TaskState.DEAD), 10, null).items()) {
      say("dead " + parked.id());
    }
    say("ready");
    for (int i = 0; i < producers; i++) {
      Thread.startVirtualThread(() -> submit(tasks));
    }
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "poison" -> say("ack " + tasks.submit(job(), new Job(20, true)).id());
        case "slow" -> say("ack " + tasks.submit(job(), new Job(300, false)).id());
        case "idle" -> {
          awaitIdle(tasks);
          say("idle");
        }
        default -> System.exit(2);
      }
    }
  }

  private static TaskType<Job, Job> job() {
    return TaskType.io(
            "job",
            Job.class,
            Job.class,
            (run, job) -> {
              say("body " + run.id());
              if (INSIDE.incrementAndGet() > AT_ONCE) {
                say("over " + run.id());
              }
              try {
                return work(run, job);
              } finally {
                INSIDE.decrementAndGet();
              }
            })
        .withConcurrency(AT_ONCE);
  }

  private static Job work(Run run, Job job) throws Exception {
    run.step(
        "work",
        () -> {
          Thread.sleep(job.millis());
          if (job.poison()) {
            Runtime.getRuntime().halt(9);
          }
          say("step " + run.id());
        });
    Thread.sleep(job.millis());
    return job;
  }

  private static void submit(Tasks tasks) {
    var count = new AtomicInteger();
    while (count.incrementAndGet() <= 200) {
      say("ack " + tasks.submit(job(), new Job(1, false)).id());
    }
  }

  private static void awaitIdle(Tasks tasks) throws InterruptedException {
    Signal.awaitUntil(
        "idle",
        () ->
            tasks.queues().stream()
                .allMatch(queue ->
                    queue.counts().get(TaskState.READY) == 0
                        && queue.counts().get(TaskState.WAITING) == 0
                        && queue.counts().get(TaskState.RUNNING) == 0));
  }

  private static void tell(TaskWatch watch) {
    try {
      while (true) {
        for (TaskChange change : watch.take(Duration.ofMinutes(1))) {
          say((change.state() == TaskState.DEAD ? "dead " : "done ") + change.id());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    synchronized (OUT) {
      OUT.write(bytes, 0, bytes.length);
      OUT.flush();
    }
  }
}
