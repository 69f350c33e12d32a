package dev.millrace.tasks;

import dev.millrace.store.CommitShare;
import dev.millrace.store.Tx;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one commit does to tasks, collected from all its works and written in few statements before
 * it ends. Used on the writer's thread.
 */
final class TaskCommit implements CommitShare {
  private static final String RETRY =
      "UPDATE tasks SET state = 'retrying', attempt = ?, crashes = 0, run_at = ?, rank = ?, error ="
          + " ?, details = 1, cancelling = 0, progress_done = coalesce(?, progress_done),"
          + " progress_total = coalesce(?, progress_total), progress_message = coalesce(?,"
          + " progress_message) WHERE id = ? AND state = 'ready'";
  private static final String HOLD =
      "UPDATE tasks SET state = ?, run_at = ?, waits_for = ?, crashes = 0, expires_at = NULL,"
          + " details = max(details, ?),"
          + " progress_done = coalesce(?, progress_done),"
          + " progress_total = coalesce(?, progress_total), progress_message = coalesce(?,"
          + " progress_message) WHERE id = ? AND cancelling = 0 AND state = 'ready'";
  private static final String FIND_WAITING =
      "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE id = ? AND state = 'waiting'";
  private static final String RELEASE =
      "UPDATE tasks SET state = 'ready', run_at = NULL, waits_for = NULL WHERE id = ?"
          + " AND state = 'waiting' AND waits_for IN (?, ?) RETURNING "
          + TaskRow.COLUMNS;
  private static final String CANCELLING =
      "SELECT count(*) FROM tasks WHERE id = ? AND cancelling = 1";
  private static final String PUT_BACK =
      "UPDATE tasks SET details = 1, expires_at = NULL WHERE id = ? AND state = 'ready'";

  private final Effects effects;
  private final Arrivals arrivals = new Arrivals();
  private final Departures departures;
  private final Map<String, List<@Nullable Object[]>> updates = new LinkedHashMap<>();
  private final Map<Long, TaskState> over = new HashMap<>();
  private final Map<Long, Outcome> lastOfBatch = new HashMap<>();

  /** Tasks that are written behind all others. */
  private final Map<Arrivals.UniqueKey, TaskRow> late = new LinkedHashMap<>(0);

  private final List<Consumer<Tx>> whenLeft = new ArrayList<>(0);

  /** Tasks that others wait for since this commit. */
  final Set<Long> awaited = new HashSet<>();

  /** The chains of the tasks that are made the last of one in this commit. */
  final Map<Long, String> chained = new HashMap<>();

  /** Changed counts of batches, until they are settled. */
  private Map<Long, BatchChange> batches = new LinkedHashMap<>();

  private @Nullable GateCommit gates;
  private @Nullable ErrorCommit errors;

  /** Tasks that were dead and are given up. */
  final List<TaskRow> discarded = new ArrayList<>();

  /** Tasks that wait as before, but have come further meanwhile. */
  final List<TaskRow> wentOn = new ArrayList<>();

  /** Tasks that wait at another place than before, by key. */
  final Map<Long, Moved> moved = new LinkedHashMap<>();

  /**
   * A task at another place.
   *
   * @param before as it was before this commit
   * @param after as it is with it
   */
  record Moved(TaskRow before, TaskRow after) {}

  /** What memory does when it has followed all the rest. */
  final List<Runnable> last = new ArrayList<>();

  final List<TaskRow> submitted = new ArrayList<>();

  /** Tasks of history that are ready again; they are among the readied as well. */
  final List<TaskRow> drivenAgain = new ArrayList<>();

  /** How many tasks this commit has added for tenants that have a bound. */
  private final Map<String, Long> bounded = new HashMap<>();

  private long number;
  final List<TaskRow> readied = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final Map<String, Map<TaskState, Long>> counts = new LinkedHashMap<>();

  /** What follows the commit, and what it needs to know. */
  interface Effects {
    Buckets buckets();

