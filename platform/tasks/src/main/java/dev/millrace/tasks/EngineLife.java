package dev.millrace.tasks;

import dev.millrace.store.Migrations;
import dev.millrace.store.Snapshot;
import dev.millrace.tasks.EngineParts.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start and the end of tasks. Thread-safe. */
final class EngineLife {
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
          "0015_followers",
          "0016_chains");
  private static final long PURGE_EVERY_SECONDS = 600;
  private static final long AFTER_INTERRUPT_MILLIS = 5_000;
  private static final long WRITE_PATIENCE_MILLIS = 10_000;
  private static final int LOOK_AGAIN_MILLIS = 16;

  private final EngineParts parts;

  /** From when on nothing more is started; null if tasks are. */
  private volatile @Nullable Instant quietSince;

  EngineLife(EngineParts parts) {
    this.parts = parts;
  }

  synchronized void start() {
    if (parts.phase != Phase.NEW) {
      throw new IllegalStateException("tasks were started before; build them anew");
    }
    parts.store.migrate(MIGRATIONS);
    parts.store.write(tx -> {
      parts.buckets.upgrade(tx);
      Bucket _ = parts.buckets.at(tx, parts.built.clock.millis());
    });
    parts.store.<@Nullable Void, RuntimeException>read(view -> {
      load(view);
      return null;
    });
    parts.metrics.watch(parts.memory, parts.tuner);
    parts.queues.onNew(queue -> parts.metrics.watch(queue, parts.counts));
    parts.phase = Phase.STARTED;
    parts.gates.grant(
        new Recovery(parts.store, parts.built.clock, parts.ledger, parts.effects).run());
    parts.completer.start();
    if (parts.stepper == null) {
      parts.due.start();
    }
    parts.sweep.start();
    parts.schedules.start(parts.stepper != null);
    parts.limits.start();
    if (parts.stepper == null) {
      parts.memory.start();
      parts.tuner.start();
    }
    var backfill = new ErrorBackfill(parts.store, parts.buckets, parts.vault, parts.effects);
    Thread _ = parts.errands.start("tasks-errors", backfill::run);
    parts.errands.startEvery(
        PURGE_EVERY_SECONDS / 10, PURGE_EVERY_SECONDS, "tasks-purge", parts.purge::run);
    List<TaskRow> suspects = suspects();
    if (suspects.isEmpty() || parts.stepper != null) {
      parts.queues.open();
    } else {
      parts.trials.start(suspects, parts.queues::open);
    }
  }

  private void load(Snapshot view) {
    parts.counts.load(view);
    parts.buckets.load(view);
    parts.links.load(view);
    parts.chains.load(view);
    parts.followers.load(view);
    parts.schedules.load(view);
    parts.errors.load(view);
    parts.typeRules.load(view);
    parts.expiry.load(view);
    for (String table : List.of("tasks", "task_batches", "task_schedules")) {
      parts.ids.continueBehind(view.number("SELECT coalesce(max(id), 0) FROM " + table));
    }
    for (Bucket bucket : parts.buckets.newestFirst()) {
      parts.ids.continueBehind(view.number("SELECT coalesce(max(id), 0) FROM " + bucket.table));
    }
    parts.tenants.load(view);
    parts.limits.load(view);
    parts.queues.load(view, parts.counts.queues());
  }

  private List<TaskRow> suspects() {
    return parts.store.<List<TaskRow>, RuntimeException>read(Recovery::suspects).stream()
        .filter(row -> parts.types.find(row.type()) != null && !parts.isPaused(row))
        .toList();
  }

  synchronized void close() {
    Phase before = parts.phase;
    parts.phase = Phase.CLOSED;
    if (before == Phase.CLOSED) {
      return;
    }
    boolean stopped = before == Phase.NEW || stop();
    parts.memory.close();
    parts.errands.close();
    parts.workers.close();
    parts.watches.close();
    parts.hooks.close();
    parts.waiters.close();
    if (stopped) {
      parts.ledger.close();
    }
  }

  /** False if the caller is interrupted, and what runs is left to itself and to the ledger. */
  private boolean stop() {
    parts.sweep.stop();
    parts.purge.close();
    try {
      parts.trials.close();
      parts.tuner.close();
      parts.queues.close();
      parts.workers.scatter();
      parts.due.close();
      parts.schedules.close();
      awaitNoneRunning(parts.built.config.stopGrace().toMillis());
      parts.running.all().forEach(run -> run.stop(LiveRun.Stop.SERVER));
      awaitNoneRunning(AFTER_INTERRUPT_MILLIS);
      for (LiveRun stubborn : parts.running.all()) {
        LOG.warn("task {} does not end; it is run again at the next start", stubborn.id());
      }
      parts.completer.close(WRITE_PATIENCE_MILLIS);
      return true;
    } catch (InterruptedException _) {
      parts.queues.close();
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while closing; what runs is started again at the next start");
      return false;
    }
  }

  /** Waits until the outcomes of all runs are committed, at most {@code millis}. */
  private void awaitNoneRunning(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!parts.running.isEmpty()
        && parts.completer.isAtWork()
        && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  // Quiet.

  synchronized void quiet() {
    parts.requireStarted();
    if (quietSince == null) {
      quietSince = parts.built.clock.instant();
      LOG.info("quiet: nothing more is started, {} tasks run", parts.running.all().size());
    }
    parts.trials.quiet(true);
    parts.queues.quiet(true);
  }

  synchronized void wake() {
    parts.requireStarted();
    quietSince = null;
    parts.trials.quiet(false);
    parts.queues.quiet(false);
  }

  QuietView quietness() {
    parts.requireStarted();
    return new QuietView(quietSince, parts.running.all().size());
  }

  QuietView awaitQuiet(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    QuietView now = quietness();
    while (!now.isThrough() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      now = quietness();
    }
    return now;
  }
}
