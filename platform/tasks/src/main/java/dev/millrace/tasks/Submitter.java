package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Takes submissions: checks them on the caller's thread, places them in a transaction. */
final class Submitter {
  private static final String FIND_UNIQUE =
      "SELECT " + TaskRow.COLUMNS + " FROM tasks WHERE unique_key = ? AND type = ?";

  private static final String FIND_TAKEN =
      "SELECT task FROM task_unique WHERE unique_key = ? AND type = ? AND until > ?";
  private static final String TAKE =
      "INSERT INTO task_unique (unique_key, type, task, until) VALUES (?, ?, ?, ?) ON CONFLICT"
          + " (unique_key, type) DO UPDATE SET task = excluded.task, until = excluded.until";

  private static final String TAKEN =
      "SELECT count(*) FROM tasks WHERE unique_key IN (SELECT value FROM json_each(?))";

  private final Store store;
  private final InstantSource clock;
  private final TypeRegistry types;
  private final IdSequence ids;
  private final RunningTasks running;
  private final Queues queues;
  private final Links links;
  private final Chains chains;
  private final TaskCommit.Effects effects;
  private final Duplicates duplicates;
  private final Runnable admission;

  /**
   * @param admission throws where nothing is taken from outside now
   */
  Submitter(
      Store store,
      InstantSource clock,
      TypeRegistry types,
      IdSequence ids,
      RunningTasks running,
      Queues queues,
      Links links,
      Chains chains,
      TaskCommit.Effects effects,
      Duplicates duplicates,
      Runnable admission) {
    this.duplicates = duplicates;
    this.admission = admission;
    this.store = store;
    this.clock = clock;
    this.types = types;
    this.ids = ids;
    this.running = running;
    this.queues = queues;
    this.links = links;
    this.chains = chains;
    this.effects = effects;
  }

  /**
   * Called before anything is submitted from outside. What runs already, a run of a workflow or a
   * schedule, submits without: it would fail for what others have taken.
   *
   * @throws TaskException before the start, after the end, or while memory is at its end
   */
  void admit() {
    admission.run();
  }

  Draft draft(String type, Object input, SubmitOptions options) {
    return draft(types.require(type), input, options);
  }

  Draft draft(KnownType<?, ?> known, Object input, SubmitOptions options) {
    return checked(Draft.of(known, known.encode(input), options));
  }

  Draft draftJson(String type, JsonNode input, SubmitOptions options) {
    KnownType<?, ?> known = types.require(type);
    return checked(Draft.of(known, known.check(input), options));
  }