    Vault vault();

    long ageingMillis();

    /** Where tasks stand in their queues. */
    Ranks ranks();

    /** Unix ms. */
    long now();

    /** Whether there are limits that single tasks have to pass. */
    boolean areGated();

    /** For one commit. */
    GateCommit gates();

    /** The limits in force. */
    LimitRules limits();

    /** How many tasks of tenants may wait. */
    TenantBounds bounds();

    /** Where failures are counted. */
    ErrorStore errors();

    /** A task is over. */
    void ended(Tx tx, TaskCommit commit, Outcome outcome, TaskState state);

    /** A dead task is given up. */
    void discarded(Tx tx, TaskCommit commit, TaskRow row);

    /** Writes the counts of batches, which may submit, release and end tasks. */
    void settle(Tx tx, TaskCommit commit);

    /** Before COMMIT, with everything collected. */
    void committing(Tx tx, TaskCommit commit);

    /** After COMMIT, on the writer's thread. */
    void committed(TaskCommit commit);
  }

  private TaskCommit(Effects effects) {
    this.effects = effects;
    departures = new Departures(effects);
  }

  /** What it does at gates. */
  GateCommit gates() {
    GateCommit known = gates;
    if (known == null) {
      known = effects.gates();
      gates = known;
    }
    return known;
  }

  /** What it has done at gates; null for nothing. */
  @Nullable GateCommit atGates() {
    return gates;
  }

  /** What it does to groups of errors. */
  ErrorCommit errors() {
    ErrorCommit known = errors;
    if (known == null) {
      known = new ErrorCommit(effects.errors());
      errors = known;
    }
    return known;
  }

  static TaskCommit of(Tx tx, Effects effects) {
    return tx.share(TaskCommit.class, _ -> new TaskCommit(effects));
  }

  /** A task of this very commit with that unique key. */
  @Nullable TaskRow findUnique(String key, String type) {
    TaskRow behind = late.isEmpty() ? null : late.get(new Arrivals.UniqueKey(key, type));
    return behind == null ? arrivals.findUnique(key, type) : behind;
  }

  /** Whether it is written at the end of this commit only: see {@link #submitLate}. */
  boolean isLate(TaskRow row) {
    String unique = row.uniqueKey();
    return unique != null
        && !late.isEmpty()
        && late.containsKey(new Arrivals.UniqueKey(unique, row.type()));
  }

  /** How many tasks of a tenant that has a bound this commit has added. */
  long added(@Nullable String tenant) {
    return tenant == null ? 0 : bounded.getOrDefault(tenant, 0L);
  }

  /** That of the commit. */
  long number() {
    return number;
  }

  /** Whether the task was submitted in this very commit. */
  boolean isSubmitted(long key) {
    return arrivals.contains(key);
  }

  /** How the task ended in this very commit; null if it did not. */
  @Nullable TaskState over(long key) {
    return over.isEmpty() ? null : over.get(key);
  }

  /** Whether the run has ended in this very commit, and its task has not: nobody would stop it. */
  boolean hasGivenWay(LiveRun run) {
    return over.get(run.row.key()) == null
        && outcomes.stream().anyMatch(outcome -> outcome.run() == run);
  }

  /**
   * Submits a task; a ready one joins those who wait for a limit, if some do.
   *
   * @return the task as it is now
   */
  TaskRow submit(TaskRow row) {
    String gate = row.state() == TaskState.READY && effects.areGated() ? gates().joins(row) : null;
    if (gate == null) {
      submit(row, null);
      return row;
    }
    TaskRow waiting = row.waiting();
    submit(waiting, GateCommit.FOR_LIMIT + gate);
    gates().waits(gate);
    return waiting;
  }

  /** Writes a row beside the submissions, and with them. */
  void add(RowShape shape, @Nullable Object... values) {
    arrivals.add(shape, values);
  }

