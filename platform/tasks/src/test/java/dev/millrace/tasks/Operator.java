package dev.millrace.tasks;

import dev.millrace.tasks.Actors.Done;
import dev.millrace.tasks.OnDuplicate.Part;
import dev.millrace.tasks.adaptive.AutoBounds;
import dev.millrace.tasks.schedule.Interval;
import dev.millrace.tasks.schedule.Misfire;
import dev.millrace.tasks.schedule.Overlap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;

/** Draws operations on tasks and does them; one thread each. */
final class Operator {
  private static final List<String> QUEUES = List.of("default", "side", "cpu", "third");
  private static final int RECENT = 8;

  private final SplittableRandom random;
  private final OperationsRound round;
  private final Facts facts;

  Operator(SplittableRandom random, OperationsRound round) {
    this.random = random;
    this.round = round;
    this.facts = round.facts;
  }

  private Site site() {
    return round.site();
  }

  private Tasks tasks() {
    return site().tasks;
  }

  /** One operation, or several at once. */
  void next() {
    switch (random.nextInt(42)) {
      case 0, 1, 2, 3, 4, 5, 6 -> submit();
      case 7 -> submitMany();
      case 8, 9 -> submitInOwnCommit();
      case 10, 11 -> cancel(target());
      case 12, 13 -> retry(target());
      case 14 -> discard(target());
      case 15, 16 -> signal(target());
      case 17, 18 -> submitBatch();
      case 19, 20 -> addToBatch();
      case 21 -> endBatch();
      case 22 -> pauseOrResume();
      case 23, 24 -> limit();
      case 25, 26 -> workflow();
      case 27 -> errorGroup();
      case 28, 29 -> leap();
      case 30 -> letGo();
      case 31, 32, 33 -> storm();
      case 34, 35, 36 -> move(target());
      case 37 -> delete(target());
      case 38 -> typeRule();
      case 39, 40, 41 -> schedule();
      default -> throw new IllegalStateException();
    }
  }

  private interface Op {
    Object run() throws Exception;
  }

  /** Does it; refusals are fine, as long as they are no bugs. */
  private void tell(String what, Op op) {
    int number = round.number();
    facts.note("#" + number + " " + what);
    try {
      facts.note("#" + number + " " + what + " → " + op.run());
    } catch (TaskException | PlannedFailure refused) {
      facts.note("#" + number + " " + what + " refused: " + refused.getMessage());
      if (String.valueOf(refused.getMessage()).contains("bug") || isLost(what, refused)) {
        facts.wrong(what + " was refused: " + refused.getMessage());
      }
    } catch (Exception failure) {
      facts.wrong(what + " failed: " + stack(failure));
    }
  }

  /** Whether it is said not to be there although it is. */
  private boolean isLost(String what, Exception refused) {
    return refused instanceof TaskException asked
        && asked.reason() == TaskException.Reason.NOT_FOUND
        && facts.all().stream()
            .anyMatch(task -> !task.mayBeDeleted() && what.contains(task.id.toString()));
  }

