package dev.millrace.tasks;

import dev.millrace.store.Finding;
import dev.millrace.store.Position;
import dev.millrace.store.Tx;
import dev.millrace.tasks.adaptive.AdaptiveState;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tasks on a store that this process owns.
 *
 * <p><b>Who knows what.</b> The database knows the unfinished tasks and history. Memory knows which
 * tasks run, and the ledger remembers it for the next process; the database is not told that a task
 * runs, because a commit a start would halve the rate. A store that several processes share needs
 * durable claims instead, in the place of {@link RunningTasks} and {@link RunningLedger}.
 *
 * <p><b>Order.</b> All changes of memory that follow from commits are made on the writer's thread
 * in the order of commits: see {@link AfterCommit}. Locks: a queue's lock, the lock of a run, that
 * of the timer, of the completer and of a watch; none is taken while another one is held, but that
 * a queue asks the concurrent map of running tasks, and takes the lock of gates under its own.
 */
final class Engine implements SteppedTasks {
  private final EngineParts parts;
  private final EngineLife life;

  /** For tests, which tell it how full memory is. */
  final MemoryGuard memory;

  Engine(TasksBuilder built, boolean stepped) {
    parts = new EngineParts(built, stepped);
    life = new EngineLife(parts);
    memory = parts.memory;
  }

  @Override
  public void register(TaskType<?, ?> type) {
    parts.vault.check(type);
    parts.types.register(type);
    parts.limits.declare(type.limits());
  }

  @Override
  public List<String> types() {
    return parts.types.names();
  }

  @Override
  public void start() {
    life.start();
  }

  @Override
  public void close() {
    life.close();
  }

  // Requests.

  @Override
  public <I> Submitted submit(TaskType<I, ?> type, I input, SubmitOptions options) {
    parts.submitter.admit();
    return parts.submitter.submit(parts.submitter.draft(type.name(), input, options));
  }

  @Override
  public <I> Submitted submit(Tx tx, TaskType<I, ?> type, I input, SubmitOptions options) {
    parts.submitter.admit();
    return parts.submitter.submit(tx, parts.submitter.draft(type.name(), input, options));
  }

  @Override
  public Submitted submitJson(String type, JsonNode input, SubmitOptions options) {
    parts.submitter.admit();
    return parts.submitter.submit(parts.submitter.draftJson(type, input, options));
  }

  @Override
  public SubmittedAll submitAll(List<Submission> submissions) {
    parts.submitter.admit();
    return parts.submitter.submitAll(parts.submitter.drafts(submissions));
  }

  @Override
  public <I> SubmittedAll submitAll(
      TaskType<I, ?> type, Collection<? extends I> inputs, SubmitOptions options) {
    parts.submitter.admit();
    Submitter.checkBulk(inputs);
    return parts.submitter.submitAll(
        inputs.stream().map(input -> parts.submitter.draft(type.name(), input, options)).toList());
  }

  @Override
  public TaskState cancel(TaskId id) {
    parts.requireStarted();
    return parts.changes.cancel(id);
  }

  @Override
  public Position retry(TaskId id) {
    parts.requireStarted();
    return parts.changes.retry(id);
  }

  @Override
  public Position discard(TaskId id) {
    parts.requireStarted();
    return parts.changes.discard(id);
  }

  @Override
  public Position move(TaskId id, TaskMove wanted) {
    parts.requireStarted();
    return parts.moves.move(id, wanted);
  }

  @Override
  public Position delete(TaskId id) {
    parts.requireStarted();
    return parts.changes.delete(id, parts.purge);
  }

  @Override
  public TypeRules typeRules() {
    return parts.typeRules;
  }

  @Override
  public Position signal(TaskId id, String name, @Nullable JsonNode payload) {
    parts.requireStarted();
    return parts.signals.send(id, name, payload == null ? null : payload.toString());
  }

  @Override
  public Workflows workflows() {
    return parts.workflows;
  }

  @Override
  public Batches batches() {
    return parts.batches;
  }

  @Override
  public Schedules schedules() {
    return parts.schedules;
  }

  @Override
  public TaskLimits limits() {
    return parts.limits;
  }

  @Override
  public Tenants tenants() {
    return parts.tenants;
  }

  @Override
  public ErrorGroups errors() {
    return parts.errors;
  }

  @Override
  public Optional<TaskView> find(TaskId id) {
    parts.requireStarted();
    return parts.lookup.find(id);
  }

  @Override
  public <O> Optional<O> result(TaskType<?, O> type, TaskId id) {
    parts.requireStarted();
    return parts
        .lookup
        .stored(id, "output")
        .map(json -> Json.MAPPER.readValue(json, type.output()));
  }

  @Override
  public JsonNode redacted(String type, JsonNode data) {
    return parts.types.redaction(type).shown(data);
  }

