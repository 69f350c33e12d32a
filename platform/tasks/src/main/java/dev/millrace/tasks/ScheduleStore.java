package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.tasks.TaskException.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The schedules of a store: changed in commits, kept in memory, fired by the clock. */
final class ScheduleStore implements Schedules {
  private static final int MOST = 100_000;
  private static final int NEXT_TIMES = 100;

  private final Store store;
  private final InstantSource clock;
  private final Submitter submitter;
  private final Runnable requireStarted;
  private final ScheduleBook book = new ScheduleBook();
  private final ScheduleClock fires;

  /** Declared before the start, by owner; null from the start on. Guarded by this. */
  private @Nullable Map<String, List<Schedule>> declared = new LinkedHashMap<>();

  ScheduleStore(
      Store store,
      InstantSource clock,
      RandomGenerator random,
      Submitter submitter,
      Runnable requireStarted) {
    this.store = store;
    this.clock = clock;
    this.submitter = submitter;
    this.requireStarted = requireStarted;
    fires = new ScheduleClock(store, clock, random, submitter, book);
  }

  void load(Snapshot view) {
    ScheduleTable.all(view).forEach(book::put);
    book.releaseAll();
  }

  /**
   * Puts what code declares in step, then lets times come.
   *
   * @param stepped whether they only come when {@link #fireNow} is called
   */
  void start(boolean stepped) {
    Map<String, List<Schedule>> all;
    synchronized (this) {
      all = declared == null ? Map.of() : declared;
      declared = null;
    }
    all.forEach(this::keepInStep);
    if (!stepped) {
      fires.start();
    }
  }

  void fireNow() {
    fires.fireNow();
  }

  /** When a schedule is due next, in Unix ms; the largest number for never. */
  long next() {
    return book.next();
  }

  void close() throws InterruptedException {
    fires.close();
  }

  /** Takes note that a task is over. */
  void ended(long task) {
    book.ended(task);
  }

  /** Looks at the clock now; for tests that set it. */
  void wake() {
    book.wake();
  }

  @Override
  public ScheduleView create(Schedule schedule) {
    requireStarted.run();
    check(schedule);
    if (book.find(schedule.name()) != null) {
      throw exists(schedule.name());
    }
    return view(
        store
            .compute(tx -> {
              if (ScheduleTable.find(tx, schedule.name()).isPresent()) {
                throw exists(schedule.name());
              }
              return added(tx, schedule, null);
            })
            .value());
  }

  private ScheduleRow added(Tx tx, Schedule schedule, @Nullable String owner) {
    if (book.size() >= MOST) {
      throw TaskException.of(
          Reason.LIMIT, "name", MOST + " schedules are there already", "Remove one first.");
    }
    long now = clock.millis();
    var fresh =
        new ScheduleRow(
            submitter
                .nextKey(), // Never again: a time that came for one that was removed finds none.
            1,
            sealed(schedule),
            owner,
            false,
            now,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            null,
            now);
    ScheduleRow row = fires.begun(fresh, now);
    ScheduleTable.insert(tx, row);
    tx.afterCommit(() -> book.put(row));
    return row;
  }

  @Override
  public ScheduleView replace(Schedule schedule) {
    requireStarted.run();
    ScheduleRow known = book.find(schedule.name());
    check(known == null ? schedule : withHidden(schedule, known.schedule()));
    return changed(
        schedule.name(), true, row -> defined(row, withHidden(schedule, row.schedule())));
  }

  /** Where hidden values of the input are given back as they were shown, they stay. */
  private Schedule withHidden(Schedule schedule, Schedule known) {
    return schedule.type().equals(known.type())
        ? schedule.withInput(
            submitter.redaction(schedule.type()).restored(schedule.input(), opened(known).input()))
        : schedule;
  }