  private static String stack(Exception failure) {
    var text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  // Submissions.

  private TaskType<Script, Done> type() {
    List<TaskType<Script, Done>> types = round.actors().types();
    return types.get(random.nextInt(types.size()));
  }

  private SubmitOptions options() {
    SubmitOptions options = SubmitOptions.defaults();
    if (random.nextInt(4) == 0) {
      options = options.withQueue(QUEUES.get(random.nextInt(QUEUES.size())));
    }
    if (random.nextInt(4) == 0) {
      options = options.withPriority(random.nextInt(10));
    }
    if (random.nextInt(6) == 0) {
      String key = "unique-" + random.nextInt(4);
      options =
          random.nextBoolean()
              ? options.withUniqueKey(key)
              : options.withUniqueKey(key, Duration.ofSeconds(random.nextInt(1, 90)));
    }
    if (random.nextInt(8) == 0) {
      options = options.withExpiry(Duration.ofSeconds(1 + random.nextInt(60)));
    }
    if (random.nextInt(4) == 0) {
      options = options.withTags("tag-" + random.nextInt(3), "all");
    }
    if (random.nextInt(4) == 0) {
      options = options.withTenant("tenant-" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      options = options.withKey("key-" + random.nextInt(2));
    }
    SubmitOptions due =
        switch (random.nextInt(5)) {
          case 0 -> options.withDelay(Duration.ofSeconds(random.nextInt(60)));
          case 1, 2 -> options.withAfter(targets(1 + random.nextInt(3)));
          default -> options;
        };
    SubmitOptions chosen =
        due.uniqueKey() == null || due.uniqueFor() != null || !due.after().isEmpty()
            ? due
            : onDuplicate(due);
    boolean free = chosen.delay() == null && chosen.onDuplicate() == null;
    return free && random.nextInt(6) == 0 ? chosen.withChain("chain-" + random.nextInt(3)) : chosen;
  }

  private SubmitOptions onDuplicate(SubmitOptions options) {
    return switch (random.nextInt(4)) {
      case 0 -> options.withOnDuplicate(OnDuplicate.keepLast());
      case 1 -> options.withOnDuplicate(OnDuplicate.replace(Part.INPUT, Part.QUEUE, Part.DUE));
      case 2 ->
          options
              .withDelay(Duration.ofSeconds(random.nextInt(1, 30)))
              .withOnDuplicate(OnDuplicate.debounce(Duration.ofMinutes(1)));
      default -> options;
    };
  }

  private TaskId[] targets(int most) {
    var found = new ArrayList<TaskId>();
    for (int i = 0; i < most; i++) {
      TaskId target = target();
      if (target != null) {
        found.add(target);
      }
    }
    return found.toArray(TaskId[]::new);
  }

  /** A task that was acknowledged, mostly one of the last. */
  private TaskId target() {
    List<TaskId> ids = round.ids();
    if (ids.isEmpty()) {
      return null;
    }
    int from = random.nextInt(4) > 0 ? Math.max(0, ids.size() - RECENT) : 0;
    return ids.get(random.nextInt(from, ids.size()));
  }

  private void submit() {
    Script script = Script.drawn(random);
    SubmitOptions options = options();
    TaskType<Script, Done> type = type();
    tell(
        "submit " + type.name() + " " + script.acts() + " " + told(options),
        () -> {
          Submitted submitted = tasks().submit(type, script, options);
          if (!submitted.duplicate()) {
            known(submitted.id(), type, options);
          }
          return submitted.id() + (submitted.duplicate() ? " (there)" : "") + submitted.state();
        });
  }

  private void known(TaskId id, TaskType<?, ?> type, SubmitOptions options) {
    facts.submitted(id, type.name(), options.after());
    round.ids().add(id);
  }

  private static String told(SubmitOptions options) {
    return options.queue()
        + " "
        + options.uniqueKey()
        + " "
        + options.onDuplicate()
        + " "
        + options.delay()
        + " after "
        + options.after()
        + " chain "
        + options.chain();
  }

  private List<Submission> submissions(int most) {
    var all = new ArrayList<Submission>();
    for (int i = random.nextInt(1, most + 1); i > 0; i--) {
      all.add(new Submission(type().name(), json(Script.small(random)), options()));
    }
    return all;
  }

  private static JsonNode json(Object value) {
    return Json.MAPPER.valueToTree(value);
  }

  private void submitMany() {
    List<Submission> all = submissions(12);
    tell(
        "submit " + all.size() + " " + all.stream().map(each -> told(each.options())).toList(),
        () -> {
          List<TaskId> ids = tasks().submitAll(all).ids();
          round.ids().addAll(ids);
          return ids;
        });
  }

  private static final class PlannedFailure extends RuntimeException {}

  private void submitInOwnCommit() {
    var scripts = List.of(Script.drawn(random), Script.drawn(random));
    var options = List.of(options(), options());
    boolean chained = random.nextBoolean();
    boolean failing = random.nextInt(3) == 0;
    TaskType<Script, Done> type = type();
    var ids = new ArrayList<TaskId>();
    tell(
        "submit in a commit of its own, failing: " + failing,
        () -> {
          site()
              .store
              .write(tx -> {
                ids.clear();
                Submitted first = tasks().submit(tx, type, scripts.get(0), options.get(0));
                SubmitOptions second =
                    chained ? SubmitOptions.defaults().withAfter(first.id()) : options.get(1);
                Submitted other = tasks().submit(tx, type, scripts.get(1), second);
                if (!first.duplicate()) {
                  ids.add(first.id());
                }
                if (!other.duplicate()) {
                  ids.add(other.id());
                }
                if (failing) {
                  throw new PlannedFailure();
                }
              });
          round.ids().addAll(ids);
          return ids;
        });
    if (failing) {
      for (TaskId id : ids) {
        if (tasks().find(id).isPresent()) {
          facts.wrong("task " + id + " exists though its commit failed");
        }
      }
    }
  }

  // Tasks.

  private void cancel(TaskId id) {
    if (id == null) {
      return;
    }
    Facts.Known known = facts.of(id);
    int age = known == null ? 0 : known.age();
    tell(
        "cancel " + id,
        () -> {
          TaskState state = tasks().cancel(id);
          if (known != null && state == TaskState.CANCELLED) {
            known.cancelled(age);
          }
          return state;
        });
  }

  private void retry(TaskId id) {
    if (id == null) {
      return;
    }
    Facts.Known known = facts.of(id);
    Runnable request = () -> tell("retry " + id, () -> tasks().retry(id));
    if (known == null) {
      request.run();
    } else {
      known.drive(request);
    }
  }

  private void discard(TaskId id) {
    if (id == null) {
      return;
    }
    Facts.Known known = facts.of(id);
    int age = known == null ? 0 : known.age();
    tell(
        "discard " + id,
        () -> {
          Object position = tasks().discard(id);
          if (known != null) {
            known.cancelled(age);
          }
          return position;
        });
  }

  private void signal(TaskId id) {
    if (id != null) {
      tell("signal " + id, () -> tasks().signal(id, random.nextInt(5) > 0 ? "go" : "no", null));
    }
  }

  private void move(TaskId id) {
    if (id == null) {
      return;
    }
    TaskMove move =
        switch (random.nextInt(5)) {
          case 2 -> TaskMove.toInput(Script.small(random));
          case 0 -> TaskMove.toPriority(random.nextInt(10));
          case 1 -> TaskMove.toRunAt(round.clock.instant().plusSeconds(random.nextInt(-5, 40)));
          default -> TaskMove.toQueue(QUEUES.get(random.nextInt(QUEUES.size())));
        };
    tell("move " + id + " " + move, () -> tasks().move(id, move));
  }

  private void delete(TaskId id) {
    if (id == null) {
      return;
    }
    facts.deleting(id);
    tell("delete " + id, () -> tasks().delete(id));
  }

  /** Several requests for one task at the same time, which often share a commit. */
  private void storm() {
    TaskId id = target();
    if (id == null) {
      return;
    }
    var ops = new ArrayList<Runnable>();
    for (int i = random.nextInt(2, 5); i > 0; i--) {
      Operator other = new Operator(random.split(), round);
      ops.add(
          switch (random.nextInt(10)) {
            case 7, 8 -> () -> other.move(id);
            case 9 -> () -> other.delete(id);
            case 0, 1 -> () -> other.cancel(id);
            case 2, 3 -> () -> other.retry(id);
            case 4 -> () -> other.signal(id);
            case 5 -> () -> other.discard(id);
            default -> other::leap;
          });
    }
    var begin = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (Runnable op : ops) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begin.await();
                  op.run();
                } catch (InterruptedException failure) {
                  facts.wrong("interrupted: " + failure);
                }
              }));
    }
    begin.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException failure) {
        facts.wrong("interrupted: " + failure);
      }
    }
  }

  private void errorGroup() {
    boolean retry = random.nextBoolean();
    tell(
        (retry ? "retry" : "discard") + " a group of errors",
        () -> {
          List<ErrorGroup> groups =
              tasks().errors().list(new ErrorFilter(true, null, null), 10, null).items();
          if (groups.isEmpty()) {
            return "none";
          }
          ErrorGroup group = groups.get(random.nextInt(groups.size()));
          TaskFilter filter = TaskFilter.all().withTag(ErrorGroup.tag(group.fingerprint()));
          List<TaskId> dead =
              tasks().list(filter, 20, null).items().stream().map(TaskView::id).toList();
          dead.forEach(retry ? this::retry : this::discard);
          return dead;
        });
  }

  // Batches.

  private BatchCallbacks callbacks() {
    String name = "b" + random.nextInt(1_000_000_000);
    return new BatchCallbacks(
        callback(name + "-success"), callback(name + "-failure"), callback(name + "-complete"));
  }

  private Submission callback(String name) {
    return random.nextInt(3) == 0
        ? null
        : new Submission("op.plain", json(Script.of("callback:" + name)), SubmitOptions.defaults());
  }

  private void submitBatch() {
    boolean open = random.nextBoolean();
    List<Submission> all = submissions(6);
    tell(
        open ? "open a batch" : "submit a batch of " + all.size(),
        () -> {
          BatchView batch =
              open
                  ? tasks().batches().open("open", callbacks())
                  : tasks().batches().submit("whole", callbacks(), all);
          round.batches().add(batch.id());
          return batch.id();
        });
  }

  private BatchId batch() {
    List<BatchId> all = round.batches();
    return all.isEmpty() ? null : all.get(random.nextInt(Math.max(0, all.size() - 3), all.size()));
  }

  private void addToBatch() {
    BatchId batch = batch();
    if (batch != null) {
      List<Submission> all = submissions(5);
      tell(
          "add " + all.size() + " to batch " + batch,
          () -> {
            List<TaskId> ids = tasks().batches().add(batch, all).ids();
            round.ids().addAll(ids);
            return ids;
          });
    }
  }

  private void endBatch() {
    BatchId batch = batch();
    if (batch != null) {
      boolean cancel = random.nextBoolean();
      tell(
          (cancel ? "cancel" : "close") + " batch " + batch,
          () -> cancel ? tasks().batches().cancel(batch) : tasks().batches().close(batch));
    }
  }

  // Queues, limits and time.

  private void pauseOrResume() {
    String queue = QUEUES.get(random.nextInt(QUEUES.size()));
    switch (random.nextInt(5)) {
      case 3 ->
          tell(
              "find the limit of " + queue,
              () -> done(() -> tasks().autoConcurrency(queue, new AutoBounds(1, 8))));
      case 0 -> tell("pause " + queue, () -> done(() -> tasks().pause(queue)));
      case 1, 2 -> tell("resume " + queue, () -> done(() -> tasks().resume(queue)));
      default -> {
        int most = 1 + random.nextInt(6);
        tell(
            "limit " + queue + " to " + most,
            () -> done(() -> tasks().limitConcurrency(queue, most)));
      }
    }
  }

  private static String done(Runnable work) {
    work.run();
    return "done";
  }

  private void limit() {
    String name = "limit-" + random.nextInt(3);
    if (random.nextInt(3) == 0) {
      tell("remove " + name, () -> tasks().limits().remove(name));
      return;
    }
    Limit bare =
        switch (random.nextInt(4)) {
          case 0 -> Limit.ofQueue(name, QUEUES.get(random.nextInt(QUEUES.size())));
          case 1 -> Limit.ofType(name, type().name());
          case 2 -> Limit.perKey(name);
          default -> Limit.ofType(name, type().name()).inQueue("third");
        };
    Limit limit =
        random.nextBoolean()
            ? bare.withConcurrency(1 + random.nextInt(2))
            : bare.withRate(20 + random.nextInt(200), Duration.ofMillis(200));
    tell("set " + limit, () -> tasks().limits().set(limit));
  }

  private void typeRule() {
    String type = type().name();
    TypeSettings settings =
        random.nextBoolean()
            ? TypeSettings.NONE.withAttempts(1 + random.nextInt(4))
            : TypeSettings.NONE.withTimeLimit(Duration.ofMillis(40 + random.nextInt(400)));
    tell(
        "set type " + type + " " + settings,
        () ->
            random.nextInt(3) == 0
                ? tasks().typeRules().reset(type)
                : tasks().typeRules().set(type, settings));
  }

  private void schedule() {
    String name = "schedule-" + random.nextInt(3);
    Schedules schedules = tasks().schedules();
    switch (random.nextInt(6)) {
      case 0 -> tell("remove " + name, () -> done(() -> schedules.remove(name)));
      case 1 -> tell("run " + name, () -> schedules.run(name));
      case 2 -> tell("pause " + name, () -> schedules.pause(name));
      case 3 -> tell("resume " + name, () -> schedules.resume(name));
      default -> {
        Schedule schedule =
            Schedule.of(
                    name,
                    type().name(),
                    json(Script.small(random)),
                    new Interval(Duration.ofSeconds(2 + random.nextInt(20))))
                .withMisfire(Misfire.values()[random.nextInt(3)])
                .withOverlap(Overlap.values()[random.nextInt(3)])
                .withJitter(Duration.ofSeconds(random.nextInt(3)));
        boolean there = random.nextBoolean();
        tell(
            "schedule " + schedule,
            () -> there ? schedules.replace(schedule) : schedules.create(schedule));
      }
    }
  }

  private void leap() {
    Duration step = Duration.ofSeconds(random.nextInt(30));
    tell(
        "leap " + step,
        () -> {
          round.clock.leap(step);
          site().tasks.wakeTimer();
          return round.clock.instant();
        });
  }

  private void letGo() {
    int some = 1 + random.nextInt(4);
    tell("let " + some + " go", () -> done(() -> round.actors().letGo(some)));
  }

  // Workflows.

  private void workflow() {
    Workflows workflows = tasks().workflows();
    List<TaskId> runs = round.runs();
    if (runs.isEmpty() || random.nextInt(3) == 0) {
      tell(
          "start a workflow",
          () -> {
            String name = random.nextInt(3) == 0 ? "outer" : "inner";
            TaskId run = workflows.start(name, json(Script.of()), SubmitOptions.defaults()).id();
            runs.add(run);
            return run;
          });
      return;
    }
    TaskId run = runs.get(random.nextInt(Math.max(0, runs.size() - 3), runs.size()));
    switch (random.nextInt(8)) {
      case 0 -> tell("pause run " + run, () -> workflows.pause(run));
      case 1, 2 -> tell("resume run " + run, () -> workflows.resume(run));
      case 3 -> tell("cancel run " + run, () -> workflows.cancel(run));
      case 4 -> tell("roll back run " + run, () -> workflows.rollback(run, stage()));
      case 5 ->
          tell(
              "fork run " + run,
              () -> {
                TaskId forked = workflows.fork(run, stage(), null).id();
                runs.add(forked);
                return forked;
              });
      case 6 -> cancel(run);
      default -> retry(run);
    }
  }

  private String stage() {
    return random.nextBoolean() ? "one" : "two";
  }
}
