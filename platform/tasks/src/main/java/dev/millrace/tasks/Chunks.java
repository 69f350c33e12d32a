package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings tasks together that are handled in one call. Thread-safe.
 *
 * <p>A slot that takes a task of such a type from its queue leaves it here and takes the next one,
 * so those that wait for others hold no slot. The slot whose task makes a chunk full runs it; for
 * one whose time has come the queue is asked for a slot. So a queue's concurrency counts chunks,
 * and no chunk waits while tasks enough are ready. Until a chunk begins its tasks are claimed by
 * nobody but memory: after a crash they are ready as before.
 *
 * <p>The lock is taken under no other one, and none is taken under it.
 */
final class Chunks {
  /** Beyond so many tasks the oldest chunk is not waited for any more. */
  private static final int MOST_GATHERED = 8_192;

  private final RunningTasks running;
  private final Errands errands;

  /** Writes that a task has left before its chunk began. */
  private final Consumer<LiveRun> left;

  /** Whether nothing comes later by itself: then {@link #flush} says when there are no more. */
  private final boolean stepped;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Gathering.Place, Gathering> open = new HashMap<>();

  /** All whose chunk has not begun, the oldest first. */
  private final Set<Gathering> waiting = new LinkedHashSet<>();

  private int gathered;
  private boolean closed;

  Chunks(RunningTasks running, Errands errands, Consumer<LiveRun> left, boolean stepped) {
    this.running = running;
    this.errands = errands;
    this.left = left;
    this.stepped = stepped;
  }

  /**
   * Leaves a task here.
   *
   * @return the chunk to be run now, if it is full
   */
  @Nullable Gathering take(LiveRun run, KnownType<?, ?> known, Chunking chunking, TaskQueue queue) {
    var place =
        new Gathering.Place(queue.name, run.type(), chunking.perKey() ? run.row.subject() : null);
    Gathering overdue = null;
    lock.lock();
    try {
      if (closed) {
        running.remove(run); // It is ready in the database.
        return null;
      }
      Gathering gathering = open.get(place);
      if (gathering == null) {
        gathering = new Gathering(this, place, known, queue);
        open.put(place, gathering);
        waiting.add(gathering);
      }
      run.gathering = gathering;
      gathering.runs.add(run);
      gathered++;
      if (gathering.runs.size() >= chunking.size()) {
        open.remove(place);
        return gathering;
      }
      if (gathering.runs.size() == 1 && !stepped) {
        Gathering begun = gathering;
        gathering.alarm = errands.alarm(chunking.within(), () -> due(begun));
      }
      if (gathered > MOST_GATHERED) {
        overdue = oldest();
      }
    } finally {
      lock.unlock();
    }
    if (overdue != null) {
      due(overdue);
    }
    if (run.stopped() != null) {
      leave(run); // It was stopped before it could be told where it is.
    }
    return null;
  }

  private @Nullable Gathering oldest() {
    for (Gathering gathering : waiting) {
      if (open.get(gathering.place) == gathering) {
        return gathering;
      }
    }
    return null;
  }

  /** Asks for a slot to run it. */
  private void due(Gathering gathering) {
    LiveRun first;
    lock.lock();
    try {
      if (!open.remove(gathering.place, gathering)) {
        return;
      }
      first = gathering.runs.getFirst();
    } finally {
      lock.unlock();
    }
    gathering.queue.chunkIsDue(first);
  }

  /**
   * Has all that gathers in a queue begin, since nothing more is ready there; false for nothing.
   */
  boolean flush(TaskQueue queue) {
    List<Gathering> all;
    lock.lock();
    try {
      all = open.values().stream().filter(gathering -> gathering.queue == queue).toList();
    } finally {
      lock.unlock();
    }
    all.forEach(this::due);
    return !all.isEmpty();
  }

  /**
   * The chunk begins.
   *
   * @return its tasks, without those that have left; empty if it does not begin any more
   */
  List<LiveRun> begin(Gathering gathering) {
    List<LiveRun> runs;
    lock.lock();
    try {
      if (!waiting.remove(gathering)) {
        return List.of();
      }
      cancel(gathering.alarm);
      runs = List.copyOf(gathering.runs);
      gathered -= runs.size();
      runs.forEach(run -> run.gathering = null);
    } finally {
      lock.unlock();
    }
    return runs;
  }

  /** Takes out a task that is asked to end before its chunk has begun. */
  void leave(LiveRun run) {
    lock.lock();
    try {
      Gathering gathering = run.gathering;
      if (gathering == null || open.get(gathering.place) != gathering) {
        return; // Its chunk begins, or is about to: there it ends.
      }
      gathering.runs.remove(run);
      run.gathering = null;
      gathered--;
      if (gathering.runs.isEmpty()) {
        open.remove(gathering.place);
        waiting.remove(gathering);
        cancel(gathering.alarm);
      }
    } finally {
      lock.unlock();
    }
    left.accept(run);
  }

  private static void cancel(@Nullable Future<?> alarm) {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /** Gives back what has gathered and has not begun: in the database it is ready. */
  void close() {
    var runs = new ArrayList<LiveRun>();
    lock.lock();
    try {
      closed = true;
      for (Gathering gathering : waiting) {
        cancel(gathering.alarm);
        runs.addAll(gathering.runs);
      }
      waiting.clear();
      open.clear();
      gathered = 0;
    } finally {
      lock.unlock();
    }
    runs.forEach(running::remove);
  }
}
