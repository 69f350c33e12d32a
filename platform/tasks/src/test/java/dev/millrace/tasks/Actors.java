package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The types of random tests in one life of an engine: their handlers play {@link Script}s. */
final class Actors {
  /** What a script answers. */
  record Done(int acts) {}

  static final String EFFECTS = "CREATE TABLE IF NOT EXISTS effects (task INTEGER NOT NULL)";
  private static final String EFFECT = "INSERT INTO effects (task) VALUES (?)";
  private static final List<String> ENDS = List.of("finish", "refuse", "spawn");
  private static final int NARROW = 2;

  private final Facts facts;
  private final int generation;

  /** Nothing fails any more. */
  private final AtomicBoolean calm;

  private final Semaphore passes = new Semaphore(0);
  private volatile boolean gone;
  private volatile Site site;

  final TaskType<Script, Done> plain = type("op.plain");
  final TaskType<Script, Done> narrow = type("op.narrow").withConcurrency(NARROW);
  final TaskType<Script, Done> keyed = type("op.keyed").withConcurrencyPerKey(1).withQueue("side");
  final TaskType<Script, Done> rated = type("op.rated").withRate(50, Duration.ofMillis(100));
  final TaskType<Script, Done> timed = type("op.timed").withTimeLimit(Duration.ofMillis(80));
  final TaskType<Script, Done> brief = type("op.brief").withRetention(Duration.ofMinutes(2));
  final TaskType<Script, Done> computing =
      TaskType.cpu("op.cpu", Script.class, Done.class, this::play).withRetry(retry());

  final TaskType<Script, Done> together =
      TaskType.chunks(
              "op.chunk",
              Script.class,
              Done.class,
              Chunking.of(4, Duration.ofMillis(30)),
              this::playTogether)
          .withRetry(retry());

  Actors(Facts facts, int generation, AtomicBoolean calm) {
    this.facts = facts;
    this.generation = generation;
    this.calm = calm;
  }

  private TaskType<Script, Done> type(String name) {
    return TaskType.io(name, Script.class, Done.class, this::play).withRetry(retry());
  }

  private static RetryPolicy retry() {
    return RetryPolicy.defaults()
        .withAttempts(3)
        .withDelays(Duration.ofMillis(200), Duration.ofSeconds(20));
  }

  List<TaskType<Script, Done>> types() {
    return List.of(plain, narrow, keyed, rated, timed, brief, computing, together);
  }

  /** They play on this site. */
  void on(Site value) {
    site = value;
  }

  /** Lets some go that hold. */
  void letGo(int some) {
    passes.release(some);
  }

  /** Their process has ended, as far as anybody can tell. */
  void vanish() {
    gone = true;
    letGo(1_000_000);
  }

  private Done play(Run run, Script script) throws Exception {
    while (site == null) {
      Thread.onSpinWait();
    }
    if (gone) {
      throw new IllegalStateException("not there any more");
    }
    facts.began(run.id(), generation, site.tasks.find(run.id()).orElseThrow().state());
    String counted = counted(run);
    facts.enter(
        counted,
        run.type().equals(narrow.name())
            ? NARROW
            : run.type().equals(keyed.name()) && run.key().isPresent() ? 1 : 1_000);
    String how = "by an error";
    try {
      for (int i = 0; i < script.acts().size(); i++) {
        act(run, i, script.acts().get(i).split(":"));
      }
      how = "through";
      return new Done(script.acts().size());
    } catch (Exception failure) {
      how = failure.getClass().getSimpleName() + ": " + failure.getMessage();
      throw failure;
    } finally {
      facts.exit(counted);
      facts.left(run.id(), generation, how);
    }
  }

