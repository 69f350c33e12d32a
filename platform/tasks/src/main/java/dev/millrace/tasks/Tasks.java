package dev.millrace.tasks;

import dev.millrace.store.Finding;
import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.adaptive.AdaptiveState;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.adaptive.AutoLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Durable tasks on a store: submitted in a commit, run by this process, kept as history. What a
 * submission acknowledged is run at least once, whatever happens to the process.
 *
 * <p>Thread-safe; made for virtual threads. Refusals are {@link TaskException}s, failures of the
 * database {@link dev.millrace.store.StoreException}s.
 */
public interface Tasks extends AutoCloseable {
  /**
   * Sets up tasks on {@code store}.
   *
   * @param folder a local folder for the ledger of running tasks; the data folder of the store
   */
  static TasksBuilder on(Store store, Path folder) {
    return new TasksBuilder(store, folder);
  }

  /**
   * Makes a type known with the limits that it declares, before or after {@link #start}.
   *
   * @throws IllegalArgumentException if another type has its name
   */
  void register(TaskType<?, ?> type);

  /**
   * How many tasks of a queue run at once as long as nobody limits the queue by {@link
   * #limitConcurrency}. Called before {@link #start}.
   *
   * @param limit 1 to 4,096
   */
  void defaultConcurrency(String queue, int limit);

  /** The names of all registered types, sorted. */
  List<String> types();

  /** Takes up what the last process left, then runs tasks. Called once. */
  void start();

  /** Submits in a commit of its own, with what the type says. */
  default <I> Submitted submit(TaskType<I, ?> type, I input) {
    return submit(type, input, SubmitOptions.defaults());
  }

  /** Submits in a commit of its own. */
  <I> Submitted submit(TaskType<I, ?> type, I input, SubmitOptions options);

  /** Submits in the caller's transaction: the task exists if that commits. */
  <I> Submitted submit(Tx tx, TaskType<I, ?> type, I input, SubmitOptions options);

  /**
   * Submits by name, for clients.
   *
   * @throws TaskException with the nearest names if there is no such type, or with the field that
   *     does not fit the input record
   */
  Submitted submitJson(String type, JsonNode input, SubmitOptions options);

  /**
   * Submits up to 10,000 tasks in one commit: all or none.
   *
   * @throws TaskException naming the first submission that is refused as {@code /tasks/<index>…}
   */
  SubmittedAll submitAll(List<Submission> submissions);

  /** As {@link #submitAll(List)} for many inputs of one type. */
  <I> SubmittedAll submitAll(
      TaskType<I, ?> type, Collection<? extends I> inputs, SubmitOptions options);

  /**
   * Gives a task up. One that waits is cancelled when this returns; the handler of one that runs is
   * interrupted, and the request survives a crash.
   *
   * @return the state after the call: cancelled, or running while the handler ends
   * @throws TaskException if there is no such task, or it is over
   */
  TaskState cancel(TaskId id);

  /**
   * Runs a dead or cancelled task again from its last finished step with new attempts, or a
   * scheduled or retrying one now.
   *
   * @throws TaskException if there is no such task, or its state does not allow it
   */
  Position retry(TaskId id);

  /**
   * Gives a dead task up: it is cancelled, and so are the tasks that wait for its success. It can
   * still be driven again.
   *
   * @throws TaskException if there is no such task, or it is not dead
   */
  Position discard(TaskId id);

  /**
   * Gives a task that waits another priority, queue or time to start. One that a limit holds up, or
   * that waits for others, goes on waiting for them.
   *
   * @throws TaskException if there is no such task, it runs or is over, or it waits for something
   *     else than the time that is to be changed
   */
  Position move(TaskId id, TaskMove wanted);

  /**
   * Takes a finished task out of history with all its traces; a batch goes on counting it. Tasks
   * that wait for the success of a dead one are cancelled.
   *
   * @throws TaskException if there is no such task, or it is not over
   */
  Position delete(TaskId id);

  /**
   * Sends a signal to an unfinished task; it is kept until the handler takes it. Signals of a name
   * are taken in the order in which they were sent.
   *
   * @param payload null for none
   * @throws TaskException if there is no such task, or it is over
   */
  Position signal(TaskId id, String name, @Nullable JsonNode payload);

  /** Tasks in stages, defined as data. */
  Workflows workflows();

  /** Tasks that are counted together. */
  Batches batches();

  /** Tasks that are submitted when their time comes. */
  Schedules schedules();

  /** Limits on how many tasks run at once and how often they start. */
  TaskLimits limits();

