package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreException;
import dev.millrace.store.Tx;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Moment;
import dev.millrace.tasks.schedule.Overlap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Submits the tasks of schedules when their time comes: 1,000 in a work that moves their schedules
 * on as well. Two works are under way at once, so that the writer never waits for the next one. A
 * thread of its own sleeps until the next time.
 */
final class ScheduleClock {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);
  private static final int BATCH = 1_000;

  /** What is taken up at once. */
  private static final int MOST_AT_ONCE = 20 * BATCH;

  private static final int WORKS_AT_ONCE = 2;
  private static final int MOST_PENDING = 100;
  private static final int MOST_CAUGHT_UP = 1_000;
  private static final int COUNTED = 10_000;
  private static final int MOST_PREPARED = 20_000;

  /** More than the longest sleep, so that nothing fires that was not seen before. */
  private static final long PREPARED_MILLIS = 120_000;

  /** A time that passed by more than this was missed; less is only late. */
  private static final long LATE_MILLIS = 60_000;

  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Submitter submitter;
  private final ScheduleBook book;
  private final Map<Long, Prepared> prepared = new HashMap<>();
  private @Nullable Thread thread;

  /** Whether everything happens on the thread that asks for it. */
  private boolean stepped = true;

  /**
   * What can be thought out before the time comes.
   *
   * @param moved the schedule with the time after the next one
   * @param draft of its task
   */
  private record Prepared(long version, ScheduleRow moved, @Nullable Draft draft) {}

  ScheduleClock(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      Submitter submitter,
      ScheduleBook book) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.submitter = submitter;
    this.book = book;
  }

  void start() {
    stepped = false;
    thread = Thread.ofVirtual().name("tasks-schedules").start(this::work);
  }

  /** Starts what is due, on this thread; for tasks that are stepped. */
  void fireNow() {
    ScheduleBook.Work work = book.now(clock.millis(), BATCH);
    while (!work.isEmpty()) {
      act(work);
      work = book.now(clock.millis(), BATCH);
    }
  }

  void close() throws InterruptedException {
    book.close();
    if (thread != null) {
      thread.join();
    }
  }

  private void work() {
    try {
      while (!book.isClosed()) {
        ScheduleBook.Work work = book.await(clock::millis, MOST_AT_ONCE);
        if (work.isEmpty()) {
          prepareSoon();
        } else {
          act(work);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (StoreException closed) {
      LOG.debug("the store is closed", closed);
    }
  }

  /** Uses the quiet time before schedules fire, so that many can fire at once. */
  private void prepareSoon() {
    for (ScheduleRow row : book.soon(clock.millis() + PREPARED_MILLIS, MOST_PREPARED)) {
      if (book.isDue(clock.millis())) {
        return;
      }
      prepare(row);
    }
  }

  private void prepare(ScheduleRow row) {
    Prepared there = prepared.get(row.id());
    if (there != null && there.version == row.version()) {
      return;
    }
    if (prepared.size() >= MOST_PREPARED) {
      prepared.clear();
    }
    Draft draft = null;
    try {
      draft = draft(row.schedule(), row.due());
    } catch (TaskException _) {
      // Said when the time comes, if it is so then.
    }
    prepared.put(row.id(), new Prepared(row.version(), moved(row, row.due()), draft));
  }

  private void act(ScheduleBook.Work work) {
    long now = clock.millis();
    var writes = new ArrayDeque<FutureTask<@Nullable Void>>();
    try {
      for (int from = 0; from < work.due().size(); from += BATCH) {
        List<ScheduleRow> some =
            work.due().subList(from, Math.min(work.due().size(), from + BATCH));
        write(writes, some.stream().map(row -> decide(row, now)).toList());
      }
      write(writes, work.released().stream().map(this::release).toList());
      while (!writes.isEmpty()) {
        finish(writes.poll());
      }
    } catch (StoreException failure) {
      writes.forEach(ScheduleClock::settle);
      if (failure.reason() == StoreException.Reason.CLOSED) {
        throw failure;
      }
      LOG.warn("schedules could not be started, trying again: {}", failure.getMessage());
      book.releaseAll();
      book.rest(clock.millis() + PAUSE_AFTER_FAILURE_MILLIS);
    }
  }

  /** Has them written beside the works that are under way, of which only so many may be. */
  private void write(ArrayDeque<FutureTask<@Nullable Void>> writes, List<Due> due) {
    if (due.isEmpty()) {
      return;
    }
    while (writes.size() >= WORKS_AT_ONCE) {
      finish(writes.poll());
    }
    var write =
        new FutureTask<@Nullable Void>(() -> {
          write(due);
          return null;
        });
    writes.add(write);
    if (stepped) {
      write.run();
    } else {
      Thread.ofVirtual().name("tasks-schedules-write").start(write);
    }
  }

  private static void finish(FutureTask<@Nullable Void> write) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          write.get();
          return;
        } catch (InterruptedException _) {
          interrupted = true; // The store decides: it answers in any case.
        } catch (ExecutionException failed) {
          switch (failed.getCause()) {
            case RuntimeException failure -> throw failure;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException("this is a bug", failed);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for its end, whatever that is. */
  private static void settle(FutureTask<@Nullable Void> write) {
    try {
      finish(write);
    } catch (StoreException failure) {
      LOG.debug("as one before it failed", failure);
    }
  }

  /**
   * A time that has come, decided on but for what only the transaction knows.
   *
   * @param row as it was
   * @param moved as it goes on, not yet counted
   * @param draft null if nothing is submitted
   * @param at the time, 0 if it was one that waited
   */
  private record Due(
      ScheduleRow row,
      ScheduleRow moved,
      long at,
      int missed,
      @Nullable Draft draft,
      @Nullable String error) {}

  private Due decide(ScheduleRow row, long now) {
    boolean late = now - row.fire() > LATE_MILLIS;
    Misfire misfire = row.schedule().misfire();
    boolean catchUp = late && misfire == Misfire.ALL && row.caughtUp() < MOST_CAUGHT_UP;
    long behind = late && !catchUp ? now : row.due();
    boolean starts = !late || catchUp || misfire == Misfire.ONCE;
    int missed = late && !catchUp ? missed(row, now) - (starts ? 1 : 0) : 0;
    Prepared ready = prepared.remove(row.id());
    boolean usable = ready != null && ready.version == row.version() && behind == row.due();
    ScheduleRow next = usable && ready != null ? ready.moved : moved(row, behind);
    ScheduleRow moved = next.caughtUp(catchUp ? row.caughtUp() + 1 : 0);
    if (starts && usable && ready != null && ready.draft != null) {
      return new Due(row, moved, row.due(), missed, ready.draft, null);
    }
    return starts
        ? drafted(row, moved, row.due(), missed, false)
        : new Due(row, moved, row.due(), missed, null, null);
  }

  private Due release(ScheduleRow row) {
    return drafted(row, row, row.pending().getFirst(), 0, true);
  }

  private Due drafted(ScheduleRow row, ScheduleRow moved, long at, int missed, boolean waited) {
    long noted = waited ? 0 : at;
    try {
      return new Due(row, moved, noted, missed, draft(row.schedule(), at), null);
    } catch (TaskException refused) {
      LOG.warn("schedule {} could not start: {}", row.schedule().name(), refused.getMessage());
      return new Due(
          row,
          moved,
          noted,
          missed + 1,
          null,
          Texts.shortened(String.valueOf(refused.getMessage()), 500));
    }
  }

  /** The task of a schedule for the time {@code at}, 0 if somebody asked for it now. */
  Draft draft(Schedule schedule, long at) {
    var tags = new ArrayList<>(schedule.options().tags());
    tags.add("schedule:" + schedule.name());
    SubmitOptions own = schedule.options();
    var options =
        new SubmitOptions(
            own.queue(),
            own.priority(),
            null,
            null,
            at == 0 ? null : keyOf(schedule, at),
            tags,
            own.tenant(),
            own.key(),
            own.traceparent(),
            List.of(),
            own.expiry(),
            null,
            own.cost(),
            AfterOutcome.SUCCEEDED,
            null,
            null);
    return submitter.draftJson(schedule.type(), input(schedule), options);
  }

  private JsonNode input(Schedule schedule) {
    try {
      return submitter.opened(schedule.name(), schedule.input());
    } catch (SealedException closed) {
      throw TaskException.of(
          TaskException.Reason.STATE,
          "input",
          "the schedule '" + schedule.name() + "' cannot start: " + closed.getMessage(),
          "Configure the key.");
    }
  }

  private static String keyOf(Schedule schedule, long at) {
    return schedule.name() + "@" + Instant.ofEpochMilli(at);
  }

  /** All at once; if somebody changed one of them meanwhile, only those that are as they were. */
  private void write(List<Due> all) {
    try {
      store.write(tx -> {
        pass(tx, all);
      });
    } catch (ChangedMeanwhile _) {
      store.write(tx -> {
        pass(tx, all.stream().filter(due -> ScheduleTable.isStill(tx, due.row)).toList());
      });
    }
  }

  private void pass(Tx tx, List<Due> all) {
    var passed = new ArrayList<ScheduleRow>(all.size());
    Set<Long> unfinished =
        ScheduleTable.unfinished(tx, all.stream().map(due -> due.row.lastTask()).toList());
    boolean free = areKeysFree(tx, all);
    for (Due due : all) {
      boolean runs = unfinished.contains(due.row.lastTask());
      if (due.at == 0 && !runs) {
        passed.add(released(tx, due, free));
      } else if (due.at != 0) {
        passed.add(passed(tx, due, runs, free));
      }
    }
    if (ScheduleTable.pass(tx, passed) != passed.size()) {
      throw new ChangedMeanwhile();
    }
    tx.afterCommit(() -> book.putAll(passed));
  }

  /** Whether no task in the database has the unique key of one of these: one look for all. */
  private boolean areKeysFree(Tx tx, List<Due> all) {
    List<String> keys =
        all.stream()
            .map(Due::draft)
            .filter(Objects::nonNull)
            .map(draft -> draft.options().uniqueKey())
            .filter(Objects::nonNull)
            .toList();
    return submitter.areFree(tx, keys);
  }

  /** Takes the work of a transaction back: what it was decided on has changed. */
  private static final class ChangedMeanwhile extends RuntimeException {
    ChangedMeanwhile() {
      super("a schedule was changed while its time came", null, false, false);
    }
  }

  private ScheduleRow released(Tx tx, Due due, boolean free) {
    List<Long> rest = due.row.pending().subList(1, due.row.pending().size());
    long task = due.draft == null ? 0 : submitter.place(tx, due.draft, free).key();
    return due.moved.passed(0, task, due.missed, List.copyOf(rest), due.error);
  }

  private ScheduleRow passed(Tx tx, Due due, boolean runs, boolean free) {
    List<Long> pending = due.row.pending();
    Overlap overlap = due.row.schedule().overlap();
    if (due.draft == null) {
      return due.moved.passed(due.at, 0, due.missed, pending, due.error);
    }
    if (overlap == Overlap.SKIP && runs) {
      return due.moved.passed(due.at, 0, due.missed + 1, pending, null);
    }
    if (overlap == Overlap.QUEUE && (runs || !pending.isEmpty())) {
      if (pending.size() >= MOST_PENDING) {
        return due.moved.passed(due.at, 0, due.missed + 1, pending, null);
      }
      var longer = new ArrayList<>(pending);
      longer.add(due.at);
      return due.moved.passed(due.at, 0, due.missed, List.copyOf(longer), null);
    }
    long task = submitter.place(tx, due.draft, free).key();
    return due.moved.passed(due.at, task, due.missed, pending, null);
  }

  /** The same schedule with its first time after {@code behind}. */
  ScheduleRow moved(ScheduleRow row, long behind) {
    Instant next = next(row, behind);
    return next == null
        ? row.due(0, 0)
        : row.due(next.toEpochMilli(), next.toEpochMilli() + drawn(row.schedule()));
  }

  /** The same schedule with the time that it begins with; a single moment may be over. */
  ScheduleRow begun(ScheduleRow row, long now) {
    return row.schedule().timing() instanceof Moment(Instant at)
        ? row.due(at.toEpochMilli(), at.toEpochMilli() + drawn(row.schedule()))
        : moved(row, now);
  }

  private static @Nullable Instant next(ScheduleRow row, long behind) {
    Schedule schedule = row.schedule();
    return schedule
        .timing()
        .next(Instant.ofEpochMilli(behind), schedule.zone(), Instant.ofEpochMilli(row.anchor()));
  }

  private synchronized long drawn(Schedule schedule) {
    long jitter = schedule.jitter().toMillis();
    return jitter == 0 ? 0 : random.nextLong(jitter + 1);
  }

  /** How many times have passed, counted up to 10,000. */
  private static int missed(ScheduleRow row, long now) {
    int missed = 1;
    Instant time = next(row, row.due());
    while (time != null && time.toEpochMilli() <= now && missed < COUNTED) {
      missed++;
      time = next(row, time.toEpochMilli());
    }
    return missed;
  }
}
