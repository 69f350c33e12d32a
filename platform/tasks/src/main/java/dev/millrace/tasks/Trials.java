package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the suspects one at a time, before anything else runs. One that ends its process then is
 * known, and bystanders are not punished. A suspect that is still at work after its trial time goes
 * on beside the others; the time doubles with every further crash, so that one that takes longer to
 * do harm is found too.
 */
final class Trials {
  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
  private static final String FIND =
      "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ? AND state = 'ready'";
  private static final int MOST_DOUBLINGS = 10;

  private final Store store;
  private final RunningLedger ledger;
  private final RunningTasks running;
  private final Queues queues;
  private final Predicate<TaskRow> isPaused;
  private final Gates gates;
  private final Notebook notebook;
  private final Workers workers;
  private final Patience patience;
  private final Errands errands;
  private final Duration trialTime;

  private record Trial(LiveRun run, CountDownLatch settled) {}

  private volatile @Nullable Trial current;
  private @Nullable Thread thread;

  /** Guarded by this. */
  private boolean quiet;

  Trials(
      Store store,
      RunningLedger ledger,
      RunningTasks running,
      Queues queues,
      Predicate<TaskRow> isPaused,
      Gates gates,
      Notebook notebook,
      Workers workers,
      Patience patience,
      Errands errands,
      Duration trialTime) {
    this.store = store;
    this.ledger = ledger;
    this.running = running;
    this.queues = queues;
    this.isPaused = isPaused;
    this.gates = gates;
    this.notebook = notebook;
    this.workers = workers;
    this.patience = patience;
    this.errands = errands;
    this.trialTime = trialTime;
  }

  /** Tries {@code suspects}, then runs {@code through}. */
  void start(List<TaskRow> suspects, Runnable through) {
    thread =
        errands.start(
            "tasks-trials",
            () -> {
              run(suspects);
              through.run();
            });
  }

  /** Tries no more; the one on trial goes on. */
  void close() throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join();
    }
  }

  private void run(List<TaskRow> suspects) throws InterruptedException {
    LOG.warn("{} tasks ran during two crashes; they run one at a time first", suspects.size());
    for (TaskRow suspect : suspects) {
      awaitWake();
      LiveRun run = take(suspect);
      if (run != null) {
        run(run);
      }
    }
    LOG.info("the suspects are through");
  }

  /** What a transaction took; it may be begun more than once. */
  private static final class Taken {
    @Nullable LiveRun run;
  }

  /** Begins no other trial as long as the process is to take no more work. */
  synchronized void quiet(boolean to) {
    quiet = to;
    notifyAll();
  }

  private synchronized void awaitWake() throws InterruptedException {
    while (quiet) {
      wait();
    }
  }

  /** Takes the task as a queue would, wherever it is now; null if it is not to run. */
  private @Nullable LiveRun take(TaskRow suspect) throws InterruptedException {
    var taken = new Taken();
    boolean there = false;
    try {
      there =
          patience
              .insist(
                  Patience.DISK,
                  () -> false,
                  () -> store.compute(tx -> claim(tx, suspect.key(), taken)))
              .value();
    } finally {
      LiveRun run = taken.run;
      if (!there && run != null) {
        running.remove(run);
      }
    }
    return there ? taken.run : null;
  }

  /** On the writer's thread, so that it is neither cancelled nor moved meanwhile. */
  private boolean claim(Tx tx, long key, Taken taken) {
    TaskRow row = tx.find(FIND, TaskRow::read, key).orElse(null);
    if (row == null) {
      return false;
    }
    LiveRun before = taken.run;
    if (before == null && isPaused.test(row)) {
      return false;
    }
    TaskRow _ = queues.take(tx, row); // It was moved there, and the queue would run it once more.
    if (before == null) { // Once, however often the transaction is begun.
      var run = new LiveRun(row, notebook);
      gates.admit(run);
      taken.run = run;
    }
    return true;
  }

  private void run(LiveRun run) throws InterruptedException {
    var trial = new Trial(run, new CountDownLatch(1));
    current = trial;
    if (run.parksAt == null) {
      ledger.runsAlone(run.row.key());
    }
    try {
      workers.start(run);
      int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, run.row.crashes() - 2));
      long millis = trialTime.toMillis() << doublings;
      if (!trial.settled.await(millis, TimeUnit.MILLISECONDS)) {
        LOG.info("task {} is still at work after its trial time; it goes on", run.id());
      }
    } finally {
      ledger.runsAlone(0);
      current = null;
    }
  }

  /** Takes note of an outcome that is committed. */
  void settled(LiveRun run) {
    Trial trial = current;
    if (trial != null && trial.run == run) {
      trial.settled.countDown();
    }
  }
}
