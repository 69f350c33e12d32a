package dev.millrace.tasks;

import dev.millrace.tasks.window.ReadyWindow;
import dev.millrace.tasks.window.Refill;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue in memory: its window, and its slots. A slot is the right to run one task at a time; it
 * takes task after task until there is none, so nothing stands between a ready task and a free
 * slot. Thread-safe.
 *
 * <p>The lock guards everything here. A task passes from the window to the running ones under it,
 * so a cancellation sees it in one of them. Under it only the running tasks' own maps are touched,
 * and threads are started.
 */
final class TaskQueue {
  final String name;
  private final RunningTasks running;
  private final Notebook notebook;
  private final Consumer<TaskQueue> startSlot;
  private final BiConsumer<TaskQueue, Refill> startRefill;

  private final ReentrantLock lock = new ReentrantLock();
  private final ReadyWindow<TaskRow> window;
  private int limit;
  private int busy;
  private boolean paused;
  private boolean open;

  /**
   * @param startSlot runs {@link #poll} and what it answers until it answers null
   * @param startRefill reads, then calls {@link #endRefill} or {@link #failRefill}
   */
  TaskQueue(
      String name,
      int limit,
      ReadyWindow<TaskRow> window,
      RunningTasks running,
      Notebook notebook,
      Consumer<TaskQueue> startSlot,
      BiConsumer<TaskQueue, Refill> startRefill) {
    this.name = name;
    this.limit = limit;
    this.window = window;
    this.running = running;
    this.notebook = notebook;
    this.startSlot = startSlot;
    this.startRefill = startRefill;
  }

  /** Lets the queue start tasks. */
  void open() {
    lock.lock();
    try {
      open = true;
      refillIfLow();
      startSlots();
    } finally {
      lock.unlock();
    }
  }

  /** Starts nothing more; what runs goes on. */
  void close() {
    lock.lock();
    try {
      open = false;
    } finally {
      lock.unlock();
    }
  }

  void pause(boolean paused) {
    lock.lock();
    try {
      this.paused = paused;
      startSlots();
    } finally {
      lock.unlock();
    }
  }

  boolean isPaused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  void limit(int limit) {
    lock.lock();
    try {
      this.limit = limit;
      startSlots();
    } finally {
      lock.unlock();
    }
  }

  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }

  int busy() {
    lock.lock();
    try {
      return busy;
    } finally {
      lock.unlock();
    }
  }

  int windowSize() {
    lock.lock();
    try {
      return window.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of a commit: what left the ready tasks of the database, and what joined them. */
  void committed(List<TaskRow> left, List<TaskRow> ready) {
    lock.lock();
    try {
      for (TaskRow row : left) {
        window.left(row.rank(), row.key());
      }
      for (TaskRow row : ready) {
        window.offer(row);
      }
      refillIfLow();
      startSlots();
    } finally {
      lock.unlock();
    }
  }

  /** The next task for a slot, or null: then the slot is given back. */
  @Nullable LiveRun poll() {
    lock.lock();
    try {
      TaskRow row = mayStart() && busy <= limit ? window.poll() : null;
      refillIfLow();
      if (row == null) {
        busy--;
        return null;
      }
      LiveRun run = new LiveRun(row, notebook);
      running.add(run);
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a task out so that it cannot start; null if memory does not hold it as ready. */
  @Nullable TaskRow take(long key) {
    lock.lock();
    try {
      return window.remove(key);
    } finally {
      lock.unlock();
    }
  }

  /** Puts in what was read. Called on the writer's thread, behind every commit that was read. */
  void endRefill(Refill refill, List<TaskRow> read, boolean more) {
    lock.lock();
    try {
      window.endRefill(refill, read, more, running::contains);
      refillIfLow();
      startSlots();
    } finally {
      lock.unlock();
    }
  }

  void failRefill(Refill refill) {
    lock.lock();
    try {
      window.failRefill(refill);
    } finally {
      lock.unlock();
    }
  }

  private boolean mayStart() {
    return open && !paused;
  }

  private void refillIfLow() {
    if (!open) {
      return;
    }
    Refill refill = window.beginRefill();
    if (refill != null) {
      startRefill.accept(this, refill);
    }
  }

  private void startSlots() {
    if (!mayStart()) {
      return;
    }
    int starting = Math.min(limit - busy, window.size());
    for (int i = 0; i < starting; i++) {
      busy++;
      startSlot.accept(this);
    }
  }
}