  private ScheduleRow defined(ScheduleRow row, Schedule schedule) {
    Schedule old = row.schedule();
    ScheduleRow next = row.with(sealed(schedule));
    boolean sameTimes =
        old.timing().equals(schedule.timing())
            && old.zone().equals(schedule.zone())
            && old.jitter().equals(schedule.jitter());
    return sameTimes ? next : fires.begun(next, clock.millis());
  }

  @Override
  public void remove(String name) {
    requireStarted.run();
    require(name);
    store.write(tx -> {
      ScheduleRow row = ScheduleTable.find(tx, name).orElseThrow(() -> notFound(name));
      requirePeoples(row);
      removed(tx, row);
    });
  }

  private void removed(Tx tx, ScheduleRow row) {
    ScheduleTable.delete(tx, row.id());
    tx.afterCommit(() -> book.remove(row.id()));
  }

  @Override
  public ScheduleView pause(String name) {
    requireStarted.run();
    return changed(name, false, row -> row.paused(true));
  }

  @Override
  public ScheduleView resume(String name) {
    requireStarted.run();
    return changed(
        name,
        false,
        row -> row.paused() ? fires.moved(row.paused(false), clock.millis()) : row.paused(false));
  }

  private ScheduleView changed(String name, boolean definition, UnaryOperator<ScheduleRow> change) {
    require(name);
    return view(
        store
            .compute(tx -> {
              ScheduleRow row = ScheduleTable.find(tx, name).orElseThrow(() -> notFound(name));
              if (definition) {
                requirePeoples(row);
              }
              return written(tx, change.apply(row));
            })
            .value());
  }

  private ScheduleView view(ScheduleRow row) {
    JsonNode input = opened(row.schedule()).input();
    return row.view(submitter.redaction(row.schedule().type()).shown(input));
  }

  /** As it is stored and kept in memory. */
  private Schedule sealed(Schedule schedule) {
    return schedule.withInput(submitter.sealed(schedule.type(), schedule.name(), schedule.input()));
  }

  /** With its input, if that opens. */
  private Schedule opened(Schedule schedule) {
    try {
      return schedule.withInput(submitter.opened(schedule.name(), schedule.input()));
    } catch (SealedException closed) {
      return schedule.withInput(StringNode.valueOf("(" + closed.getMessage() + ")"));
    }
  }

  /**
   * Seals inputs with the newest key that an older one has sealed.
   *
   * @return how many, under the empty name; and how many do not open, by the id of their key
   */
  Map<String, Long> renew() {
    var counts = new HashMap<String, Long>();
    String after = null;
    List<ScheduleRow> rows;
    do {
      rows = book.behind(after, Limits.PAGE);
      for (ScheduleRow row : rows) {
        after = row.schedule().name();
        String key = renew(row.schedule());
        if (key != null) {
          counts.merge(key, 1L, Long::sum);
        }
      }
    } while (rows.size() == Limits.PAGE);
    return counts;
  }

  /** Null where nothing is to be done, the key that is missing, or else an empty text. */
  private @Nullable String renew(Schedule schedule) {
    String name = schedule.name();
    try {
      if (submitter.renewed(name, schedule.input()).equals(schedule.input())) {
        return null;
      }
      boolean written =
          store
              .<Boolean, RuntimeException>compute(tx -> {
                ScheduleRow row = ScheduleTable.find(tx, name).orElse(null);
                if (row == null) {
                  return false;
                }
                Schedule known = row.schedule();
                JsonNode renewed = submitter.renewed(name, known.input());
                ScheduleRow _ = written(tx, row.with(known.withInput(renewed)));
                return true;
              })
              .value();
      return written ? "" : null;
    } catch (SealedException _) {
      return Vault.keyOf(schedule.input().stringValue());
    }
  }

  private ScheduleRow written(Tx tx, ScheduleRow row) {
    ScheduleTable.change(tx, row);
    tx.afterCommit(() -> book.put(row));
    return row;
  }

