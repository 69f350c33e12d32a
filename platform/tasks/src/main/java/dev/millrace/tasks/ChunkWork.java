package dev.millrace.tasks;

import static java.util.stream.Collectors.toSet;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.TxWork;
import dev.millrace.tasks.Transition.Event;
import dev.millrace.tasks.ledger.RunningLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs chunks: claims their tasks, calls the handler, writes all ends in one commit. Thread-safe.
 */
final class ChunkWork {
  private final Workers workers;
  private final Store store;
  private final InstantSource clock;
  private final RunningLedger ledger;
  private final Completer completer;
  private final TaskCommit.Effects effects;
  private final Errands errands;
  private final Patience patience;
  private final Consumer<LiveRun> started;
  private final @Nullable Stepper stepper;
  private final Vault vault;
  private final Workers.Sequels sequels;

  /** One chunk claims at a time: two that had claimed a part each could wait for each other. */
  private final ReentrantLock claiming = new ReentrantLock();

  ChunkWork(
      Workers workers,
      Store store,
      InstantSource clock,
      RunningLedger ledger,
      Completer completer,
      TaskCommit.Effects effects,
      Errands errands,
      Patience patience,
      Consumer<LiveRun> started,
      @Nullable Stepper stepper,
      Vault vault,
      Workers.Sequels sequels) {
    this.workers = workers;
    this.store = store;
    this.clock = clock;
    this.ledger = ledger;
    this.completer = completer;
    this.effects = effects;
    this.errands = errands;
    this.patience = patience;
    this.started = started;
    this.stepper = stepper;
    this.vault = vault;
    this.sequels = sequels;
  }

  /** What becomes of a task that was asked to end before its handler knew of it. */
  Outcome unbegun(LiveRun run) {
    boolean cancelled = run.row.cancelling() || run.stopped() == LiveRun.Stop.CANCELLED;
    Event event = cancelled ? Event.CANCELLED : Event.PUT_BACK;
    return run.outcome(event, clock.millis(), 0, null, null, null);
  }

  /**
   * Runs a chunk.
   *
   * @param queue whose slot it has; null for none
   */
  <I, O> void run(List<LiveRun> runs, KnownType<I, O> known, @Nullable TaskQueue queue)
      throws InterruptedException {
    long now = claim(runs);
    var ended = new ArrayList<Outcome>(runs.size());
    var members = new ArrayList<ChunkMember<I, O>>(runs.size());
    for (LiveRun run : runs) {
      if (run.stopped() != null) {
        ended.add(unbegun(run));
        continue;
      }
      try {
        String json = vault.open(run.row.key(), Vault.INPUT, workers.input(run));
        run.veil(known.redaction.veil(json));
        members.add(new ChunkMember<>(run, known, known.decode(json)));
      } catch (Throwable failure) {
        ended.add(workers.failed(run, known, failure));
      }
    }
    Duration limit = known.timeLimit();
    Instant deadline = limit == null ? null : Instant.ofEpochMilli(now).plus(limit);
    var chunk = new OpenChunk<>(members, deadline);
    Throwable failure = members.isEmpty() ? null : call(chunk, known, limit, queue);
    for (ChunkMember<I, O> member : members) {
      ended.add(outcome(member, known, failure));
    }
    write(chunk, known, ended);
  }

  /** Answers when they begin, in Unix ms. */
  private long claim(List<LiveRun> runs) throws InterruptedException {
    claiming.lock();
    try {
      for (LiveRun run : runs) {
        run.slot = ledger.claim(run.row.key(), clock.millis());
      }
    } finally {
      claiming.unlock();
    }
    long now = clock.millis();
    runs.forEach(run -> run.startedAt(now));
    return now;
  }

