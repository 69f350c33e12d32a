package dev.millrace.tasks;

import dev.millrace.store.Tx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A submission that was checked, and waits for its transaction. Immutable.
 *
 * @param beside what is written with it
 * @param key the key it was given already; 0 if it gets one when it is placed
 * @param waitsFor what it waits for from the beginning; null if it is ready
 * @param expiry how long after it is due it may be started; null for ever
 * @param cost how many units it takes of each rate
 */
record Draft(
    String type,
    String queue,
    int priority,
    String input,
    @Nullable String tags,
    SubmitOptions options,
    Beside beside,
    long key,
    @Nullable String waitsFor,
    @Nullable Duration expiry,
    int cost) {

  /** What is written beside a task when it is placed, in its commit. */
  @FunctionalInterface
  interface Beside {
    Beside NOTHING = (tx, commit, task) -> {};

    void write(Tx tx, TaskCommit commit, TaskRow task);
  }

  static Draft of(KnownType<?, ?> known, String input, SubmitOptions options) {
    Integer priority = options.priority();
    String queue = options.queue();
    Duration expiry = options.expiry();
    Integer cost = options.cost();
    return new Draft(
        known.name(),
        queue == null ? known.type.queue() : queue,
        priority == null ? known.type.priority() : priority,
        input,
        Json.tags(options.tags()),
        options,
        Beside.NOTHING,
        0,
        null,
        expiry == null ? known.type.expiry() : expiry,
        cost == null ? known.type.cost() : cost);
  }

  Draft with(Beside written) {
    return new Draft(
        type, queue, priority, input, tags, options, written, key, waitsFor, expiry, cost);
  }

  /** The same with a key of its own, for a task that has begun and waits. */
  Draft begun(long own, String what) {
    return new Draft(type, queue, priority, input, tags, options, beside, own, what, expiry, cost);
  }

  /** When it is due in Unix ms; 0 if at once. */
  long runAt(long nowMillis) {
    long at = 0;
    if (options.delay() != null) {
      at = nowMillis + options.delay().toMillis();
    } else if (options.runAt() != null) {
      at = options.runAt().toEpochMilli();
    }
    return at > nowMillis ? at : 0;
  }

  /**
   * @param stored the input as it is stored
   */
  TaskRow row(long key, long nowMillis, Ranks ranks, boolean waits, long batch, String stored) {
    long runAt = runAt(nowMillis);
    return new TaskRow(
        key,
        waits ? TaskState.WAITING : runAt == 0 ? TaskState.READY : TaskState.SCHEDULED,
        type,
        queue,
        priority,
        runAt == 0
            ? ranks.ofArrival(queue, priority, TaskId.millisOf(key))
            : ranks.of(queue, priority, runAt),
        runAt,
        0,
        0,
        false,
        false,
        options.uniqueKey(),
        tags,
        options.tenant(),
        options.key(),
        options.traceparent(),
        stored,
        batch,
        expiry == null ? 0 : (runAt == 0 ? nowMillis : runAt) + expiry.toMillis(),
        cost);
  }
}
