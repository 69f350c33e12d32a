package dev.millrace.tasks;

import dev.millrace.store.Finding;
import dev.millrace.store.Migrations;
import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.adaptive.AdaptiveState;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.adaptive.AutoLimit;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Migrations MIGRATIONS =
      Migrations.of(
          "tasks",
          Engine.class,
          "0001_tasks",
          "0002_waiting",
          "0003_workflows",
          "0004_schedules",
          "0005_fairness_and_limits",
          "0006_errors",
          "0007_adaptive",
          "0008_links_after",
          "0009_expiry_and_types",
          "0010_order",
          "0011_limits_of_keys",
          "0012_tenants",
          "0013_cost",
          "0014_links",
          "0015_followers");
  private static final long PURGE_EVERY_SECONDS = 600;
  private static final long AFTER_INTERRUPT_MILLIS = 5_000;
  private static final long WRITE_PATIENCE_MILLIS = 10_000;
  private static final int LOOK_AGAIN_MILLIS = 16;

  private enum Life {
    NEW,
    STARTED,
    CLOSED
  }

  private final Store store;
  private final TasksBuilder built;
  private final TypeRegistry types;
  private final Vault vault;
  private final IdSequence ids = new IdSequence();
  private final RunningTasks running = new RunningTasks();
  private final Buckets buckets = new Buckets();
  private final Links links = new Links(buckets);
  private final Counts counts = new Counts();
  private final Watches watches = new Watches();
  private final Hooks hooks = new Hooks();
  private final Waiters waiters;
  private final Patience patience = new Patience();
  private final Errands errands;
  private final TaskMetrics metrics;
  private final RunningLedger ledger;
  private final CommitEffects effects;
  private final Followers followers;
  private final Completer completer;
  private final Workers workers;
  private final Notebook notebook;
  private final TenantStore tenants;
  private final Gates gates;
  private final LimitStore limits;
  private final Queues queues;
  private final DueTimer due;
  private final Trials trials;
  private final Purge purge;
  private final Retentions retentions;
  private final Lookup lookup;
  private final Lists lists;
  private final Facets facets;
  private final Submitter submitter;
  private final Changes changes;
  private final Moves moves;
  private final Expiry expiry;
  private final TypeStore typeRules;
  private final BatchSweep sweep;
  private final BatchStore batches;
  private final Signals signals;
  private final WorkflowStore workflows;
  private final ScheduleStore schedules;
  private final ErrorStore errors;
  private final Sealing sealing;

  /** For tests, which tell it how full memory is. */
  final MemoryGuard memory;

  private final Tuner tuner;
  private final AfterCommit after;
  private final Stepping stepping;

  /** Null unless tasks only run when somebody steps them; then the errands are stepped too. */
  private final @Nullable Stepper stepper;

  private volatile Life life = Life.NEW;

  /** From when on nothing more is started; null if tasks are. */
  private volatile @Nullable Instant quietSince;

  Engine(TasksBuilder built, boolean stepped) {
    this.store = built.store;
    this.built = built;
    types = new TypeRegistry(built.config.redacted());
    vault = new Vault(built.encryption, types);
    stepper = stepped ? new Stepper() : null;
    errands = stepped ? new SteppedErrands(built.clock) : new Errands();
    waiters = new Waiters(!stepped);
    metrics = new TaskMetrics(built.meters);
    ledger = RunningLedger.open(built.folder.resolve("running.ledger"), store.position().history());
    errors = new ErrorStore(store, built.clock);
    gates = new Gates(running, built.clock, this::wakeAt);
    effects = new CommitEffects();
    followers = new Followers(effects);
    completer = new Completer(store, effects, patience, stepped);
    workers =
        new Workers(
            store,
            built,
            types,
            ledger,
            completer,
            effects,
            errands,
            patience,
            this::started,
            stepper,
            vault,
            this::sequel,
            running);
    notebook =
        new Notebook(
            store, built.clock, running, errands, patience, this::progressed, vault, effects);
    tenants =
        new TenantStore(
            store, running, this::activeTenants, this::requireStarted, this::tenantChanged);
    queues =
        new Queues(
            store,
            built.config,
            running,
            notebook,
            workers::start,
            errands,
            tenants,
            gates,
            built.clock,
            effects);
    limits =
        new LimitStore(
            store, built.clock, errands, queues, running, effects, this::requireStarted, gates);
    due = new DueTimer(store, built.clock, effects);
    trials =
        new Trials(
            store,
            ledger,
            running,
            queues,
            this::isPaused,
            gates,
            notebook,
            workers,
            patience,
            errands,
            built.config.trialTime());
    retentions = new Retentions(built.config, types);
    purge =
        new Purge(store, built.clock, built.config, buckets, counts, links, effects, retentions);
    var views = new Views(running, types, vault);
    lookup = new Lookup(store, buckets, views, running, types, vault);
    var inputs = new InputMatch(types);
    lists = new Lists(store, System::nanoTime, buckets, views, running, lookup, inputs);
    facets = new Facets(store, buckets, running, this::queues, this::types, inputs);
    moves = new Moves(store, built.clock, types, queues, running, lookup, effects);
    submitter =
        new Submitter(
            store,
            built.clock,
            types,
            ids,
            running,
            queues,
            links,
            effects,
            new Duplicates(built.clock, running, moves, followers, effects),
            this::requireOpen);
    changes = new Changes(store, built.clock, queues, running, buckets, lookup, effects);
    expiry = new Expiry(store, built.clock, errands, changes);
    typeRules = new TypeStore(store, types, this::requireStarted);
    sweep = new BatchSweep(store, changes, errands);
    batches = new BatchStore(store, built.clock, submitter, buckets, sweep, waiters, effects);
    signals = new Signals(store, built.clock, running, lookup, effects);
    workflows =
        new WorkflowStore(
            store,
            built.clock,
            types,
            submitter,
            batches,
            signals,
            changes,
            patience,
            vault,
            stepped ? null : this::isFree);
    schedules =
        new ScheduleStore(store, built.clock, built.random, submitter, this::requireStarted);
    sealing = new Resealing(store, vault, buckets, schedules);
    memory = new MemoryGuard(queues, running, built.clock, built.config.adaptive().memoryGuard());
    tuner = new Tuner(queues, built.clock, built.config.adaptive());
    notebook.pauses(
        new Pauses(
            store,
            notebook,
            patience,
            submitter,
            batches,
            new Parts(store, gates, patience, stepped)));
    after =
        new AfterCommit(
            built.clock,
            counts,
            metrics,
            watches,
            hooks,
            waiters,
            running,
            ledger,
            queues,
            gates,
            due,
            trials,
            schedules,
            expiry,
            tenants.bounds,
            () -> life == Life.STARTED);
    stepping = new Stepping(stepper, errands, workers, due, schedules);
  }

  /** What every commit with tasks needs, and what follows it. */
  private final class CommitEffects implements TaskCommit.Effects {
    @Override
    public Buckets buckets() {
      return buckets;
    }

    @Override
    public Vault vault() {
      return vault;
    }

    @Override
    public long ageingMillis() {
      return built.config.ageing().toMillis();
    }

    @Override
    public LimitRules limits() {
      return gates.rules();
    }

    @Override
    public TenantBounds bounds() {
      return tenants.bounds;
    }

    @Override
    public Ranks ranks() {
      return queues.ranks;
    }

    @Override
    public long now() {
      return built.clock.millis();
    }

    @Override
    public boolean areGated() {
      return gates.rules().areGated();
    }

    @Override
    public GateCommit gates() {
      return new GateCommit(gates, Engine.this::isPaused);
    }

    @Override
    public ErrorStore errors() {
      return errors;
    }

    @Override
    public void discarded(Tx tx, TaskCommit commit, TaskRow row) {
      links.ended(tx, commit, row.key(), TaskState.CANCELLED);
      batches.ownerCancelled(tx, row.key());
    }

    @Override
    public void ended(Tx tx, TaskCommit commit, Outcome outcome, TaskState state) {
      long key = outcome.row().key();
      links.ended(tx, commit, key, state);
      followers.ended(commit, outcome.row());
      if (outcome.row().state() == TaskState.WAITING && outcome.run() == null) {
        links.left(tx, key);
      }
      if (outcome.details()) {
        Signals.drop(tx, key);
      }
      workflows.ended(tx, outcome.row(), state);
      if (state == TaskState.CANCELLED) {
        batches.ownerCancelled(tx, key);
      }
    }

    @Override
    public void settle(Tx tx, TaskCommit commit) {
      batches.settle(tx, commit);
    }

    @Override
    public void committing(Tx tx, TaskCommit commit) {
      if (built.journal != null && built.config.events()) {
        var states = new EnumMap<TaskState, List<TaskId>>(TaskState.class);
        commit.submitted.forEach(row -> note(states, row.state(), row));
        commit.outcomes.forEach(outcome -> note(states, outcome.to(), outcome.row()));
        commit.readied.forEach(row -> note(states, TaskState.READY, row));
        commit.discarded.forEach(row -> note(states, TaskState.CANCELLED, row));
        for (TaskCommit.Moved moved : commit.moved.values()) {
          if (moved.before().state() != moved.after().state()) {
            note(states, moved.after().state(), moved.after());
          }
        }
        if (!states.isEmpty()) {
          built.journal.emit(tx, new TasksChanged(states));
        }
      }
    }

    private static void note(Map<TaskState, List<TaskId>> states, TaskState state, TaskRow row) {
      states.computeIfAbsent(state, _ -> new ArrayList<>()).add(row.id());
    }

    @Override
    public void committed(TaskCommit commit) {
      after.committed(commit);
    }
  }

  private void wakeAt(String gate, long at) {
    limits.wakeAt(gate, at);
  }

  private @Nullable Sequel sequel(LiveRun run, @Nullable String output) {
    return workflows.after(run, output);
  }

  /** Whether neither a pause nor a limit holds such a task up. */
  private boolean isFree(TaskRow row) {
    return gates.rules().gatesOf(row).isEmpty()
        && queue(row.queue()).isFree()
        && !tenants.isPaused(row.tenant(), row.queue());
  }

  /** Whether its queue is paused, or its tenant there. */
  private boolean isPaused(TaskRow row) {
    return tenants.isPaused(row.tenant(), row.queue()) || queue(row.queue()).isPaused();
  }

  private void tenantChanged(String tenant) {
    for (TaskQueue queue : queues.all()) {
      queue.hold(tenant);
      if (tenants.isPaused(tenant, queue.name)) {
        gates.revoke(queue.name, tenant);
      }
    }
  }

  private TaskQueue queue(String name) {
    return queues.of(name);
  }

  private void started(LiveRun run) {
    metrics.started(run);
    progressed(run);
  }

  private void progressed(LiveRun run) {
    if (watches.isWatched()) {
      watches.tell(run.change(TaskState.RUNNING, null, built.clock.instant()));
    }
  }

  // Life.

  @Override
  public void register(TaskType<?, ?> type) {
    vault.check(type);
    types.register(type);
    limits.declare(type.limits());
  }

  @Override
  public List<String> types() {
    return types.names();
  }

  @Override
  public synchronized void start() {
    if (life != Life.NEW) {
      throw new IllegalStateException("tasks were started before; build them anew");
    }
    store.migrate(MIGRATIONS);
    store.write(tx -> {
      buckets.upgrade(tx);
      Bucket _ = buckets.at(tx, built.clock.millis());
    });
    store.<@Nullable Void, RuntimeException>read(view -> {
      load(view);
      return null;
    });
    metrics.watch(memory, tuner);
    queues.onNew(queue -> metrics.watch(queue, counts));
    life = Life.STARTED;
    gates.grant(new Recovery(store, built.clock, ledger, effects).run());
    completer.start();
    if (stepper == null) {
      due.start();
    }
    sweep.start();
    schedules.start(stepper != null);
    limits.start();
    if (stepper == null) {
      memory.start();
      tuner.start();
    }
    var backfill = new ErrorBackfill(store, buckets, vault, effects);
    Thread _ = errands.start("tasks-errors", backfill::run);
    errands.startEvery(PURGE_EVERY_SECONDS / 10, PURGE_EVERY_SECONDS, "tasks-purge", purge::run);
    List<TaskRow> suspects = suspects();
    if (suspects.isEmpty() || stepper != null) {
      queues.open();
    } else {
      trials.start(suspects, queues::open);
    }
  }

  private void load(Snapshot view) {
    counts.load(view);
    buckets.load(view);
    links.load(view);
    followers.load(view);
    schedules.load(view);
    errors.load(view);
    typeRules.load(view);
    expiry.load(view);
    for (String table : List.of("tasks", "task_batches", "task_schedules")) {
      ids.continueBehind(view.number("SELECT coalesce(max(id), 0) FROM " + table));
    }
    for (Bucket bucket : buckets.newestFirst()) {
      ids.continueBehind(view.number("SELECT coalesce(max(id), 0) FROM " + bucket.table));
    }
    tenants.load(view);
    limits.load(view);
    queues.load(view, counts.queues());
  }

  private List<TaskRow> suspects() {
    return store.<List<TaskRow>, RuntimeException>read(Recovery::suspects).stream()
        .filter(row -> types.find(row.type()) != null && !isPaused(row))
        .toList();
  }

  @Override
  public synchronized void close() {
    Life before = life;
    life = Life.CLOSED;
    if (before == Life.CLOSED) {
      return;
    }
    boolean stopped = before == Life.NEW || stop();
    memory.close();
    errands.close();
    workers.close();
    watches.close();
    hooks.close();
    waiters.close();
    if (stopped) {
      ledger.close();
    }
  }

  /** False if the caller is interrupted, and what runs is left to itself and to the ledger. */
  private boolean stop() {
    sweep.stop();
    purge.close();
    try {
      trials.close();
      tuner.close();
      queues.close();
      workers.scatter();
      due.close();
      schedules.close();
      awaitNoneRunning(built.config.stopGrace().toMillis());
      running.all().forEach(run -> run.stop(LiveRun.Stop.SERVER));
      awaitNoneRunning(AFTER_INTERRUPT_MILLIS);
      for (LiveRun stubborn : running.all()) {
        LOG.warn("task {} does not end; it is run again at the next start", stubborn.id());
      }
      completer.close(WRITE_PATIENCE_MILLIS);
      return true;
    } catch (InterruptedException _) {
      queues.close();
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while closing; what runs is started again at the next start");
      return false;
    }
  }

  /** Waits until the outcomes of all runs are committed, at most {@code millis}. */
  private void awaitNoneRunning(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!running.isEmpty() && completer.isAtWork() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private void requireStarted() {
    if (life != Life.STARTED) {
      throw TaskException.of(
          TaskException.Reason.CLOSED,
          null,
          "tasks are " + (life == Life.NEW ? "not started" : "closed"),
          life == Life.NEW ? "Call start first." : "Submit again when the server is back.");
    }
  }

  // Requests.

  /** For submissions: started, and with memory left. */
  private void requireOpen() {
    requireStarted();
    memory.admit();
  }

  @Override
  public <I> Submitted submit(TaskType<I, ?> type, I input, SubmitOptions options) {
    submitter.admit();
    return submitter.submit(submitter.draft(type.name(), input, options));
  }

  @Override
  public <I> Submitted submit(Tx tx, TaskType<I, ?> type, I input, SubmitOptions options) {
    submitter.admit();
    return submitter.submit(tx, submitter.draft(type.name(), input, options));
  }

  @Override
  public Submitted submitJson(String type, JsonNode input, SubmitOptions options) {
    submitter.admit();
    return submitter.submit(submitter.draftJson(type, input, options));
  }

  @Override
  public SubmittedAll submitAll(List<Submission> submissions) {
    submitter.admit();
    return submitter.submitAll(submitter.drafts(submissions));
  }

  @Override
  public <I> SubmittedAll submitAll(
      TaskType<I, ?> type, Collection<? extends I> inputs, SubmitOptions options) {
    submitter.admit();
    Submitter.checkBulk(inputs);
    return submitter.submitAll(
        inputs.stream().map(input -> submitter.draft(type.name(), input, options)).toList());
  }

  @Override
  public TaskState cancel(TaskId id) {
    requireStarted();
    return changes.cancel(id);
  }

  @Override
  public Position retry(TaskId id) {
    requireStarted();
    return changes.retry(id);
  }

  @Override
  public Position discard(TaskId id) {
    requireStarted();
    return changes.discard(id);
  }

  @Override
  public Position move(TaskId id, TaskMove wanted) {
    requireStarted();
    return moves.move(id, wanted);
  }

  @Override
  public Position delete(TaskId id) {
    requireStarted();
    return changes.delete(id, purge);
  }

  @Override
  public TypeRules typeRules() {
    return typeRules;
  }

  @Override
  public Position signal(TaskId id, String name, @Nullable JsonNode payload) {
    requireStarted();
    return signals.send(id, name, payload == null ? null : payload.toString());
  }

  @Override
  public Workflows workflows() {
    return workflows;
  }

  @Override
  public Batches batches() {
    return batches;
  }

  @Override
  public Schedules schedules() {
    return schedules;
  }

  @Override
  public TaskLimits limits() {
    return limits;
  }

  @Override
  public Tenants tenants() {
    return tenants;
  }

  @Override
  public ErrorGroups errors() {
    return errors;
  }

  /** The queues in which a tenant has ready tasks, by tenant. */
  private Map<String, List<String>> activeTenants() {
    var active = new HashMap<String, List<String>>();
    for (TaskQueue queue : queues.all()) {
      for (String tenant : queue.tenants()) {
        active.computeIfAbsent(tenant, _ -> new ArrayList<>()).add(queue.name);
      }
    }
    return active;
  }

  @Override
  public Optional<TaskView> find(TaskId id) {
    requireStarted();
    return lookup.find(id);
  }

  @Override
  public <O> Optional<O> result(TaskType<?, O> type, TaskId id) {
    requireStarted();
    return lookup.stored(id, "output").map(json -> Json.MAPPER.readValue(json, type.output()));
  }

  @Override
  public JsonNode redacted(String type, JsonNode data) {
    return types.redaction(type).shown(data);
  }

  @Override
  public boolean encrypts(String type) {
    return vault.covers(type);
  }

  @Override
  public Sealing sealing() {
    return sealing;
  }

  @Override
  public Kept kept(TaskView task) {
    return retentions.kept(task);
  }

  @Override
  public TaskPage list(TaskFilter filter, int limit, @Nullable String cursor) {
    requireStarted();
    return lists.list(filter, limit, cursor);
  }

  @Override
  public TaskFacets facets(TaskFilter filter) {
    requireStarted();
    return facets.of(filter);
  }

  @Override
  public TaskLinks links(TaskId id) {
    return store.read(view -> links.of(view, id.key()));
  }

  @Override
  public Optional<Trail> trail(TaskId id) {
    requireStarted();
    return lookup.trail(id);
  }

  @Override
  public List<QueueView> queues() {
    requireStarted();
    var names = new TreeSet<>(counts.queues());
    queues.all().forEach(queue -> names.add(queue.name));
    return names.stream().map(name -> view(queue(name))).toList();
  }

  private QueueView view(TaskQueue queue) {
    var states = new EnumMap<TaskState, Long>(TaskState.class);
    for (TaskState state : TaskState.values()) {
      states.put(state, counts.of(queue.name, state));
    }
    long ready = counts.of(queue.name, TaskState.READY);
    long atWork = Math.min(running.count(queue.name), ready);
    states.put(TaskState.RUNNING, atWork);
    states.put(TaskState.READY, ready - atWork);
    AutoLimit auto = queue.auto();
    int cap = queue.cap();
    return new QueueView(
        queue.name,
        queue.isPaused(),
        queues.ranks.order(queue.name),
        queue.limit(),
        queue.limits(),
        auto == null ? null : auto.state(),
        cap == Integer.MAX_VALUE ? null : cap,
        states);
  }

  @Override
  public List<PoolView> pools() {
    return workers.pools();
  }

  @Override
  public void pause(String queue) {
    requireStarted();
    queues.pause(queue, true);
  }

  @Override
  public void resume(String queue) {
    requireStarted();
    queues.pause(queue, false);
  }

  @Override
  public synchronized void quiet() {
    requireStarted();
    if (quietSince == null) {
      quietSince = built.clock.instant();
      LOG.info("quiet: nothing more is started, {} tasks run", running.all().size());
    }
    trials.quiet(true);
    queues.quiet(true);
  }

  @Override
  public synchronized void wake() {
    requireStarted();
    quietSince = null;
    trials.quiet(false);
    queues.quiet(false);
  }

  @Override
  public QuietView quietness() {
    requireStarted();
    return new QuietView(quietSince, running.all().size());
  }

  @Override
  public QuietView awaitQuiet(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    QuietView now = quietness();
    while (!now.isThrough() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      now = quietness();
    }
    return now;
  }

  @Override
  public void defaultConcurrency(String queue, int limit) {
    queues.defaultLimit(queue, limit);
  }

  @Override
  public void limitConcurrency(String queue, int limit) {
    requireStarted();
    queues.limit(queue, limit);
  }

  @Override
  public void order(String queue, QueueOrder order) {
    requireStarted();
    queues.order(queue, order);
  }

  @Override
  public void autoConcurrency(String queue, AutoBounds bounds) {
    requireStarted();
    queues.limit(queue, bounds);
  }

  @Override
  public AdaptiveState adaptive() {
    return new AdaptiveState(memory.state(), tuner.state());
  }

  @Override
  public Optional<Finding> trouble() {
    return patience.trouble();
  }

  @Override
  public Optional<TaskView> await(TaskId id, Duration timeout) throws InterruptedException {
    requireStarted();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      CountDownLatch over = waiters.add(id.key());
      try {
        TaskView task = lookup.find(id).orElseThrow(() -> lookup.notFound(id));
        if (task.state().finished()) {
          return Optional.of(task);
        }
        requireStarted();
        if (!waiters.await(over, deadline)) {
          return Optional.empty();
        }
      } finally {
        waiters.remove(id.key(), over);
      }
    }
  }

  @Override
  public TaskHook listen(TaskListener listener) {
    return hooks.open(listener);
  }

  @Override
  public TaskWatch watch(TaskFilter filter) {
    requireStarted();
    TaskWatch watch = watches.open(Watches.matching(filter));
    String input = filter.input();
    return input == null || !filter.asksForInput()
        ? watch
        : new InputWatch(watch, keys -> lists.withInput(keys, input));
  }

  @Override
  public TaskWatch watch(TaskId id) {
    requireStarted();
    return watches.open(change -> change.id().equals(id));
  }

  // Steps.

  @Override
  public Optional<TaskId> runNext() {
    requireStarted();
    return stepping.runNext();
  }

  @Override
  public Optional<Instant> nextMoment() {
    requireStarted();
    return stepping.nextMoment();
  }

  @Override
  public void catchUp() {
    requireStarted();
    stepping.catchUp();
  }

  @Override
  public Optional<String> storedInput(TaskId id) {
    return lookup.stored(id, "input");
  }

  /** Looks at the clock now; for tests that set it. */
  void wakeTimer() {
    due.wake();
    schedules.wake();
  }

  /** Lists with another clock of elapsed nanoseconds; for tests. */
  Lists listsOn(LongSupplier ticker) {
    var views = new Views(running, types, vault);
    return new Lists(store, ticker, buckets, views, running, lookup, new InputMatch(types));
  }

  /** Purges history now; for tests. */
  void purgeNow() {
    purge.run();
  }
}
