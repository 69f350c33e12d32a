package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.Transition.Event;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handlers: {@code io} ones on a virtual thread a slot, {@code cpu} ones on a work-stealing
 * pool with a thread a core. Thread-safe.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final String INPUT = "SELECT input FROM tasks WHERE id = ?";

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TypeRegistry types;
  private final RunningLedger ledger;
  private final Completer completer;
  private final TaskCommit.Effects effects;
  private final Errands errands;
  private final Patience patience;
  private final Consumer<LiveRun> started;
  private final @Nullable Stepper stepper;
  private final Vault vault;
  private final Sequels sequels;
  private final CpuPool cpu = new CpuPool(Runtime.getRuntime().availableProcessors());
  private final Chunks chunks;
  private final ChunkWork chunkWork;
  private final LongAdder startedIo = new LongAdder();
  private final AtomicInteger runningIo = new AtomicInteger();

  /** Knows what follows from successes. */
  @FunctionalInterface
  interface Sequels {
    /**
     * @param output as JSON
     * @return null for nothing
     */
    @Nullable Sequel of(LiveRun run, @Nullable String output);
  }

  Workers(
      Store store,
      TasksBuilder built,
      TypeRegistry types,
      RunningLedger ledger,
      Completer completer,
      TaskCommit.Effects effects,
      Errands errands,
      Patience patience,
      Consumer<LiveRun> started,
      @Nullable Stepper stepper,
      Vault vault,
      Sequels sequels,
      RunningTasks running) {
    this.vault = vault;
    this.sequels = sequels;
    this.stepper = stepper;
    this.store = store;
    this.clock = built.clock;
    this.random = built.random;
    this.types = types;
    this.ledger = ledger;
    this.completer = completer;
    this.effects = effects;
    this.errands = errands;
    this.patience = patience;
    this.started = started;
    chunks = new Chunks(running, errands, this::left, stepper != null);
    chunkWork =
        new ChunkWork(
            this, store, clock, ledger, completer, effects, errands, patience, started, stepper,
            vault, sequels);
  }

  /** Starts a slot of {@code queue}. */
  void start(TaskQueue queue) {
    if (stepper != null) {
      stepper.offer(queue);
      return;
    }
    Thread.ofVirtual().name("tasks-", 0).start(() -> work(queue));
  }

  /** Runs the next task of a slot on this thread, whatever its kind; null if there was none. */
  @Nullable LiveRun step(TaskQueue queue) {
    LiveRun run = queue.poll();
    while (run != null) {
      LiveRun outer = stepper == null ? null : stepper.current();
      boolean toldBefore = outer != null && outer.stopped() != null;
      execute(run, queue);
      if (outer != null && outer.stopped() != null && !toldBefore) {
        // The interrupt was meant for the handler around this one.
        Thread.currentThread().interrupt();
      }
      if (run.parksAt == null && run.gathering == null) {
        return run;
      }
      run = queue.poll();
    }
    boolean _ = chunks.flush(queue);
    return null;
  }

  private void work(TaskQueue queue) {
    LiveRun run = queue.poll();
    while (run != null) {
      if (run.parksAt != null) {
        execute(run, queue);
        run = queue.poll();
        continue;
      }
      if (!isInPlace(run)) {
        LiveRun handed = run;
        runElsewhere(
            run,
            () -> {
              execute(handed, queue);
              goOn(queue);
            });
        return;
      }
      execute(run, queue);
      if (CpuPool.isHere() && cpu.hasWaiting()) {
        goOn(queue);
        return;
      }
      run = queue.poll();
    }
  }

  /** A slot on a worker of the pool goes behind the jobs that wait there, of other queues too. */
  private void goOn(TaskQueue queue) {
    if (CpuPool.isHere() && cpu.hasWaiting()) {
      cpu.submit(() -> work(queue));
    } else {
      work(queue);
    }
  }

  /** What runs handlers. */
  List<PoolView> pools() {
    var io = new PoolView("io", RunningLedger.SLOTS, runningIo.get(), startedIo.sum(), List.of());
    return List.of(io, cpu.view());
  }

  /** Runs one task beside all slots. */
  void start(LiveRun run) {
    runElsewhere(run, () -> execute(run, null));
  }

  private boolean isInPlace(LiveRun run) {
    return isCpu(run) == CpuPool.isHere();
  }

  private void runElsewhere(LiveRun run, Runnable work) {
    if (isCpu(run)) {
      cpu.submit(work);
    } else {
      Thread.ofVirtual().name("tasks-", 0).start(work);
    }
  }

  private boolean isCpu(LiveRun run) {
    KnownType<?, ?> known = types.find(run.type());
    return known != null && known.type.kind() == TaskKind.CPU;
  }

  /** Stops the pool; virtual threads end with their slots. */
  void close() {
    cpu.close();
  }

  /**
   * @param queue null for a run beside all slots
   */
  private void execute(LiveRun run, @Nullable TaskQueue queue) {
    try {
      String gate = run.parksAt;
      if (gate != null) {
        completer.put(run.parked(gate, clock.millis()));
        return;
      }
      Gathering due = run.gathering;
      if (due != null) {
        runChunk(due, queue);
        return;
      }
      if (run.row.expiresAt() != 0 && run.row.isExpired(clock.millis())) {
        completer.put(Expiry.outcome(run.row, run, clock.millis()));
        return;
      }
      KnownType<?, ?> known = types.find(run.type());
      if (known != null && known.chunked != null && !run.row.cancelling()) {
        gather(run, known, known.chunked.chunking(), queue);
        return;
      }
      run.slot = ledger.claim(run.row.key(), clock.millis());
      run.startedAt(clock.millis());
      if (run.row.cancelling()) {
        completer.put(run.outcome(Event.CANCELLED, clock.millis(), 0, null, null, null));
      } else if (known == null) {
        completer.put(unknownType(run));
      } else {
        started.accept(run);
        count(run, known, queue);
      }
    } catch (InterruptedException _) {
      // Only a slot without a handler comes here, and nobody interrupts it: the process is ending.
      LOG.info("task {} was not started, the process is ending", run.id());
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves a task to its chunk, and runs that if it is full. */
  private void gather(
      LiveRun run, KnownType<?, ?> known, Chunking chunking, @Nullable TaskQueue queue)
      throws InterruptedException {
    if (queue == null) {
      chunkWork.run(List.of(run), known, null); // One on trial is alone.
      return;
    }
    Gathering full = chunks.take(run, known, chunking, queue);
    if (full != null) {
      runChunk(full, queue);
    }
  }

  private void runChunk(Gathering gathering, @Nullable TaskQueue queue)
      throws InterruptedException {
    List<LiveRun> runs = chunks.begin(gathering);
    if (runs.isEmpty()) {
      return;
    }
    startedIo.increment();
    runningIo.incrementAndGet();
    try {
      chunkWork.run(runs, gathering.known, queue);
    } finally {
      runningIo.decrementAndGet();
    }
  }

  /** Gives back tasks that wait for a chunk, which begin no more. */
  void scatter() {
    chunks.close();
  }

  /** A task was asked to end before its chunk began. */
  private void left(LiveRun run) {
    run.startedAt(clock.millis());
    Thread _ = errands.start("tasks-chunks", () -> completer.put(chunkWork.unbegun(run)));
  }

  /** Executes, and counts it where {@link #pools} tells of it. */
  private void count(LiveRun run, KnownType<?, ?> known, @Nullable TaskQueue queue)
      throws InterruptedException {
    if (CpuPool.isHere()) {
      CpuPool.begin();
      try {
        execute(run, known, queue);
      } finally {
        CpuPool.end();
      }
      return;
    }
    startedIo.increment();
    runningIo.incrementAndGet();
    try {
      execute(run, known, queue);
    } finally {
      runningIo.decrementAndGet();
    }
  }

  private <I, O> void execute(LiveRun run, KnownType<I, O> known, @Nullable TaskQueue queue)
      throws InterruptedException {
    Duration limit = known.timeLimit();
    Future<?> timeout = null;
    String output;
    try {
      String json = vault.open(run.row.key(), Vault.INPUT, input(run));
      run.veil(known.redaction.veil(json));
      I input = known.decode(json);
      if (limit != null) {
        timeout = errands.alarm(limit, () -> run.stop(LiveRun.Stop.TIME_LIMIT));
      }
      run.begin(limit == null ? null : Instant.ofEpochMilli(run.startedAt()).plus(limit));
      try {
        output = known.encodeOutput(measured(run, known.type.handler(), input, queue));
      } finally {
        run.end();
        if (timeout != null) {
          timeout.cancel(false);
        }
      }
    } catch (Throwable failure) {
      completer.put(held(run).orElseGet(() -> failed(run, known, failure)));
      return;
    }
    Optional<Outcome> held = held(run);
    if (held.isPresent()) {
      completer.put(held.get());
    } else {
      succeed(run, known, output);
    }
  }

  /** Runs the handler, and tells how long it took where that is learned from. */
  private <I, O> @Nullable O measured(
      LiveRun run, TaskHandler<I, O> handler, I input, @Nullable TaskQueue queue) throws Exception {
    if (run.auto == null || queue == null) {
      return stepper == null
          ? handler.run(run, input)
          : stepper.handle(run, () -> handler.run(run, input));
    }
    long from = System.nanoTime();
    try {
      O output = handler.run(run, input);
      if (run.stopped() == null && run.hold() == null) {
        queue.ended(run, from, System.nanoTime(), false);
      }
      return output;
    } catch (Throwable failure) {
      if (failure instanceof Overload || run.stopped() == LiveRun.Stop.TIME_LIMIT) {
        queue.ended(run, from, System.nanoTime(), true);
      }
      throw failure;
    }
  }

  /** The run gave way, whatever its handler made of that. */
  private Optional<Outcome> held(LiveRun run) {
    Hold hold = run.hold();
    return hold == null || run.stopped() == LiveRun.Stop.CANCELLED
        ? Optional.empty()
        : Optional.of(run.outcome(hold.event(), clock.millis(), hold.runAt(), null, null, null));
  }

  private void succeed(LiveRun run, KnownType<?, ?> known, @Nullable String output)
      throws InterruptedException {
    if (run.stopped() == LiveRun.Stop.CANCELLED) {
      completer.put(run.outcome(Event.CANCELLED, clock.millis(), 0, null, null, null));
      return;
    }
    String stored = vault.sealIfAny(run.type(), run.row.key(), Vault.OUTPUT, output);
    Outcome success = run.outcome(Event.SUCCEEDED, clock.millis(), 0, stored, null, null);
    TxWork<? extends Exception> work = run.finishWork();
    if (work == null) {
      run.sequel = run.row.batch() == 0 ? null : sequels.of(run, output);
      completer.put(success);
      return;
    }
    TxWork<Exception> both =
        tx -> {
          work.run(tx);
          TaskCommit.of(tx, effects).end(tx, success);
        };
    try {
      patience.insist(Patience.DISK, run::cancelled, () -> store.write(both));
    } catch (Exception failure) {
      completer.put(failed(run, known, failure));
    }
  }

  Outcome failed(LiveRun run, KnownType<?, ?> known, Throwable failure) {
    return failed(run, known, failure, run.stopped(), null);
  }

  /**
   * @param stop why the handler was asked to end, if it failed by that
   * @param delay until the next attempt; null for what the type says
   */
  Outcome failed(
      LiveRun run,
      KnownType<?, ?> known,
      Throwable failure,
      LiveRun.@Nullable Stop stop,
      @Nullable Duration delay) {
    TaskType<?, ?> type = known.type;
    RetryPolicy retry = known.retry();
    long now = clock.millis();
    if (stop == LiveRun.Stop.CANCELLED) {
      return run.outcome(Event.CANCELLED, now, 0, null, null, null);
    }
    if (stop == LiveRun.Stop.SERVER || stop == LiveRun.Stop.MEMORY) {
      return run.outcome(Event.PUT_BACK, now, 0, null, null, null);
    }
    SealedException sealed = sealed(failure);
    if (sealed != null) {
      return later(run, "Sealed", run.type(), String.valueOf(sealed.getMessage()));
    }
    String error =
        stop == LiveRun.Stop.TIME_LIMIT
            ? "the time limit of " + timeLimit(run) + " was over"
            : Failures.inShort(failure, run::veiled);
    String trace = Failures.atLength(failure, run::veiled);
    Failure why =
        stop == LiveRun.Stop.TIME_LIMIT
            ? Failure.of("TimeLimit", type.name(), error, trace)
            : Failure.of(failure, known.handlerClass(), error, trace, run::veiled);
    why = vault.covers(type.name()) ? why.untold() : why;
    if (failure instanceof VirtualMachineError) {
      LOG.error("task {} of type {} failed: {}", run.id(), run.type(), trace);
    }
    boolean again =
        stop == LiveRun.Stop.TIME_LIMIT
            ? run.attempt() < retry.attempts()
            : retry.allowsAfter(run.attempt(), failure);
    if (!again) {
      return run.outcome(Event.GAVE_UP, now, 0, null, error, trace).withFailure(why);
    }
    long runAt;
    synchronized (random) {
      @Nullable Throwable thrown = stop == LiveRun.Stop.TIME_LIMIT ? null : failure;
      Duration pause = delay == null ? retry.delayAfter(run.attempt(), thrown, random) : delay;
      runAt = now + pause.toMillis();
    }
    return run.outcome(Event.FAILED, now, runAt, null, error, trace).withFailure(why);
  }

  /** The limit that the run was given, which may have been changed since. */
  private static String timeLimit(LiveRun run) {
    return run.deadline()
        .map(end -> Duration.between(Instant.ofEpochMilli(run.startedAt()), end).toString())
        .orElse("its attempt");
  }

  private static @Nullable SealedException sealed(Throwable failure) {
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < 5; depth++, at = at.getCause()) {
      if (at instanceof SealedException sealed) {
        return sealed;
      }
    }
    return null;
  }

  private Outcome unknownType(LiveRun run) {
    return later(
        run,
        "UnknownType",
        run.type(),
        "no task type '" + run.type() + "' is registered in this process; register it or cancel");
  }

  /** Not the task's fault: the attempt does not count, and it is looked at again in a while. */
  private Outcome later(LiveRun run, String kind, String place, String error) {
    long now = clock.millis();
    Outcome outcome =
        run.outcome(Event.FAILED, now, now + LOOK_AGAIN.toMillis(), null, error, error);
    return outcome
        .withAttempt(run.row.attempt())
        .withFailure(Failure.of(kind, place, error, error));
  }

  /** As it is stored. */
  String input(LiveRun run) {
    String inMemory = run.row.input();
    if (inMemory != null) {
      return inMemory;
    }
    return store
        .read(view -> view.find(INPUT, row -> row.getString(1), run.row.key()))
        .orElseThrow(() ->
            new StoreException(
                StoreException.Reason.INTERNAL,
                "the row of task " + run.id() + " is gone while it runs; this is a bug"));
  }
}
