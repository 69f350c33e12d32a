package dev.millrace.tasks.testing;

import dev.millrace.store.Instruments;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.store.journal.JournalConfig;
import dev.millrace.tasks.SteppedTasks;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskPage;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tasks for a test: the real ones, on a real store in a folder that is deleted when this is closed.
 * No thread runs tasks and no clock ticks; the test does both, so it never waits and always takes
 * the same course.
 *
 * <pre>{@code
 * try (TestTasks test = TestTasks.timeTravel(welcome)) {
 *   TaskId id = test.tasks().submit(welcome, new Customer("Ada")).id();
 *   test.advance(Duration.ofDays(3));
 *   assertEquals(new Sent(2), test.result(welcome, id));
 * }
 * }</pre>
 *
 * <p>Handlers run on the thread that submits, drains or moves time. A handler that calls {@link
 * #advance} takes that long: its time limit may interrupt it. Needs no test library; what it finds
 * wrong is an {@link AssertionError}. {@link #tasks} may be used by many threads, everything else
 * by one.
 */
public final class TestTasks implements AutoCloseable {
  private static final int MOST_RUNS = 100_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final TestMode mode;
  private final TestClock clock;
  private final TestFolder folder;
  private final Store store;
  private final Journal journal;
  private final SteppedTasks tasks;
  private volatile boolean started;

  /** Tasks that run when they are submitted. */
  public static TestTasks inline(TaskType<?, ?>... types) {
    return in(TestMode.INLINE).types(types).open();
  }

  /** Tasks that run when the test says so. */
  public static TestTasks manual(TaskType<?, ?>... types) {
    return in(TestMode.MANUAL).types(types).open();
  }

  /** Tasks that run when the test moves time. */
  public static TestTasks timeTravel(TaskType<?, ?>... types) {
    return in(TestMode.TIME_TRAVEL).types(types).open();
  }

  /** For tests that want more than the defaults. */
  public static TestTasksBuilder in(TestMode mode) {
    return new TestTasksBuilder(mode);
  }

  TestTasks(TestTasksBuilder built) {
    mode = built.mode;
    clock = new TestClock(built.start);
    folder = TestFolder.of(built.folder);
    var instruments = new Instruments(clock, System::nanoTime, new SimpleMeterRegistry());
    Path file = folder.path().resolve("test.db");
    Store opened = Store.open(StoreConfig.defaults(file), instruments);
    store = mode == TestMode.INLINE ? new ObservedStore(opened, this::written) : opened;
    journal = Journal.open(store, JournalConfig.defaults(), instruments);
    built.migrations.forEach(store::migrate);
    tasks =
        Tasks.on(store, folder.path())
            .journal(journal)
            .config(built.config)
            .clock(clock)
            .random(RandomGeneratorFactory.of("L64X128MixRandom").create(built.seed))
            .buildStepped();
    built.types.forEach(tasks::register);
    tasks.start();
    started = true;
    written();
  }

  private void written() {
    if (started && mode == TestMode.INLINE) {
      int _ = runAll();
    }
  }

  /** The tasks, as the code under test gets them. */
  public Tasks tasks() {
    return tasks;
  }

  /** The store they stand in, for the code under test and for looking at its rows. */
  public Store store() {
    return store;
  }

  /** The journal in which commits tell what became of tasks. */
  public Journal journal() {
    return journal;
  }

  /** The time by which all goes, for the code under test. */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Runs the next task that may start.
   *
   * @return what became of it; nothing if none may start now
   */
  public Optional<TaskView> runNext() {
    return tasks.runNext().map(this::task);
  }

  /**
   * Runs tasks until none may start, also those that are submitted meanwhile.
   *
   * @return how many runs that were
   * @throws AssertionError after 100,000 runs: then tasks submit each other without an end
   */
  public int drain() {
    return runAll();
  }

  private int runAll() {
    int runs = 0;
    for (Optional<TaskId> ran = tasks.runNext(); ran.isPresent(); ran = tasks.runNext()) {
      if (++runs == MOST_RUNS) {
        throw new AssertionError(
            "no end after "
                + runs
                + " runs; the last one was of a task of type "
                + task(ran.get()).type()
                + ": do tasks submit each other again and again?");
      }
    }
    return runs;
  }

  /**
   * Lets {@code time} pass: delays, schedules, retries, sleeps, signals that do not come and time
   * limits fall due at their own moments and in their order. What falls due runs at its moment, but
   * in {@link TestMode#MANUAL}: there it is made ready.
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time is " + time + "; it only goes forward");
    }
    advanceTo(clock.instant().plus(time));
  }

  /** As {@link #advance}, up to a moment. */
  public void advanceTo(Instant moment) {
    if (moment.isBefore(clock.instant())) {
      throw new IllegalArgumentException(
          "moment is " + moment + ", but it is " + clock.instant() + "; time only goes forward");
    }
    settle();
    Optional<Instant> next = tasks.nextMoment();
    while (next.isPresent() && !next.get().isAfter(moment)) {
      clock.moveTo(next.get());
      settle();
      next = tasks.nextMoment().filter(later -> later.isAfter(clock.instant()));
    }
    clock.moveTo(moment);
    settle();
  }

  private void settle() {
    tasks.catchUp();
    if (mode != TestMode.MANUAL) {
      int _ = runAll();
    }
  }

  /**
   * The task as it is now.
   *
   * @throws AssertionError if there is none
   */
  public TaskView task(TaskId id) {
    return tasks.find(id).orElseThrow(() -> new AssertionError("there is no task " + id));
  }

  /**
   * What a task answered; null if its handler answered nothing.
   *
   * @throws AssertionError if it has not succeeded, with its state and error
   */
  public <O> @Nullable O result(TaskType<?, O> type, TaskId id) {
    TaskView task = task(id);
    if (task.state() != TaskState.SUCCEEDED) {
      throw new AssertionError("not succeeded: " + told(task));
    }
    return tasks.result(type, id).orElse(null);
  }

  /** The unfinished tasks with their inputs, in the order in which they were submitted. */
  public List<TaskView> queued() {
    return unfinished(TaskFilter.all());
  }

  /** The inputs of unfinished tasks of a type, in the order in which they were submitted. */
  public <I> List<I> queued(TaskType<I, ?> type) {
    return unfinished(TaskFilter.all().withType(type.name())).stream()
        .map(task -> tasks.storedInput(task.id()).orElseThrow())
        .map(json -> MAPPER.readValue(json, type.input()))
        .toList();
  }

  private List<TaskView> unfinished(TaskFilter filter) {
    TaskFilter wanted =
        filter.withStates(
            TaskState.SCHEDULED,
            TaskState.WAITING,
            TaskState.READY,
            TaskState.RUNNING,
            TaskState.RETRYING);
    var found = new ArrayList<TaskView>();
    String cursor = null;
    do {
      TaskPage page = tasks.list(wanted, 200, cursor);
      page.items().forEach(task -> found.add(task(task.id())));
      cursor = page.next();
    } while (cursor != null);
    return List.copyOf(found.reversed());
  }

  /**
   * Checks that an unfinished task of that type has an input that equals {@code input}.
   *
   * @throws AssertionError with those that there are
   */
  public <I> void assertQueued(TaskType<I, ?> type, I input) {
    List<I> there = queued(type);
    if (!there.contains(input)) {
      throw new AssertionError(
          "no unfinished task of type " + type.name() + " has " + input + "; there are " + there);
    }
  }

  /**
   * Checks that no task is unfinished.
   *
   * @throws AssertionError with those that are
   */
  public void assertNothingQueued() {
    List<TaskView> there = queued();
    if (!there.isEmpty()) {
      throw new AssertionError(
          "unfinished: " + there.stream().map(TestTasks::told).collect(Collectors.joining("; ")));
    }
  }

  private static String told(TaskView task) {
    return task.type()
        + " "
        + task.id()
        + " is "
        + task.state().word()
        + (task.runAt() == null ? "" : ", due " + task.runAt())
        + (task.waitsFor() == null ? "" : ", waits for " + task.waitsFor())
        + (task.error() == null ? "" : ", error: " + task.error());
  }

  /** Ends all, and deletes the folder if it was a temporary one. */
  @Override
  public void close() {
    started = false;
    try {
      tasks.close();
      journal.close();
    } finally {
      store.close();
      folder.discard();
    }
  }
}