  private Draft checked(Draft draft) {
    Limits.checkNotOurs(draft.options().tags());
    if (!queues.hasRoomFor(draft.queue())) {
      throw Limits.option(
          "queue",
          draft.queue(),
          "There are "
              + Limits.QUEUES
              + " queues already, the most there can be; use one of them.");
    }
    if (draft.cost() > 1) {
      checkCost(draft);
    }
    String tenant = draft.options().tenant();
    if (!queues.hasRoomFor(draft.queue(), tenant)) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "tenant",
          Limits.TENANTS + " tenants have ready tasks in queue '" + draft.queue() + "'",
          "Wait until some of them are served, or use another queue.");
    }
    return draft;
  }

  private void checkCost(Draft draft) {
    Limit least = effects.limits().leastRate(draft.type(), draft.queue(), draft.options().key());
    Rate rate = least == null ? null : least.rate();
    if (least != null && rate != null && rate.count() < draft.cost()) {
      throw Limits.option(
          "cost",
          draft.cost(),
          "Limit '"
              + least.name()
              + "' has "
              + rate.count()
              + " units in "
              + rate.per()
              + "; use no more than that, or raise it.");
    }
  }

  /** What is hidden of the tasks of a type. */
  Redaction redaction(String type) {
    return types.redaction(type);
  }

  /** The input of a schedule as it is stored. */
  JsonNode sealed(String type, String schedule, JsonNode input) {
    return effects.vault().covers(type)
        ? StringNode.valueOf(effects.vault().seal(0, Vault.schedule(schedule), input.toString()))
        : input;
  }

  /** The stored input of a schedule, with the newest key if it was with an older one. */
  JsonNode renewed(String schedule, JsonNode stored) {
    String text = stored.isString() ? stored.stringValue() : null;
    return text != null && effects.vault().isStale(text)
        ? StringNode.valueOf(effects.vault().renewed(0, Vault.schedule(schedule), text))
        : stored;
  }

  /**
   * The input of a schedule.
   *
   * @throws SealedException if it does not open
   */
  JsonNode opened(String schedule, JsonNode stored) {
    String text = stored.isString() ? stored.stringValue() : null;
    return text != null && Vault.isSealed(text)
        ? Json.MAPPER.readTree(effects.vault().open(0, Vault.schedule(schedule), text))
        : stored;
  }

  Submitted submit(Draft draft) {
    Written<Placed> written = store.compute(tx -> fromOutside(tx, draft, 0));
    return written.value().submitted(written.position());
  }

  Submitted submit(Tx tx, Draft draft) {
    return fromOutside(tx, draft, 0).submitted(new Position(tx.position().history(), tx.number()));
  }

  SubmittedAll submitAll(List<Draft> drafts) {
    Written<List<TaskId>> written =
        store.compute(tx -> {
          var placed = new ArrayList<TaskId>(drafts.size());
          for (Draft draft : drafts) {
            placed.add(fromOutside(tx, draft, 0).row.id());
          }
          return placed;
        });
    return new SubmittedAll(written.value(), written.position());
  }

  List<Draft> drafts(List<Submission> submissions) {
    checkBulk(submissions);
    var drafts = new ArrayList<Draft>(submissions.size());
    for (Submission submission : submissions) {
      try {
        drafts.add(draftJson(submission.type(), submission.input(), submission.options()));
      } catch (TaskException refused) {
        throw refused.within("tasks/" + drafts.size());
      }
    }
    return drafts;
  }

  static void checkBulk(Collection<?> submissions) {
    if (submissions.isEmpty() || submissions.size() > Limits.BULK) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "tasks",
          submissions.size() + " tasks in one submission",
          "Submit 1 to " + Limits.BULK + " at once.");
    }
  }

  /** Whether no task in the database has one of these unique keys, of whatever type. */
  boolean areFree(Tx tx, List<String> uniqueKeys) {
    return uniqueKeys.isEmpty()
        || tx.number(TAKEN, Json.MAPPER.writeValueAsString(uniqueKeys)) == 0;
  }

  private record Placed(TaskRow row, TaskState state, boolean duplicate) {
    Submitted submitted(Position position) {
      return new Submitted(row.id(), state, duplicate, position);
    }
  }

  /** A key for a task or batch; drawn on the writer's thread, it is in the order of commits. */
  long nextKey() {
    return ids.next(clock.millis());
  }

  /**
   * Places a task in a transaction.
   *
   * @param batch 0 for none
   * @return its id, or that of the unfinished one with its unique key
   */
  TaskId place(Tx tx, Draft draft, long batch) {
    return placed(tx, draft, batch).row.id();
  }

  /**
   * The same without a batch.
   *
   * @param free whether it is known that the database has no task with its unique key
   */
  TaskId place(Tx tx, Draft draft, boolean free) {
    return placed(tx, draft, 0, free).row.id();
  }

  /** Places one that nobody needs to go on; it is refused if too many of its tenant wait. */
  TaskId placeFromOutside(Tx tx, Draft draft, long batch) {
    return fromOutside(tx, draft, batch).row.id();
  }

  private Placed fromOutside(Tx tx, Draft draft, long batch) {
    return placed(tx, draft, batch, false, true);
  }

  private Placed placed(Tx tx, Draft draft, long batch) {
    return placed(tx, draft, batch, false);
  }

  private Placed placed(Tx tx, Draft draft, long batch, boolean free) {
    return placed(tx, draft, batch, free, false);
  }

  private Placed placed(Tx tx, Draft draft, long batch, boolean free, boolean outside) {
    TaskCommit commit = TaskCommit.of(tx, effects);
    String unique = draft.options().uniqueKey();
    if (unique != null) {
      Optional<TaskRow> there = findUnique(tx, commit, unique, draft.type(), free);
      if (there.isPresent()) {
        return placedAgain(tx, commit, draft, batch, there.get(), outside);
      }
      if (draft.options().uniqueFor() != null) {
        Optional<Placed> done = findTaken(tx, unique, draft.type());
        if (done.isPresent()) {
          return done.get();
        }
      }
    }
    String tenant = draft.options().tenant();
    if (outside && tenant != null) {
      effects.bounds().admit(tenant, commit.added(tenant));
    }
    long now = clock.millis();
    long key = draft.key() == 0 ? ids.next(now) : draft.key();
    int open = links.add(tx, commit, key, draft.options().after(), draft.options().afterOutcome());
    String chain = draft.options().chain();
    if (chain != null) {
      open += chains.add(tx, commit, chain, key);
    }
    String stored = effects.vault().sealIf(draft.type(), key, Vault.INPUT, draft.input());
    String waitsFor = draft.waitsFor();
    boolean waits = open > 0 || waitsFor != null;
    TaskRow row = draft.row(key, now, effects.ranks(), waits, batch, stored);
    draft.beside().write(tx, commit, row);
    Duration taken = draft.options().uniqueFor();
    if (taken != null) {
      commit.update(TAKE, unique, draft.type(), key, now + taken.toMillis());
    }
    if (open > 0) {
      commit.submitBehind(row, open);
      return new Placed(row, row.state(), false);
    }
    if (waitsFor != null) {
      commit.submit(row, waitsFor);
      return new Placed(row, row.state(), false);
    }
    TaskRow placed = commit.submit(row);
    return new Placed(placed, placed.state(), false);
  }

  /**
   * Places a submission whose unique key a task has already.
   *
   * @param there that task
   */
  private Placed placedAgain(
      Tx tx, TaskCommit commit, Draft draft, long batch, TaskRow there, boolean outside) {
    OnDuplicate wanted = draft.options().onDuplicate();
    if (wanted == null || wanted.action() == OnDuplicate.Action.KEEP) {
      return duplicate(there);
    }
    TaskRow changed = duplicates.replace(tx, commit, draft, there);
    if (changed != null) {
      return new Placed(changed, changed.state(), true);
    }
    boolean ends = commit.over(there.key()) != null;
    if (!ends && !wanted.follows()) {
      return duplicate(there);
    }
    String tenant = draft.options().tenant();
    if (outside && tenant != null) {
      effects.bounds().admit(tenant, commit.added(tenant));
    }
    long now = clock.millis();
    long key = draft.key() == 0 ? ids.next(now) : draft.key();
    String stored = effects.vault().sealIf(draft.type(), key, Vault.INPUT, draft.input());
    TaskRow row = draft.row(key, now, effects.ranks(), false, batch, stored);
    if (ends) {
      draft.beside().write(tx, commit, row);
      commit.submitLate(row, String.valueOf(row.uniqueKey()));
      return new Placed(row, row.state(), false);
    }
    TaskRow behind = row.behind(effects.ranks());
    draft.beside().write(tx, commit, behind);
    commit.submit(behind, Hold.forEnd(there.key()));
    duplicates.follow(tx, draft, there, behind, row.runAt());
    return new Placed(behind, behind.state(), false);
  }

  private Placed duplicate(TaskRow row) {
    boolean runs = running.contains(row.key());
    return new Placed(row, runs ? TaskState.RUNNING : row.state(), true);
  }

  /** The success that keeps a unique key for a time. */
  private Optional<Placed> findTaken(Tx tx, String unique, String type) {
    return tx.find(FIND_TAKEN, row -> row.getLong(1), unique, type, clock.millis())
        .flatMap(key ->
            effects.buckets().of(key).stream()
                .flatMap(bucket -> tx.find(bucket.findRow, TaskRow::read, key).stream())
                .findFirst())
        .filter(row -> row.state() == TaskState.SUCCEEDED)
        .map(row -> new Placed(row, row.state(), true));
  }

  private static Optional<TaskRow> findUnique(
      Tx tx, TaskCommit commit, String unique, String type, boolean free) {
    TaskRow inThisCommit = commit.findUnique(unique, type);
    if (inThisCommit != null) {
      return Optional.of(inThisCommit);
    }
    return free ? Optional.empty() : tx.find(FIND_UNIQUE, TaskRow::read, unique, type);
  }
}
