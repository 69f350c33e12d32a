package dev.millrace.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.adaptive.MemoryState;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A process with a small heap whose handlers take memory bit by bit, more together than there is.
 * Ends with 0 when all tasks have succeeded.
 */
final class Hog {
  record Load(int pieces) {}

  private static final int TASKS = 64;
  private static final int PIECES = 20;
  private static final int PIECE = 96 << 10;

  private Hog() {}

  /** With {@code <folder> <whether the guard is on>}. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean guarded = Boolean.parseBoolean(args[1]);
    var config =
        TasksConfig.defaults().withAdaptive(AdaptiveConfig.DEFAULT.withMemoryGuard(guarded));
    try (Store store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
        Tasks tasks = Tasks.on(store, folder).config(config).build()) {
      TaskType<Load, Load> type =
          TaskType.io("hog", Load.class, Load.class, (_, load) -> hold(load));
      tasks.register(type);
      tasks.start();
      tasks.submitAll(type, Collections.nCopies(TASKS, new Load(PIECES)), SubmitOptions.defaults());
      Signal.awaitUntil("all are through", () -> succeeded(tasks) == TASKS);
      MemoryState memory = tasks.adaptive().memory();
      System.out.println("changes " + memory.changes().size() + " put back " + memory.putBack());
      boolean uncounted =
          tasks.list(TaskFilter.all(), 200, null).items().stream()
              .allMatch(task -> task.attempt() == 1);
      System.out.println("each in one attempt: " + uncounted);
    }
  }

  private static long succeeded(Tasks tasks) {
    return tasks.queues().stream()
        .mapToLong(queue -> queue.counts().get(TaskState.SUCCEEDED))
        .sum();
  }

  private static Load hold(Load load) throws InterruptedException {
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < load.pieces(); i++) {
      held.add(new byte[PIECE]);
      Thread.sleep(60);
    }
    return new Load(held.size());
  }
}
