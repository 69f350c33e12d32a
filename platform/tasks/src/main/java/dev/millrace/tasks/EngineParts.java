package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.adaptive.AutoLimit;
import dev.millrace.tasks.ledger.RunningLedger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What tasks are made of, put together. All of it is made at once and begins nothing; {@link
 * EngineLife} starts and stops it. Thread-safe.
 */
final class EngineParts {
  /** Where an engine stands. */
  enum Phase {
    NEW,
    STARTED,
    CLOSED
  }

  final Store store;
  final TasksBuilder built;
  final TypeRegistry types;
  final Vault vault;
  final IdSequence ids = new IdSequence();
  final RunningTasks running = new RunningTasks();
  final Buckets buckets = new Buckets();
  final Links links = new Links(buckets);
  final Chains chains = new Chains(links);
  final Counts counts = new Counts();
  final Watches watches = new Watches();
  final Hooks hooks = new Hooks();
  final Waiters waiters;
  final Patience patience = new Patience();
  final Errands errands;
  final TaskMetrics metrics;
  final RunningLedger ledger;
  final TaskCommit.Effects effects;
  final Followers followers;
  final Completer completer;
  final Workers workers;
  final Notebook notebook;
  final TenantStore tenants;
  final Gates gates;
  final LimitStore limits;
  final Queues queues;
  final DueTimer due;
  final Trials trials;
  final Purge purge;
  final Retentions retentions;
  final Lookup lookup;
  final Lists lists;
  final Facets facets;
  final Submitter submitter;
  final Changes changes;
  final Moves moves;
  final Expiry expiry;
  final TypeStore typeRules;
  final BatchSweep sweep;
  final BatchStore batches;
  final Signals signals;
  final WorkflowStore workflows;
  final ScheduleStore schedules;
  final ErrorStore errors;
  final Sealing sealing;

  final MemoryGuard memory;

  final Tuner tuner;
  final AfterCommit after;
  final Stepping stepping;

  /** Null unless tasks only run when somebody steps them; then the errands are stepped too. */
  final @Nullable Stepper stepper;

  volatile Phase phase = Phase.NEW;

  EngineParts(TasksBuilder built, boolean stepped) {
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
        new Purge(
            store, built.clock, built.config, buckets, counts, links, chains, effects, retentions);
    var views = new Views(running, types, vault);
    lookup = new Lookup(store, buckets, views, running, types, vault);
    var inputs = new InputMatch(types);
    lists = new Lists(store, System::nanoTime, buckets, views, running, lookup, inputs);
    facets = new Facets(store, buckets, running, this::queueViews, types::names, inputs);
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
            chains,
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
            () -> phase == Phase.STARTED);
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
      return new GateCommit(gates, EngineParts.this::isPaused);
    }

    @Override
    public ErrorStore errors() {
      return errors;
    }

    @Override
    public void discarded(Tx tx, TaskCommit commit, TaskRow row) {
      links.ended(tx, commit, row.key(), TaskState.CANCELLED);
      chains.ended(tx, commit, row.key(), TaskState.CANCELLED);
      batches.ownerCancelled(tx, row.key());
    }

    @Override
    public void ended(Tx tx, TaskCommit commit, Outcome outcome, TaskState state) {
      long key = outcome.row().key();
      links.ended(tx, commit, key, state);
      chains.ended(tx, commit, key, state);
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
  boolean isPaused(TaskRow row) {
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

  void requireStarted() {
    if (phase != Phase.STARTED) {
      throw TaskException.of(
          TaskException.Reason.CLOSED,
          null,
          "tasks are " + (phase == Phase.NEW ? "not started" : "closed"),
          phase == Phase.NEW ? "Call start first." : "Submit again when the server is back.");
    }
  }

  /** For submissions: started, and with memory left. */
  private void requireOpen() {
    requireStarted();
    memory.admit();
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

  /** All queues, by name. */
  List<QueueView> queueViews() {
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
}
