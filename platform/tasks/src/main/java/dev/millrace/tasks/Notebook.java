package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs write about themselves: steps at once, progress and log lines every half second at
 * most, those of all runs in one commit. Thread-safe.
 */
final class Notebook {
  private static final Logger LOG = LoggerFactory.getLogger(Notebook.class);
  private static final long PAUSE_MILLIS = 500;

  private static final String FIND_STEP =
      "SELECT result FROM task_steps WHERE task = ? AND name = ?";
  private static final String ADD_STEP =
      "INSERT INTO task_steps (task, name, started_at, ended_at, result) VALUES (?, ?, ?, ?, ?)";
  private static final String MARK = "UPDATE tasks SET details = 1 WHERE id = ? AND details = 0";
  private static final String PROGRESS =
      "UPDATE tasks SET details = 1, progress_done = ?, progress_total = ?, progress_message = ?"
          + " WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final RunningTasks running;
  private final Errands errands;
  private final Patience patience;
  private final Consumer<LiveRun> live;
  private final Vault vault;
  private final TaskCommit.Effects effects;
  private final Set<LiveRun> noted = ConcurrentHashMap.newKeySet();
  private @Nullable Pauses pauses;
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * @param live is told of progress at once, of steps and log lines when they are durable
   */
  Notebook(
      Store store,
      InstantSource clock,
      RunningTasks running,
      Errands errands,
      Patience patience,
      Consumer<LiveRun> live,
      Vault vault,
      TaskCommit.Effects effects) {
    this.vault = vault;
    this.effects = effects;
    this.store = store;
    this.clock = clock;
    this.running = running;
    this.errands = errands;
    this.patience = patience;
    this.live = live;
  }

  /** Told once, before the first run. */
  void pauses(Pauses pauses) {
    this.pauses = pauses;
  }

  Pauses pauses() {
    return Objects.requireNonNull(pauses, "runs begin after the parts are put together");
  }

  Instant now() {
    return clock.instant();
  }

  /** Takes note that {@code run} has something to write. */
  void noted(LiveRun run, boolean isProgress) {
    if (isProgress) {
      live.accept(run);
    }
    noted.add(run);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      errands.startIn(PAUSE_MILLIS, "tasks-notes", this::write);
    }
  }

  private void write() {
    scheduled.set(false);
    List<LiveRun> runs = List.copyOf(noted);
    runs.forEach(noted::remove);
    try {
      store.write(tx -> runs.forEach(run -> write(tx, run)));
    } catch (StoreException failure) {
      if (failure.reason() == StoreException.Reason.CLOSED) {
        throw failure;
      }
      LOG.warn(
          "progress and log lines of {} runs are written later: {}",
          runs.size(),
          failure.getMessage());
      noted.addAll(runs);
      schedule();
    }
  }

  private void write(Tx tx, LiveRun run) {
    LiveRun.Notes notes = run.unwritten();
    long key = run.row.key();
    if (notes.isEmpty() || running.find(key) != run) {
      return;
    }
    if (TaskCommit.of(tx, effects).over(key) != null) {
      return; // Its outcome has them, in this very commit.
    }
    Progress progress = notes.progress();
    if (progress == null) {
      tx.update(MARK, key);
    } else {
      String message = vault.sealIfAny(run.row.type(), key, Vault.MESSAGE, progress.message());
      tx.update(PROGRESS, progress.done(), progress.total(), message, key);
    }
    Trails.addLog(tx, vault, run.row, notes.lines());
    run.detailsWritten();
    tx.afterCommit(() -> {
      run.written(notes);
      live.accept(run);
    });
  }

  /** Tells watchers of a change that is durable. */
  void told(LiveRun run) {
    live.accept(run);
  }

  @Nullable String findStep(LiveRun run, String name) {
    @Nullable String stored =
        store.<@Nullable String, RuntimeException>read(view ->
            view.find(FIND_STEP, row -> row.getString(1), run.row.key(), name).orElse(null));
    return vault.openAny(run.row.key(), Vault.step(name), stored);
  }

  /** What a step answered, as it is stored. */
  String sealedStep(LiveRun run, String name, String json) {
    return vault.sealIf(run.row.type(), run.row.key(), Vault.step(name), json);
  }

  /** What came with a signal. */
  @Nullable String opened(LiveRun run, String signal, @Nullable String stored) {
    return vault.openAny(run.row.key(), Vault.signal(signal), stored);
  }

  /** Returns when the step is durable; waits for a disk, because the step has been done. */
  void addStep(LiveRun run, String name, Instant from, String json) throws InterruptedException {
    long key = run.row.key();
    long done = clock.millis();
    String stored = sealedStep(run, name, json);
    boolean first = !run.hasDetails();
    TxWork<RuntimeException> work =
        tx -> {
          tx.update(ADD_STEP, key, name, from.toEpochMilli(), done, stored);
          if (first) {
            tx.update(MARK, key);
          }
        };
    patience.insist(Patience.DISK, run::cancelled, () -> store.write(work));
    run.detailsWritten();
    live.accept(run);
  }
}