  private void playTogether(Chunk<Script, Done> chunk) throws Exception {
    while (site == null) {
      Thread.onSpinWait();
    }
    if (gone) {
      throw new IllegalStateException("not there any more");
    }
    var begun = new ArrayList<TaskId>();
    try {
      for (ChunkTask<Script, Done> task : chunk.tasks()) {
        begun.add(task.id());
        facts.began(task.id(), generation, site.tasks.find(task.id()).orElseThrow().state());
      }
      chunk.finish((tx, succeeded) -> {
        for (ChunkTask<Script, Done> task : succeeded) {
          if (task.input().acts().stream().anyMatch(ENDS::contains)) {
            tx.update(EFFECT, task.id().key());
          }
        }
      });
      for (ChunkTask<Script, Done> task : chunk.tasks()) {
        for (String act : task.input().acts()) {
          if (settles(task, act.split(":"))) {
            break;
          }
        }
      }
    } finally {
      begun.forEach(id -> facts.left(id, generation, "in a chunk"));
    }
  }

  /**
   * Plays an act in a chunk; those that single tasks alone can do stand for ends of other kinds.
   */
  private boolean settles(ChunkTask<Script, Done> task, String[] act) throws Exception {
    switch (act[0]) {
      case "log" -> task.log(LogLine.Level.INFO, "in a chunk");
      case "progress" -> task.progress(1, 9, "in a chunk");
      case "hold" -> passes.acquire();
      case "callback" -> facts.calledBack(act[1], task.id());
      default -> {
        if (calm.get()) {
          return false;
        }
        switch (act[0]) {
          case "fail" -> task.fail(new IllegalStateException("fails on purpose"));
          case "fatal" -> task.fail(new FatalFailure("fails for good on purpose"));
          case "sleep" -> task.retry(Duration.ofSeconds(Integer.parseInt(act[1])), later());
          case "kid" -> task.discard("given up on purpose");
          case "refuse" -> throw new IllegalStateException("all fail on purpose");
          case "finish" -> task.succeed(new Done(1));
          default -> {
            return false;
          }
        }
        return true;
      }
    }
    return false;
  }

  private static Exception later() {
    return new IllegalStateException("later, on purpose");
  }

  private String counted(Run run) {
    String key = run.type().equals(keyed.name()) ? " " + run.key().orElse("-") : "";
    return run.type() + key + " in " + generation;
  }

  private void act(Run run, int index, String[] act) throws Exception {
    switch (act[0]) {
      case "work" -> LockSupport.parkNanos(500_000);
      case "log" -> run.log(LogLine.Level.INFO, "at act " + index);
      case "progress" -> run.progress(index, 9, "at act " + index);
      case "hold" -> passes.acquire();
      case "fail" -> {
        if (!calm.get() && run.attempt() <= Integer.parseInt(act[1])) {
          throw new IllegalStateException("fails on purpose");
        }
      }
      case "fatal" -> {
        if (!calm.get()) {
          throw new FatalFailure("fails for good on purpose");
        }
      }
      case "step" -> step(run, "step-" + index);
      case "sleep" -> run.sleep(Duration.ofSeconds(Integer.parseInt(act[1])));
      case "signal" -> run.awaitSignal("go", Duration.ofSeconds(Integer.parseInt(act[1])));
      case "kids" -> run.children("kids-" + index, plain, kids(run, Integer.parseInt(act[1])));
      case "kid" -> run.child("kid-" + index, narrow, kids(run, 1).getFirst());
      case "finish" -> run.finish(tx -> tx.update(EFFECT, run.id().key()));
      case "refuse" ->
          run.finish(tx -> {
            tx.update(EFFECT, run.id().key());
            if (!calm.get()) {
              throw new IllegalStateException("refuses its end on purpose");
            }
          });
      case "spawn" ->
          run.finish(tx -> {
            tx.update(EFFECT, run.id().key());
            site.tasks.submit(tx, plain, Script.of("work"), SubmitOptions.defaults());
          });
      case "callback" -> facts.calledBack(act[1], run.id());
      default -> throw new FatalFailure("what is '" + act[0] + "'?");
    }
  }

  private void step(Run run, String name) throws Exception {
    int _ =
        run.step(
            name,
            Integer.class,
            () -> {
              facts.stepBegins(run.id(), name);
              return 1;
            });
    facts.stepIsKept(run.id(), name);
  }

  /** The same ones each time. */
  private static List<Script> kids(Run run, int count) {
    var random = new SplittableRandom(run.id().key());
    var kids = new ArrayList<Script>();
    for (int i = 0; i < count; i++) {
      kids.add(Script.small(random));
    }
    return kids;
  }
}
