package dev.millrace.bench.workflow;

import dev.millrace.bench.Workplace;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Workflow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** 10,000 items, a task for each, and one that gets all results. */
final class FanOut {
  private static final int ITEMS = 10_000;
  private static final long SUM = IntStream.range(0, ITEMS).mapToLong(i -> i + 1).sum();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private FanOut() {}

  record Items(List<Integer> items) {}

  record Results(List<Runs.Item> results) {}

  record Sum(long sum) {}

  /** How long it took, with a sum that was right. */
  record Took(double seconds) {}

  private static final TaskType<Results, Sum> ADD =
      TaskType.io(
          "bench.add",
          Results.class,
          Sum.class,
          (_, in) -> new Sum(in.results().stream().mapToLong(Runs.Item::number).sum()));

  private static final TaskType<Items, Sum> SPREAD =
      TaskType.io(
          "bench.spread",
          Items.class,
          Sum.class,
          (run, in) -> {
            var numbers = in.items().stream().map(Runs.Item::new).toList();
            long[] sum = {0};
            run.children("items", Runs.STEP, numbers)
                .forEach(child -> sum[0] += child.output() == null ? 0 : child.output().number());
            return new Sum(sum[0]);
          });

  private static final Workflow OUT_AND_IN =
      Workflow.of(
          "bench-fan",
          Stage.parallel(
              "out",
              StageTask.of("each", "bench.step", object("number", "{{item}}"))
                  .withForEach("{{input.items}}")),
          Stage.parallel(
                  "in", StageTask.of("sum", "bench.add", object("results", "{{tasks.each}}")))
              .withAfter("out"));

  private static ObjectNode object(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  /** A stage with a task for each item, and one behind it that gets the list of results. */
  static Took asWorkflow() throws Exception {
    try (Workplace place = Workplace.create("fanout");
        Store store = Store.open(StoreConfig.defaults(place.file("millrace.db")));
        Tasks tasks = open(store, place)) {
      var version = tasks.workflows().define(OUT_AND_IN);
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      IntStream.range(0, ITEMS).forEach(items::add);
      ObjectNode input = JsonNodeFactory.instance.objectNode();
      input.set("items", items);
      long from = System.nanoTime();
      TaskId id = tasks.workflows().start(version, input, SubmitOptions.defaults()).id();
      return took(from, tasks, id, "/sum/sum");
    }
  }

  /** A handler that awaits a child for each item and reads their results. */
  static Took asChildren() throws Exception {
    try (Workplace place = Workplace.create("children");
        Store store = Store.open(StoreConfig.defaults(place.file("millrace.db")));
        Tasks tasks = open(store, place)) {
      var items = new Items(IntStream.range(0, ITEMS).boxed().toList());
      long from = System.nanoTime();
      TaskId id = tasks.submit(SPREAD, items).id();
      return took(from, tasks, id, "/sum");
    }
  }

  private static Took took(long from, Tasks tasks, TaskId id, String at)
      throws InterruptedException {
    TaskView done = tasks.await(id, LIMIT).orElseThrow();
    double seconds = (System.nanoTime() - from) / 1e9;
    JsonNode output = done.output();
    if (done.state() != TaskState.SUCCEEDED || output == null || output.at(at).asLong(-1) != SUM) {
      throw new IllegalStateException("it ended with " + done.state() + ": " + output);
    }
    return new Took(seconds);
  }

  /** As many tasks without anything in common. */
  static double plainSeconds() throws Exception {
    try (Workplace place = Workplace.create("plain");
        Store store = Store.open(StoreConfig.defaults(place.file("millrace.db")));
        Tasks tasks = open(store, place)) {
      long from = System.nanoTime();
      Runs.submitAll(tasks, ITEMS);
      Runs.awaitIdle(tasks);
      return (System.nanoTime() - from) / 1e9;
    }
  }

  private static Tasks open(Store store, Workplace place) {
    Tasks tasks = Tasks.on(store, place.folder()).build();
    tasks.register(Runs.STEP);
    tasks.register(ADD);
    tasks.register(SPREAD);
    tasks.start();
    return tasks;
  }

  /**
   * By how many MB the heap grows that is alive while it goes on: a thread collects all garbage
   * over and over and keeps the most that was left.
   */
  static double watched(Callable<Took> work) throws Exception {
    var watch = new Watch();
    long before = watch.alive();
    Thread thread = Thread.ofPlatform().name("heap-watch").start(watch);
    try {
      work.call();
    } finally {
      watch.stopped = true;
      thread.join();
    }
    return (watch.most - before) / 1e6;
  }

  private static final class Watch implements Runnable {
    private volatile boolean stopped;
    private volatile long most;

    @Override
    public void run() {
      while (!stopped) {
        most = Math.max(most, alive());
      }
    }

    long alive() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