  @Override
  public boolean encrypts(String type) {
    return parts.vault.covers(type);
  }

  @Override
  public Sealing sealing() {
    return parts.sealing;
  }

  @Override
  public Kept kept(TaskView task) {
    return parts.retentions.kept(task);
  }

  @Override
  public TaskPage list(TaskFilter filter, int limit, @Nullable String cursor) {
    parts.requireStarted();
    return parts.lists.list(filter, limit, cursor);
  }

  @Override
  public TaskFacets facets(TaskFilter filter) {
    parts.requireStarted();
    return parts.facets.of(filter);
  }

  @Override
  public TaskLinks links(TaskId id) {
    return parts.store.read(view -> parts.links.of(view, id.key()));
  }

  @Override
  public Optional<Trail> trail(TaskId id) {
    parts.requireStarted();
    return parts.lookup.trail(id);
  }

  @Override
  public List<QueueView> queues() {
    return parts.queueViews();
  }

  @Override
  public List<PoolView> pools() {
    return parts.workers.pools();
  }

  @Override
  public void pause(String queue) {
    parts.requireStarted();
    parts.queues.pause(queue, true);
  }

  @Override
  public void resume(String queue) {
    parts.requireStarted();
    parts.queues.pause(queue, false);
  }

  @Override
  public void quiet() {
    life.quiet();
  }

  @Override
  public void wake() {
    life.wake();
  }

  @Override
  public QuietView quietness() {
    return life.quietness();
  }

  @Override
  public QuietView awaitQuiet(Duration timeout) throws InterruptedException {
    return life.awaitQuiet(timeout);
  }

  @Override
  public void defaultConcurrency(String queue, int limit) {
    parts.queues.defaultLimit(queue, limit);
  }

  @Override
  public void limitConcurrency(String queue, int limit) {
    parts.requireStarted();
    parts.queues.limit(queue, limit);
  }

  @Override
  public void order(String queue, QueueOrder order) {
    parts.requireStarted();
    parts.queues.order(queue, order);
  }

  @Override
  public void autoConcurrency(String queue, AutoBounds bounds) {
    parts.requireStarted();
    parts.queues.limit(queue, bounds);
  }

  @Override
  public AdaptiveState adaptive() {
    return new AdaptiveState(parts.memory.state(), parts.tuner.state());
  }

  @Override
  public Optional<Finding> trouble() {
    return parts.patience.trouble();
  }

  @Override
  public Optional<TaskView> await(TaskId id, Duration timeout) throws InterruptedException {
    parts.requireStarted();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      CountDownLatch over = parts.waiters.add(id.key());
      try {
        TaskView task = parts.lookup.find(id).orElseThrow(() -> parts.lookup.notFound(id));
        if (task.state().finished()) {
          return Optional.of(task);
        }
        parts.requireStarted();
        if (!parts.waiters.await(over, deadline)) {
          return Optional.empty();
        }
      } finally {
        parts.waiters.remove(id.key(), over);
      }
    }
  }

  @Override
  public TaskHook listen(TaskListener listener) {
    return parts.hooks.open(listener);
  }

  @Override
  public TaskWatch watch(TaskFilter filter) {
    parts.requireStarted();
    TaskWatch watch = parts.watches.open(Watches.matching(filter));
    String input = filter.input();
    return input == null || !filter.asksForInput()
        ? watch
        : new InputWatch(watch, keys -> parts.lists.withInput(keys, input));
  }

  @Override
  public TaskWatch watch(TaskId id) {
    parts.requireStarted();
    return parts.watches.open(change -> change.id().equals(id));
  }

  // Steps.

  @Override
  public Optional<TaskId> runNext() {
    parts.requireStarted();
    return parts.stepping.runNext();
  }

  @Override
  public Optional<Instant> nextMoment() {
    parts.requireStarted();
    return parts.stepping.nextMoment();
  }

  @Override
  public void catchUp() {
    parts.requireStarted();
    parts.stepping.catchUp();
  }

  @Override
  public Optional<String> storedInput(TaskId id) {
    return parts.lookup.stored(id, "input");
  }

  /** Looks at the clock now; for tests that set it. */
  void wakeTimer() {
    parts.due.wake();
    parts.schedules.wake();
  }

  /** Lists with another clock of elapsed nanoseconds; for tests. */
  Lists listsOn(LongSupplier ticker) {
    var views = new Views(parts.running, parts.types, parts.vault);
    return new Lists(
        parts.store,
        ticker,
        parts.buckets,
        views,
        parts.running,
        parts.lookup,
        new InputMatch(parts.types));
  }

  /** Purges history now; for tests. */
  void purgeNow() {
    parts.purge.run();
  }
}