  /** Time limits and attempts of types, changed while they are at work. */
  TypeRules typeRules();

  /** What goes wrong, by kind. */
  ErrorGroups errors();

  /** How much of the queues each tenant gets. */
  Tenants tenants();

  /** The task with its input and result, as people may see them: hidden fields are not shown. */
  Optional<TaskView> find(TaskId id);

  /** What a task answered, whole; nothing if there is no such task, or no result of it. */
  <O> Optional<O> result(TaskType<?, O> type, TaskId id);

  /** Data of the tasks of a type as people may see it; {@code data} is not changed. */
  JsonNode redacted(String type, JsonNode data);

  /** Whether the inputs, results, steps and logs of a type are encrypted in the database. */
  boolean encrypts(String type);

  /** Encryption under the same keys, for small secrets and for a change of keys. */
  Sealing sealing();

  /** Until when a task and its result are there to be seen. */
  Kept kept(TaskView task);

  /**
   * Tasks, newest submission first.
   *
   * @param limit 1 to 200
   * @param cursor {@link TaskPage#next} of the page before; null for the first
   */
  TaskPage list(TaskFilter filter, int limit, @Nullable String cursor);

  /**
   * How many tasks each other choice of the filter would show. Costs about as much as a page: what
   * is not counted by the commits already is counted over the newest tasks only, and says so.
   */
  TaskFacets facets(TaskFilter filter);

  /** Which unfinished tasks it waits for, and which wait for it. */
  TaskLinks links(TaskId id);

  /** Attempts, steps and log of a task. */
  Optional<Trail> trail(TaskId id);

  /** All queues that have or had tasks or settings, by name, with counts that need no counting. */
  List<QueueView> queues();

  /** What runs handlers: {@code io}, then {@code cpu}. */
  List<PoolView> pools();

  /** Starts nothing more from this queue until {@link #resume}; what runs goes on. Durable. */
  void pause(String queue);

  /** Lets a paused queue go on. Durable. */
  void resume(String queue);

  /**
   * Keeps this process from starting anything more, in any queue; what runs goes on, and what is
   * submitted or falls due meanwhile waits. Not durable: the next process takes work. Does nothing
   * if it is quiet already.
   */
  void quiet();

  /** Has this process take work again after {@link #quiet}. */
  void wake();

  /** Whether it takes work, and how much is still at work. */
  QuietView quietness();

  /**
   * Waits until it is quiet and nothing runs any more.
   *
   * @return how it stands then, or after {@code timeout}
   * @throws InterruptedException if the thread is interrupted
   */
  QuietView awaitQuiet(Duration timeout) throws InterruptedException;

  /**
   * Sets how many tasks of the queue run at once. Durable; takes effect as slots become free.
   *
   * @param limit 1 to 4,096
   */
  void limitConcurrency(String queue, int limit);

  /**
   * Sets which tasks of a queue go first, of those of one tenant and priority. Durable. What waits
   * already keeps its order: it goes behind all that comes when the newest go first, and before it
   * when the oldest do.
   */
  void order(String queue, QueueOrder order);

  /** What the memory guard and auto-tuning know and do. */
  AdaptiveState adaptive();

  /**
   * Has the queue find out how many of its tasks run at once, from how long they take and how they
   * fail: see {@link AutoLimit}. Durable; {@link #limitConcurrency} ends it. Where {@link
   * AdaptiveConfig#autoConcurrency} is off it is only kept.
   */
  void autoConcurrency(String queue, AutoBounds bounds);

  /**
   * Waits until the task is over.
   *
   * @return the finished task, or nothing after {@code timeout}
   * @throws TaskException if there is no such task
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<TaskView> await(TaskId id, Duration timeout) throws InterruptedException;

  /**
   * What keeps outcomes and steps from being written, such as a full disk, and what to do; nothing
   * if all is well. They wait and are written when that is mended.
   */
  Optional<Finding> trouble();

  /**
   * Has a listener called in this process after each end of a run, once that is committed.
   *
   * @return closing it ends that
   */
  TaskHook listen(TaskListener listener);

  /** News of the tasks that match, from now on. */
  TaskWatch watch(TaskFilter filter);

  /** News of one task, from now on. */
  TaskWatch watch(TaskId id);

  /**
   * Stops: starts nothing more, gives running tasks the grace period, then interrupts them and puts
   * them back, with the attempt not counted. Returns when every outcome is durable. The store stays
   * open.
   */
  @Override
  void close();
}