  /** Runs a statement at the end, when all rows are there. */
  void update(String sql, @Nullable Object... args) {
    updates.computeIfAbsent(sql, _ -> new ArrayList<>()).add(args);
  }

  /** Submits a task that waits for {@code open} others. */
  void submitBehind(TaskRow row, int open) {
    submit(row, null);
    arrivals.waitFor(row.key(), open);
  }

  /** Submits a task as it is; a waiting one says what it waits for. */
  void submit(TaskRow row, @Nullable String waitsFor) {
    arrivals.add(row, waitsFor);
    added(row);
  }

  private void added(TaskRow row) {
    submitted.add(row);
    String tenant = row.tenant();
    if (tenant != null && effects.bounds().isBounded(tenant)) {
      bounded.merge(tenant, 1L, Long::sum);
    }
    count(row.queue(), row.state(), 1);
    if (row.batch() != 0) {
      BatchChange change = batch(row.batch());
      change.added++;
      change.opened++;
    }
  }

  /**
   * Submits a task whose unique key belongs to one that ends with this commit: it is written when
   * that one has left.
   */
  void submitLate(TaskRow row, String unique) {
    late.put(new Arrivals.UniqueKey(unique, row.type()), row);
    added(row);
  }

  /**
   * Takes note that a task of this very commit is another one now, which the caller has written.
   */
  void resubmit(TaskRow before, TaskRow after) {
    for (int i = 0; i < submitted.size(); i++) {
      if (submitted.get(i).key() == before.key()) {
        submitted.set(i, after);
        break;
      }
    }
    arrivals.changed(after);
    forgetReadied(after.key());
    String unique = after.uniqueKey();
    if (isLate(before) && unique != null) {
      late.put(new Arrivals.UniqueKey(unique, after.type()), after);
    }
    count(before.queue(), before.state(), -1);
    count(after.queue(), after.state(), 1);
  }

  /** Runs at the end, when the tasks that this commit ends have left. */
  void whenLeft(Consumer<Tx> work) {
    whenLeft.add(work);
  }

  /** Takes note that a task is ready again, which the caller has written. */
  void ready(TaskRow row, TaskState from) {
    readied.add(row);
    if (isSubmitted(row.key())) {
      arrivals.changed(row);
    }
    count(row.queue(), from, -1);
    count(row.queue(), TaskState.READY, 1);
  }

  /** Takes note that a task of history is ready again, which the caller has written. */
  void drivenAgain(TaskRow row, TaskState from) {
    over.remove(row.key());
    drivenAgain.add(row);
    ready(row, from);
  }

  /** Whether this very commit has changed where the task stands, other than by {@link #move}. */
  boolean touches(long key) {
    return isSubmitted(key)
        || over.containsKey(key)
        || readied.stream().anyMatch(row -> row.key() == key);
  }

  /** Takes note that a task waits at another place, which the caller has written. */
  void move(TaskRow before, TaskRow after) {
    Moved known = moved.get(before.key());
    moved.put(before.key(), new Moved(known == null ? before : known.before(), after));
    forgetReadied(before.key());
    count(before.queue(), before.state(), -1);
    count(after.queue(), after.state(), 1);
    if (before.state() == TaskState.READY && effects.areGated()) {
      gates().left(before, null);
    }
  }

  /** It is ready elsewhere, or not any more. */
  private void forgetReadied(long key) {
    if (readied.removeIf(row -> row.key() == key) && gates != null) {
      gates.handed.removeIf(handed -> handed.row().key() == key);
    }
  }

  /** Takes note that a dead task is given up, which the caller has written. */
  void discarded(TaskRow row) {
    over.replace(row.key(), TaskState.CANCELLED);
    discarded.add(row);
    count(row.queue(), TaskState.DEAD, -1);
    count(row.queue(), TaskState.CANCELLED, 1);
    if (row.batch() != 0) {
      BatchChange change = batch(row.batch());
      change.count(TaskState.DEAD, -1);
      change.count(TaskState.CANCELLED, 1);
    }
  }

