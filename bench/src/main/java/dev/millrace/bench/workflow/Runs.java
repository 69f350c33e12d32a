package dev.millrace.bench.workflow;

import dev.millrace.bench.Workplace;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.WorkflowVersion;
import dev.millrace.tasks.workflow.Stage;
import dev.millrace.tasks.workflow.StageTask;
import dev.millrace.tasks.workflow.Status;
import dev.millrace.tasks.workflow.Workflow;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Many runs of a workflow with three steps, each of which passes a number on. */
final class Runs {
  /** Runs that are under way at once: enough for the commits to be shared. */
  private static final int CALLERS = 256;

  private static final long LONGEST_SECONDS = 120;
  private static final int BULK = 10_000;

  private Runs() {}

  record Item(int number) {}

  /** Three stages, one behind the other, each with the result of the one before. */
  private static final Workflow THREE_STEPS =
      Workflow.of(
          "bench-three",
          Stage.parallel("one", step("first", "{{input.number}}")),
          Stage.parallel("two", step("second", "{{tasks.first.number}}")).withAfter("one"),
          Stage.parallel("three", step("third", "{{tasks.second.number}}")).withAfter("two"));

  private static StageTask step(String name, String number) {
    JsonNode input = JsonNodeFactory.instance.objectNode().put("number", number);
    return StageTask.of(name, "bench.step", input);
  }

  static final TaskType<Item, Item> STEP =
      TaskType.io("bench.step", Item.class, Item.class, (_, in) -> new Item(in.number() + 1));

  /**
   * Workflows a second: from before the first is started by {@link #CALLERS} callers until every
   * run is durably through.
   */
  static double rate(int count) throws Exception {
    try (Workplace place = Workplace.create("workflows");
        Store store = Store.open(StoreConfig.defaults(place.file("millrace.db")));
        Tasks tasks = Tasks.on(store, place.folder()).build()) {
      var through = new CountDownLatch(count);
      tasks.register(STEP);
      tasks
          .workflows()
          .listen(change ->
              tx -> {
                if (change.status() == Status.SUCCEEDED) {
                  tx.afterCommit(through::countDown);
                }
              });
      tasks.start();
      WorkflowVersion version = tasks.workflows().define(THREE_STEPS);
      long from = System.nanoTime();
      start(tasks, version, count);
      if (!through.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException(through.getCount() + " workflows are not through");
      }
      return count / ((System.nanoTime() - from) / 1e9);
    }
  }

  private static void start(Tasks tasks, WorkflowVersion version, int count)
      throws InterruptedException {
    JsonNode input = JsonNodeFactory.instance.objectNode().put("number", 1);
    var next = new AtomicInteger();
    var callers = new Thread[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      callers[i] =
          Thread.ofVirtual()
              .start(() -> {
                while (next.getAndIncrement() < count) {
                  tasks.workflows().start(version, input, SubmitOptions.defaults());
                }
              });
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /** The same with four tasks of that type for each workflow, submitted by as many callers. */
  static double plainRate(int count) throws Exception {
    try (Workplace place = Workplace.create("plain");
        Store store = Store.open(StoreConfig.defaults(place.file("millrace.db")));
        Tasks tasks = Tasks.on(store, place.folder()).build()) {
      tasks.register(STEP);
      tasks.start();
      long from = System.nanoTime();
      var next = new AtomicInteger();
      var callers = new Thread[CALLERS];
      for (int i = 0; i < CALLERS; i++) {
        callers[i] =
            Thread.ofVirtual()
                .start(() -> {
                  while (next.getAndIncrement() < 4 * count) {
                    tasks.submit(STEP, new Item(1));
                  }
                });
      }
      for (Thread caller : callers) {
        caller.join();
      }
      awaitIdle(tasks);
      return count / ((System.nanoTime() - from) / 1e9);
    }
  }

  /** Returns when no task of the steps' queue is unfinished. */
  static void awaitIdle(Tasks tasks) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (tasks.queues().stream()
        .flatMap(queue -> queue.counts().entrySet().stream())
        .anyMatch(state -> !state.getKey().finished() && state.getValue() > 0)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("tasks are left after " + LONGEST_SECONDS + " s");
      }
      Thread.sleep(1);
    }
  }

  /** Submits as many steps as one item each, in bulk. */
  static void submitAll(Tasks tasks, int count) {
    for (int left = count; left > 0; left -= BULK) {
      tasks.submitAll(
          STEP, Collections.nCopies(Math.min(left, BULK), new Item(1)), SubmitOptions.defaults());
    }
  }
}