  /** Calls the handler; answers what it threw. */
  private <I, O> @Nullable Throwable call(
      OpenChunk<I, O> chunk,
      KnownType<I, O> known,
      @Nullable Duration limit,
      @Nullable TaskQueue queue) {
    ChunkHandler<I, O> handler = Objects.requireNonNull(known.chunked).handler();
    LiveRun first = chunk.members().getFirst().run;
    chunk.members().forEach(member -> started.accept(member.run));
    Future<?> timeout =
        limit == null ? null : errands.alarm(limit, () -> chunk.told(LiveRun.Stop.TIME_LIMIT));
    long from = System.nanoTime();
    @Nullable Throwable failure = null;
    chunk.begin();
    try {
      if (stepper == null) {
        handler.run(chunk);
      } else {
        boolean _ =
            stepper.<Boolean>handle(
                first,
                () -> {
                  handler.run(chunk);
                  return true;
                });
      }
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      chunk.end();
      if (timeout != null) {
        timeout.cancel(false);
      }
    }
    learn(chunk, first, queue, from, failure);
    return failure;
  }

  /** Tells how long it took where that is learned from. */
  private static void learn(
      OpenChunk<?, ?> chunk,
      LiveRun first,
      @Nullable TaskQueue queue,
      long from,
      @Nullable Throwable failure) {
    if (queue == null || first.auto == null) {
      return;
    }
    boolean overloaded =
        failure instanceof Overload
            || (failure != null && first.stopped() == LiveRun.Stop.TIME_LIMIT);
    if (overloaded || (failure == null && !chunk.cancelled())) {
      queue.ended(first, from, System.nanoTime(), overloaded);
    }
  }

  private Outcome outcome(
      ChunkMember<?, ?> member, KnownType<?, ?> known, @Nullable Throwable failure) {
    LiveRun run = member.run;
    long now = clock.millis();
    if (run.stopped() == LiveRun.Stop.CANCELLED) {
      return run.outcome(Event.CANCELLED, now, 0, null, null, null);
    }
    return switch (member.end()) {
      case null -> failure == null ? success(run, null) : workers.failed(run, known, failure);
      case ChunkMember.End.Done done -> success(run, done.output());
      case ChunkMember.End.Failed failed ->
          workers.failed(run, known, failed.why(), null, failed.delay());
      case ChunkMember.End.Discarded discarded -> {
        String reason = Texts.shortened(run.veiled(discarded.reason()), Limits.ERROR);
        yield run.outcome(Event.CANCELLED, now, 0, null, reason, reason);
      }
    };
  }

  private Outcome success(LiveRun run, @Nullable String output) {
    run.sequel = run.row.batch() == 0 ? null : sequels.of(run, output);
    String stored = vault.sealIfAny(run.type(), run.row.key(), Vault.OUTPUT, output);
    return run.outcome(Event.SUCCEEDED, clock.millis(), 0, stored, null, null);
  }

  private <I, O> void write(OpenChunk<I, O> chunk, KnownType<I, O> known, List<Outcome> ended)
      throws InterruptedException {
    ChunkEnd<I, O> work = chunk.finishWork();
    Set<LiveRun> succeeded =
        ended.stream().filter(ChunkWork::isSuccess).map(Outcome::run).collect(toSet());
    if (work == null || succeeded.isEmpty()) {
      completer.putTogether(ended);
      return;
    }
    ended.forEach(ChunkWork::followBehind);
    TxWork<Exception> all =
        tx -> {
          work.run(
              tx,
              List.copyOf(
                  chunk.members().stream()
                      .filter(member -> succeeded.contains(member.run))
                      .toList()));
          end(tx, ended);
        };
    try {
      patience.insist(Patience.DISK, chunk::cancelled, () -> store.write(all));
    } catch (Exception failure) {
      completer.putTogether(
          ended.stream()
              .map(outcome ->
                  isSuccess(outcome)
                      ? workers.failed(Objects.requireNonNull(outcome.run()), known, failure)
                      : outcome)
              .toList());
    }
  }

  private void end(Tx tx, List<Outcome> ended) {
    TaskCommit commit = TaskCommit.of(tx, effects);
    ended.forEach(outcome -> commit.end(tx, outcome));
  }

  /** As for single tasks with work of their own, what follows is done behind their commit. */
  private static void followBehind(Outcome outcome) {
    LiveRun run = outcome.run();
    if (run != null) {
      run.sequel = null;
    }
  }

  private static boolean isSuccess(Outcome outcome) {
    return outcome.event() == Event.SUCCEEDED;
  }
}