  Map<Long, BatchChange> takeBatches() {
    Map<Long, BatchChange> taken = batches;
    batches = new LinkedHashMap<>();
    return taken;
  }

  /** What this commit has changed of a batch so far, which is not counted any more. */
  @Nullable BatchChange takeBatch(long key) {
    return batches.remove(key);
  }

  /** The outcome of this commit that was the last of a batch's tasks; null for none. */
  @Nullable Outcome lastOf(long batch) {
    return lastOfBatch.get(batch);
  }

  BatchChange batch(long key) {
    return batches.computeIfAbsent(key, _ -> new BatchChange());
  }

  /** Lets a task go on that waits for that; does nothing if it does not. */
  void release(Tx tx, long key, String waitsFor) {
    release(tx, key, waitsFor, waitsFor);
  }

  /** The same for one that waits for either. */
  void release(Tx tx, long key, String waitsFor, String orFor) {
    if (over.containsKey(key)) {
      return; // Its row leaves at the end of this commit.
    }
    tx.find(RELEASE, TaskRow::read, key, waitsFor, orFor)
        .ifPresent(row -> ready(row, TaskState.WAITING));
  }

  /** Ends a task that waits; does nothing if it does not. */
  void endWaiting(Tx tx, long key, Transition.Event event, String error) {
    if (over.containsKey(key)) {
      return;
    }
    long now = effects.now();
    tx.find(FIND_WAITING, TaskRow::read, key)
        .ifPresent(row -> end(tx, Outcome.ofWaiting(row, event, now, error)));
  }

  void end(Tx tx, Outcome asked) {
    Outcome outcome = asked.withLateDetails();
    TaskState to = outcome.to();
    if (!to.finished() && isCancelled(tx, outcome, to)) {
      outcome = outcome.asCancelled();
      to = outcome.to();
    }
    outcomes.add(outcome);
    TaskRow row = outcome.row();
    if (effects.areGated()) {
      gates().left(row, outcome.run());
    }
    if (row.state() != to) {
      count(row.queue(), row.state(), -1);
      count(row.queue(), to, 1);
    }
    Failure failure = outcome.failure();
    if (failure != null) {
      errors().failed(tx, outcome, failure, to == TaskState.DEAD);
    }
    switch (to) {
      case SUCCEEDED, DEAD, CANCELLED -> finish(tx, outcome, to);
      case RETRYING -> retry(tx, outcome);
      case READY -> {
        requireReady(tx.update(PUT_BACK, row.key()), row.id());
        Trails.keep(tx, effects.vault(), outcome);
      }
      case SCHEDULED, WAITING -> hold(tx, outcome);
      case RUNNING -> throw new IllegalStateException("no run ends in " + to + "; this is a bug");
    }
  }

  /** Whether the task was cancelled meanwhile. A run that holds is held with the same look. */
  private boolean isCancelled(Tx tx, Outcome outcome, TaskState to) {
    LiveRun run = outcome.run();
    Hold hold = outcome.hold();
    boolean holds = to == TaskState.SCHEDULED || to == TaskState.WAITING;
    if (!holds || hold == null || (run != null && run.parksAt != null)) {
      return tx.number(CANCELLING, outcome.row().key()) > 0;
    }
    Progress progress = outcome.progress();
    int held =
        tx.update(
            HOLD,
            to.word(),
            hold.runAt() == 0 ? null : hold.runAt(),
            hold.waitsFor(),
            hold.leavesDetails() || outcome.leavesDetails(),
            progress == null ? null : progress.done(),
            progress == null ? null : progress.total(),
            outcome.sealedMessage(effects.vault()),
            outcome.row().key());
    if (held == 1) {
      return false;
    }
    requireReady((int) tx.number(CANCELLING, outcome.row().key()), outcome.row().id());
    return true;
  }

