package dev.millrace.tasks;

import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.Transition.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run gives its thread back before it is through. Immutable.
 *
 * @param event {@link Event#SLEPT} or {@link Event#HELD}
 * @param waitsFor what ends it, as in the database; null if only time does
 * @param runAt Unix ms at which it ends at the latest; 0 for never
 * @param batches any of which ends it, if it waits for {@link #FOR_NEWS}
 * @param work what commits together with it; null for nothing
 */
record Hold(
    Event event,
    @Nullable String waitsFor,
    long runAt,
    List<Long> batches,
    @Nullable TxWork<RuntimeException> work) {
  private static final String SIGNAL = "signal ";
  private static final String BATCH = "batch ";
  private static final String TASK = "task ";

  /** Waits for the success of the tasks it is linked to. */
  static final String FOR_TASKS = "tasks";

  /** Waits for any signal, and the end of any batch of its own. */
  static final String FOR_NEWS = "news";

  static Hold sleep(long until) {
    return new Hold(Event.SLEPT, null, until, List.of(), null);
  }

  static Hold signal(String name, long until) {
    return new Hold(Event.HELD, forSignal(name), until, List.of(), null);
  }

  static Hold batch(long key) {
    return new Hold(Event.HELD, forBatch(key), 0, List.of(), null);
  }

  static Hold news(long until, List<Long> batches, TxWork<RuntimeException> work) {
    return new Hold(Event.HELD, FOR_NEWS, until, List.copyOf(batches), work);
  }

  /** Waits for room at a gate. */
  static Hold limit(String gate) {
    return new Hold(Event.HELD, GateCommit.FOR_LIMIT + gate, 0, List.of(), null);
  }

  static String forSignal(String name) {
    return SIGNAL + name;
  }

  static String forBatch(long key) {
    return BATCH + key;
  }

  /** Waits for the end of the task whose unique key it has from then on. */
  static String forEnd(long key) {
    return TASK + key;
  }

  /** Whether the run has left rows behind that tell what it waits for. */
  boolean leavesDetails() {
    return !FOR_NEWS.equals(waitsFor);
  }

  /** Whether what the task waits for has come already. */
  boolean isThere(Tx tx, long task) {
    String what = waitsFor;
    if (what == null) {
      return false;
    }
    if (what.equals(FOR_NEWS)) {
      return Signals.any(tx, task) || batches.stream().anyMatch(key -> BatchStore.isOver(tx, key));
    }
    return what.startsWith(SIGNAL)
        ? Signals.first(tx, task, what.substring(SIGNAL.length())).isPresent()
        : BatchStore.isOver(tx, Long.parseLong(what.substring(BATCH.length())));
  }

  /** Tells whoever looks at the task what it waits for. */
  static @Nullable String inWords(@Nullable String waitsFor) {
    if (waitsFor != null && waitsFor.startsWith(BATCH)) {
      return BATCH + new BatchId(Long.parseLong(waitsFor.substring(BATCH.length())));
    }
    return waitsFor != null && waitsFor.startsWith(TASK)
        ? TASK + new TaskId(Long.parseLong(waitsFor.substring(TASK.length())))
        : waitsFor;
  }
}