  @Override
  public Submitted run(String name) {
    requireStarted.run();
    return submitter.submit(fires.draft(require(name).schedule(), 0));
  }

  @Override
  public Optional<ScheduleView> find(String name) {
    requireStarted.run();
    return Optional.ofNullable(book.find(name)).map(this::view);
  }

  @Override
  public SchedulePage list(int limit, @Nullable String after) {
    requireStarted.run();
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    List<ScheduleRow> rows = book.behind(after, limit + 1);
    boolean more = rows.size() > limit;
    List<ScheduleView> items = rows.stream().limit(limit).map(this::view).toList();
    return new SchedulePage(items, more ? items.getLast().schedule().name() : null);
  }

  @Override
  public List<Instant> next(String name, int count) {
    requireStarted.run();
    if (count < 1 || count > NEXT_TIMES) {
      throw Limits.option("count", count, "Use 1 to " + NEXT_TIMES + ".");
    }
    ScheduleRow row = require(name);
    Schedule schedule = row.schedule();
    return schedule
        .timing()
        .next(count, clock.instant(), schedule.zone(), Instant.ofEpochMilli(row.anchor()));
  }

  @Override
  public void declare(String owner, Collection<Schedule> schedules) {
    var names = new HashSet<String>();
    for (Schedule schedule : schedules) {
      if (!names.add(schedule.name())) {
        throw Limits.option("name", schedule.name(), "Declare each schedule once.");
      }
    }
    synchronized (this) {
      if (declared != null) {
        declared.put(owner, List.copyOf(schedules));
        return;
      }
    }
    requireStarted.run();
    keepInStep(owner, List.copyOf(schedules));
  }

  private void keepInStep(String owner, List<Schedule> schedules) {
    schedules.forEach(this::check);
    store.write(tx -> {
      Set<String> names = new HashSet<>();
      for (Schedule schedule : schedules) {
        names.add(schedule.name());
        keepInStep(tx, owner, schedule);
      }
      for (ScheduleRow row : ScheduleTable.owned(tx, owner)) {
        if (!names.contains(row.schedule().name())) {
          removed(tx, row);
        }
      }
    });
  }

  private void keepInStep(Tx tx, String owner, Schedule schedule) {
    Optional<ScheduleRow> there = ScheduleTable.find(tx, schedule.name());
    if (there.isEmpty()) {
      added(tx, schedule, owner);
      return;
    }
    ScheduleRow row = there.get();
    if (!owner.equals(row.owner())) {
      throw TaskException.of(
          Reason.SCHEDULE_OWNED,
          "name",
          "the schedule '"
              + schedule.name()
              + "' belongs to "
              + (row.owner() == null ? "people who made it by hand" : row.owner()),
          "Declare it under another name, or remove that one first.");
    }
    if (!opened(row.schedule()).equals(schedule)) {
      written(tx, defined(row, schedule));
    }
  }

  private void check(Schedule schedule) {
    Draft _ = fires.draft(schedule, 0);
  }

  private ScheduleRow require(String name) {
    ScheduleRow row = book.find(name);
    if (row == null) {
      throw notFound(name);
    }
    return row;
  }

  private static void requirePeoples(ScheduleRow row) {
    if (row.owner() != null) {
      throw TaskException.of(
          Reason.SCHEDULE_OWNED,
          "name",
          "the schedule '" + row.schedule().name() + "' is declared in the code of " + row.owner(),
          "Pause it instead, or change the code.");
    }
  }

  private static TaskException notFound(String name) {
    return TaskException.of(
        Reason.NO_SCHEDULE,
        "name",
        "there is no schedule '" + Texts.shortened(name, 80) + "'",
        "Look at the list of schedules.");
  }

  private static TaskException exists(String name) {
    return TaskException.of(
        Reason.SCHEDULE_EXISTS,
        "name",
        "there is a schedule '" + name + "' already",
        "Replace it, or choose another name.");
  }
}