  /** A run that ends was ready in the database all the time. */
  static void requireReady(int changed, TaskId id) {
    if (changed != 1) {
      throw new IllegalStateException(
          "task " + id + " has run but is not ready in the database; this is a bug");
    }
  }

  private void hold(Tx tx, Outcome outcome) {
    TaskRow row = outcome.row();
    Hold hold = outcome.hold();
    if (hold == null) {
      throw new IllegalStateException("task " + row.id() + " waits for nothing; this is a bug");
    }
    LiveRun run = outcome.run();
    if (run != null && run.parksAt != null) {
      gates().park(tx, row.key(), run.parksAt);
      return;
    }
    if (hold.work() != null) {
      hold.work().run(tx);
    }
    Trails.addLog(tx, effects.vault(), row, outcome.log());
    String waitsFor = hold.waitsFor();
    if (waitsFor != null && waitsFor.startsWith(GateCommit.FOR_LIMIT)) {
      gates().waits(waitsFor.substring(GateCommit.FOR_LIMIT.length()));
      return;
    }
    if (waitsFor != null && hold.isThere(tx, row.key())) {
      release(tx, row.key(), waitsFor);
    }
  }

  private void finish(Tx tx, Outcome outcome, TaskState to) {
    TaskRow row = outcome.row();
    over.put(row.key(), to);
    if (outcome.run() == null) {
      readied.removeIf(ready -> ready.key() == row.key()); // It was, earlier in this commit.
    }
    if (row.batch() != 0 && !isFollowed(tx, outcome, to)) {
      batch(row.batch()).count(to, 1);
      lastOfBatch.put(row.batch(), outcome);
    }
    effects.ended(tx, this, outcome, to);
    departures.add(tx, outcome, to);
  }

  /** Whether what waits for the task has gone on already, in this very commit. */
  private boolean isFollowed(Tx tx, Outcome outcome, TaskState to) {
    LiveRun run = outcome.run();
    Sequel sequel = run == null || to != TaskState.SUCCEEDED ? null : run.sequel;
    return sequel != null && sequel.follow(tx, this);
  }

  private void retry(Tx tx, Outcome outcome) {
    Progress progress = outcome.progress();
    TaskRow row = outcome.row();
    int retried =
        tx.update(
            RETRY,
            outcome.attempt(),
            outcome.runAt(),
            effects.ranks().of(row.queue(), row.priority(), outcome.runAt()),
            outcome.sealedError(effects.vault()),
            progress == null ? null : progress.done(),
            progress == null ? null : progress.total(),
            outcome.sealedMessage(effects.vault()),
            row.key());
    requireReady(retried, row.id());
    Trails.keep(tx, effects.vault(), outcome);
  }

  void count(String queue, TaskState state, long change) {
    counts
        .computeIfAbsent(queue, _ -> new EnumMap<>(TaskState.class))
        .merge(state, change, Long::sum);
  }

  /** Writes the submissions so far. */
  void insert(Tx tx) {
    arrivals.write(tx);
  }

  @Override
  public void finish(Tx tx) {
    insert(tx);
    while (!batches.isEmpty()) {
      effects.settle(tx, this);
      insert(tx);
    }
    for (Map.Entry<String, List<@Nullable Object[]>> entry : updates.entrySet()) {
      int _ = tx.batch(entry.getKey(), entry.getValue());
    }
    if (gates != null) {
      gates.handOn(tx, this);
    }
    departures.write(tx);
    if (!late.isEmpty()) {
      late.values().forEach(row -> arrivals.add(row, null));
      insert(tx);
    }
    whenLeft.forEach(work -> work.accept(tx));
    Counts.write(tx, counts);
    if (errors != null) {
      errors.write(tx);
    }
    number = tx.number();
    effects.committing(tx, this);
    tx.afterCommit(() -> effects.committed(this));
  }
}
