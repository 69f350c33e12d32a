package dev.millrace.tasks;

import dev.millrace.tasks.workflow.OnFailure;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.SubWorkflow;
import dev.millrace.tasks.workflow.Workflow;
import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * Some hundred random operations on one database, by several threads and through several lives of
 * the engine; then all is let go, and looked at.
 */
final class OperationsRound implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int LIVES = 4;
  private static final int STEPS = 60;

  final Facts facts = new Facts();
  final Leaps clock = new Leaps();

  private final Path root;
  private final SplittableRandom random;
  private final boolean purging;
  private final Logged logged;
  private final AtomicBoolean calm = new AtomicBoolean();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<TaskId> ids = new CopyOnWriteArrayList<>();
  private final List<TaskId> runs = new CopyOnWriteArrayList<>();
  private final List<BatchId> batches = new CopyOnWriteArrayList<>();
  private final List<Site> gone = new ArrayList<>();
  private Path folder;
  private int generation;
  private int deaths;
  private volatile Site site;
  private volatile Actors actors;

  /** Time that passes by itself, and is moved on as well. */
  static final class Leaps implements InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }

    void leap(Duration step) {
      ahead.accumulateAndGet(step, Duration::plus);
    }
  }

  OperationsRound(Path root, SplittableRandom random, Logged logged) throws IOException {
    this.root = root;
    this.random = random;
    this.logged = logged;
    purging = random.nextInt(4) == 0;
    folder = Files.createDirectory(root.resolve("life-0"));
    open();
  }

  Site site() {
    return site;
  }

  Actors actors() {
    return actors;
  }

  int number() {
    return numbers.incrementAndGet();
  }

  List<TaskId> ids() {
    return ids;
  }

  List<TaskId> runs() {
    return runs;
  }

  List<BatchId> batches() {
    return batches;
  }

  private void open() {
    generation++;
    facts.note("opens life " + generation);
    actors = new Actors(facts, generation, calm);
    site =
        new Site(
            folder,
            config ->
                config
                    .withStopGrace(Duration.ofMillis(5))
                    .withTrialTime(Duration.ofMillis(10))
                    .withConcurrency(8)
                    .withWindow(100, 1 << 20)
                    .withHistory(Duration.ofDays(purging ? 1 : 300), 1_000_000),
            clock,
            Encryption.NONE);
    site.store.write(tx -> tx.update(Actors.EFFECTS));
    actors.on(site);
    site.start(actors.types().toArray(TaskType[]::new));
    define();
  }

  private static StageTask task(String name, String type, String... acts) {
    JsonNode input = Json.MAPPER.valueToTree(Script.of(acts));
    return StageTask.of(name, type, input);
  }

  private void define() {
    site.tasks
        .workflows()
        .define(
            Workflow.of(
                "inner",
                Stage.parallel("one", task("a", "op.plain", "work"), task("b", "op.cpu", "hold")),
                Stage.sequential(
                        "two",
                        task("c", "op.narrow", "fail:9").withOnFailure(OnFailure.SKIP),
                        task("d", "op.plain", "fail:1", "finish"))
                    .withAfter("one")));
    site.tasks
        .workflows()
        .define(
            Workflow.of(
                "outer",
                Stage.sequential("one", task("a", "op.plain", "work")),
                Stage.sequential(
                        "two",
                        StageTask.of(
                            "sub", SubWorkflow.type("inner"), Json.MAPPER.valueToTree(Script.of())))
                    .withAfter("one")));
  }

  /** All of it; a failure says what is wrong, and what happened to the tasks concerned. */
  void play() throws Exception {
    for (int life = 0; life < LIVES && facts.isAllWell(); life++) {
      operate();
      look(false);
      if (life < LIVES - 1) {
        newLife();
      }
    }
    if (facts.isAllWell()) {
      drain();
      look(false);
      purge();
      look(true);
      lookAtMemory();
      lookAtAcknowledgements();
      site.store.check().forEach(finding -> facts.wrong("the store: " + finding));
    }
    fail();
  }

  private void operate() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      var operator = new Operator(random.split(), this);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int step = 0; step < STEPS && facts.isAllWell(); step++) {
                    operator.next();
                    if (step % 15 == 14) {
                      look(false);
                    }
                  }
                } catch (RuntimeException | Error e) {
                  facts.wrong("an operator gave up: " + e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void newLife() throws IOException {
    if (deaths < 2 && random.nextBoolean()) {
      deaths++;
      die();
    } else {
      facts.note("closes life " + generation);
      Actors before = actors;
      site.close();
      before.vanish();
    }
    open();
  }

  /** What a killed process leaves is copied, because its threads live on here for a while. */
  private void die() throws IOException {
    facts.note("dies in life " + generation);
    site.die();
    Path next = Files.createDirectory(root.resolve("life-" + generation));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, next.resolve(file.getFileName()));
      }
    }
    actors.vanish();
    site.tasks.close();
    // It was killed, so that is no fault.
    logged.messages().removeIf(line -> line.contains("outcomes could not be written"));
    gone.add(site);
    folder = next;
  }

  private void purge() {
    if (purging) {
      clock.leap(Duration.ofDays(3));
    }
    site.tasks.purgeNow();
  }

  private void look(boolean end) {
    List<String> wrong =
        site.store.<List<String>, RuntimeException>read(
            view -> end ? Invariants.atTheEnd(view) : Invariants.of(view, facts.isAnyDeleted()));
    wrong.forEach(facts::wrong);
    lookAtLog();
  }

  private void lookAtLog() {
    logged.messages().stream()
        .filter(line -> line.startsWith("ERROR") || line.contains("bug"))
        .forEach(line -> facts.wrong("logged: " + line));
  }

  /** Lets everything go until nothing is left to do. */
  private void drain() throws InterruptedException {
    facts.note("drains");
    calm.set(true);
    actors.letGo(1_000_000);
    site.tasks.queues().forEach(queue -> site.tasks.resume(queue.name()));
    for (LimitView limit : site.tasks.limits().list()) {
      if (!limit.declared()) {
        site.tasks.limits().remove(limit.limit().name());
      }
    }
    for (ScheduleView schedule : site.tasks.schedules().list(200, null).items()) {
      site.tasks.schedules().remove(schedule.schedule().name());
    }
    batches.forEach(batch ->
        site.tasks.batches().find(batch).ifPresent(b -> site.tasks.batches().close(batch)));
    var looks = new AtomicInteger();
    try {
      Signal.awaitUntil(
          "all tasks are over",
          () -> {
            if (looks.incrementAndGet() % 20 == 0) {
              clock.leap(Duration.ofMinutes(1));
              site.tasks.wakeTimer();
              freeWaiting(looks.get() > 400);
            }
            return !facts.isAllWell() || unfinished().isEmpty();
          });
    } catch (AssertionError stuck) {
      unfinished().forEach(task -> facts.wrong("stuck: " + task));
      site.tasks.queues().forEach(queue -> facts.wrong("it is " + queue));
      site.meters
          .find("millrace.tasks.window")
          .gauges()
          .forEach(gauge -> facts.wrong("window " + gauge.getId() + " is " + gauge.value()));
    }
  }

  private List<String> unfinished() {
    return site.store.<List<String>, RuntimeException>read(view ->
        view.query(
            "SELECT id, type, queue, state, waits_for, open, run_at, crashes, cancelling, tenant,"
                + " subject, priority, rank FROM tasks",
            row ->
                new TaskId(row.getLong(1))
                    + " of "
                    + row.getString(2)
                    + " in "
                    + row.getString(3)
                    + " is "
                    + row.getString(4)
                    + ", waits for "
                    + row.getString(5)
                    + " ("
                    + row.getInt(6)
                    + "), due "
                    + row.getLong(7)
                    + ", crashes "
                    + row.getInt(8)
                    + ", cancelling "
                    + row.getInt(9)
                    + ", tenant "
                    + row.getString(10)
                    + ", key "
                    + row.getString(11)
                    + ", priority "
                    + row.getInt(12)
                    + ", rank "
                    + row.getLong(13)));
  }

  /** Dead tasks for which others wait, and paused runs. */
  private void freeWaiting(boolean discard) {
    List<Long> before =
        site.store.<List<Long>, RuntimeException>read(view ->
            view.query(
                "SELECT DISTINCT before FROM task_links WHERE before NOT IN (SELECT id FROM"
                    + " tasks)",
                row -> row.getLong(1)));
    for (long key : before) {
      var id = new TaskId(key);
      Facts.Known known = facts.of(id);
      Runnable request = discard ? () -> site.tasks.discard(id) : () -> site.tasks.retry(id);
      if (known == null) {
        ignore(request);
      } else {
        known.drive(() -> ignore(request));
      }
    }
    runs.forEach(run -> ignore(() -> site.tasks.workflows().resume(run)));
  }

  private void ignore(Runnable request) {
    try {
      request.run();
    } catch (TaskException refused) {
      facts.note("refused: " + refused.getMessage());
    }
  }

  /** Slots, windows, limits and counts in memory, when nothing is left to do. */
  private void lookAtMemory() throws InterruptedException {
    if (!facts.isAllWell()) {
      return;
    }
    try {
      Signal.awaitUntil("memory follows", () -> inMemory().isEmpty());
    } catch (AssertionError _) {
      inMemory().forEach(facts::wrong);
    }
  }

  private List<String> inMemory() {
    var left = new ArrayList<String>();
    for (QueueView queue : site.tasks.queues()) {
      queue
          .counts()
          .forEach((state, count) -> {
            if (count < 0 || (!state.finished() && count != 0)) {
              left.add("queue " + queue.name() + " counts " + count + " " + state.word());
            }
          });
    }
    for (String name : List.of("millrace.tasks.busy", "millrace.tasks.window")) {
      site.meters.find(name).gauges().stream()
          .filter(gauge -> gauge.value() != 0)
          .forEach(gauge -> left.add(gauge.getId() + " is " + gauge.value()));
    }
    for (LimitView limit : site.tasks.limits().list()) {
      if (limit.running() != 0 || limit.waiting() != 0) {
        left.add("limit still counts: " + limit);
      }
    }
    return left;
  }

  private void lookAtAcknowledgements() {
    for (Facts.Known known : facts.all()) {
      TaskState state = site.tasks.find(known.id).map(TaskView::state).orElse(null);
      if (state == null) {
        if (!purging && !isBrief(known) && !known.mayBeDeleted()) {
          facts.wrong("task " + known.id + " is lost");
        }
        continue;
      }
      if (known.isCancelled() && state != TaskState.CANCELLED) {
        facts.wrong("task " + known.id + " is " + state + " though it was cancelled");
      }
      if (state == TaskState.SUCCEEDED && !known.wasDriven()) {
        for (TaskId before : known.after) {
          site.tasks
              .find(before)
              .filter(task -> task.state() != TaskState.SUCCEEDED)
              .ifPresent(task ->
                  facts.wrong(
                      "task "
                          + known.id
                          + " succeeded, but "
                          + before
                          + " before it is "
                          + task.state()));
        }
      }
    }
  }

  /** Tasks of a short life leave history at any purge. */
  private boolean isBrief(Facts.Known known) {
    return known.type.equals("op.brief");
  }

  private void fail() {
    if (!facts.isAllWell()) {
      Path file = Path.of("target", "operations.log");
      try {
        Files.write(file, facts.log());
      } catch (IOException unwritable) {
        throw new AssertionError(facts.report(), unwritable);
      }
      throw new AssertionError(facts.report() + "\nall of it is in " + file.toAbsolutePath());
    }
  }

  @Override
  public void close() {
    actors.vanish();
    site.close();
    gone.forEach(each -> each.journal.close());
  }
}
