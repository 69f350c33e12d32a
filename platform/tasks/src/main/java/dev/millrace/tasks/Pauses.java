package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How runs wait without a thread: for time, a signal, or their children. What a run waits for is a
 * step of it, so that a later run of the task knows how far it had come. Thread-safe.
 */
final class Pauses {
  private static final int CHUNK = 1_000;
  private static final String PUT_STEP =
      "INSERT INTO task_steps (task, name, started_at, ended_at, result) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (task, name) DO UPDATE SET ended_at = excluded.ended_at,"
          + " result = excluded.result";
  private static final String MARK = "UPDATE tasks SET details = 1 WHERE id = ? AND details = 0";

  private final Store store;
  private final Notebook notebook;
  private final Patience patience;
  private final Submitter submitter;
  private final BatchStore batches;
  final Parts parts;

  Pauses(
      Store store,
      Notebook notebook,
      Patience patience,
      Submitter submitter,
      BatchStore batches,
      Parts parts) {
    this.parts = parts;
    this.store = store;
    this.notebook = notebook;
    this.patience = patience;
    this.submitter = submitter;
    this.batches = batches;
  }

  /**
   * @param until when the sleep ends
   */
  private record Sleep(Instant until) {}

  /**
   * @param until when the run stops waiting
   * @param taken whether the signal came
   * @param payload what came with it
   * @param over whether it did not come in time
   */
  private record Awaited(Instant until, boolean taken, @Nullable JsonNode payload, boolean over) {}

  void sleep(LiveRun run, String step, Duration time) throws InterruptedException {
    String known = run.hasDetails() ? notebook.findStep(run, step) : null;
    Instant now = notebook.now();
    Instant until =
        known == null ? now.plus(time) : Json.MAPPER.readValue(known, Sleep.class).until();
    if (known == null) {
      String json = Json.MAPPER.writeValueAsString(new Sleep(until));
      write(run, tx -> putStep(tx, run, step, now, until, json));
    }
    if (until.isAfter(now)) {
      throw run.suspend(Hold.sleep(until.toEpochMilli()));
    }
  }

  /** The payload as JSON, nothing if the signal did not come in time. */
  Optional<JsonNode> awaitSignal(LiveRun run, String step, String name, Duration limit)
      throws InterruptedException {
    String known = run.hasDetails() ? notebook.findStep(run, step) : null;
    Instant now = notebook.now();
    Awaited before =
        known == null
            ? new Awaited(now.plus(limit), false, null, false)
            : Json.MAPPER.readValue(known, Awaited.class);
    Awaited after =
        before.taken() || before.over() ? before : look(run, step, name, before, known == null);
    if (after.taken()) {
      JsonNode payload = after.payload();
      return Optional.of(payload == null ? Json.MAPPER.nullNode() : payload);
    }
    if (after.over()) {
      return Optional.empty();
    }
    throw run.suspend(Hold.signal(name, after.until().toEpochMilli()));
  }

  private Awaited look(LiveRun run, String step, String name, Awaited before, boolean first)
      throws InterruptedException {
    long key = run.row.key();
    Instant now = notebook.now();
    return write(
        run,
        tx -> {
          Optional<Signals.Signal> signal = Signals.first(tx, key, name);
          boolean over = signal.isEmpty() && !before.until().isAfter(now);
          if (signal.isEmpty() && !over && !first) {
            return before;
          }
          JsonNode payload =
              signal.map(s -> Json.tree(notebook.opened(run, name, s.payload()))).orElse(null);
          var after = new Awaited(before.until(), signal.isPresent(), payload, over);
          signal.ifPresent(s -> Signals.take(tx, key, name, s));
          putStep(tx, run, step, now, now, Json.MAPPER.writeValueAsString(after));
          return after;
        });
  }

  /** The children of that name, submitted once, when all are over. */
  <I, O> Children<O> children(
      LiveRun run, String name, TaskType<I, O> type, Iterable<? extends I> inputs)
      throws InterruptedException {
    long owner = run.row.key();
    BatchView batch = batches.owned(owner, name).orElse(null);
    if (batch == null || !batch.closed()) {
      submit(run, batch, name, type, inputs.iterator());
      batch = batches.owned(owner, name).orElseThrow();
    }
    if (!batch.finished()) {
      throw run.suspend(Hold.batch(batch.id().key()));
    }
    return batches.children(batch, type.output());
  }

  /** Submits the rest of the inputs in commits of a bounded size. */
  private <I> void submit(
      LiveRun run,
      @Nullable BatchView known,
      String name,
      TaskType<I, ?> type,
      Iterator<? extends I> inputs)
      throws InterruptedException {
    BatchView batch = known;
    for (long done = batch == null ? 0 : batch.total(); done > 0 && inputs.hasNext(); done--) {
      inputs.next();
    }
    SubmitOptions options = childOptions(run.row.tenant(), run.row.traceparent());
    do {
      var drafts = new ArrayList<Draft>(CHUNK);
      while (inputs.hasNext() && drafts.size() < CHUNK) {
        drafts.add(submitter.draft(type.name(), inputs.next(), options));
      }
      BatchId id = batch == null ? null : batch.id();
      boolean last = !inputs.hasNext();
      add(run, id, name, drafts, last);
      batch = batches.owned(run.row.key(), name).orElseThrow();
    } while (inputs.hasNext());
  }

  private void add(LiveRun run, @Nullable BatchId id, String name, List<Draft> drafts, boolean last)
      throws InterruptedException {
    var _ =
        patience.insist(
            Patience.DISK,
            run::cancelled,
            () -> batches.addChildren(id, run.row.key(), name, drafts, last));
    run.detailsWritten();
  }

  /** What children take over from the run that submits them. */
  static SubmitOptions childOptions(@Nullable String tenant, @Nullable String trace) {
    SubmitOptions options = SubmitOptions.defaults();
    options = tenant == null ? options : options.withTenant(tenant);
    return trace == null ? options : options.withTraceparent(trace);
  }

  private interface Work<T> {
    T run(Tx tx);
  }

  private <T> T write(LiveRun run, Work<T> work) throws InterruptedException {
    T result =
        patience.insist(
            Patience.DISK,
            run::cancelled,
            () -> store.<T, RuntimeException>compute(work::run).value());
    run.detailsWritten();
    notebook.told(run);
    return result;
  }

  private boolean putStep(Tx tx, LiveRun run, String name, Instant from, Instant to, String json) {
    long key = run.row.key();
    String stored = notebook.sealedStep(run, name, json);
    tx.update(PUT_STEP, key, name, from.toEpochMilli(), to.toEpochMilli(), stored);
    tx.update(MARK, key);
    return true;
  }
}
