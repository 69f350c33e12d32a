package dev.millrace.bench.tasks;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/**
 * Our store and running tasks in a folder, with the defaults that everybody gets, and a no-op type.
 */
final class Millrace implements AutoCloseable {
  static final String FILE = "millrace.db";
  private static final int LARGEST_BULK = 10_000;

  /** The input of a task that needs none. */
  record Empty() {}

  static final Empty EMPTY = new Empty();

  private final Store store;
  private final Tasks tasks;
  private volatile CountDownLatch bodies = new CountDownLatch(0);
  final TaskType<Empty, Empty> noop =
      TaskType.io(
          "bench.noop",
          Empty.class,
          Empty.class,
          (_, _) -> {
            bodies.countDown();
            return null;
          });

  Millrace(Path folder) {
    store = Store.open(StoreConfig.defaults(folder.resolve(FILE)));
    tasks = Tasks.on(store, folder).build();
    tasks.register(noop);
    tasks.start();
  }

  Tasks tasks() {
    return tasks;
  }

  /** Starts none of what is submitted until {@link #resume}, also after a new start. */
  void pause() {
    tasks.pause(TaskType.IO_QUEUE);
  }

  void resume() {
    tasks.resume(TaskType.IO_QUEUE);
  }

  void submit() {
    tasks.submit(noop, EMPTY);
  }

  /** Submits {@code count} no-op tasks, as many at once as one submission may hold. */
  void submitAll(int count) {
    for (int left = count; left > 0; left -= LARGEST_BULK) {
      tasks.submitAll(
          noop, Collections.nCopies(Math.min(left, LARGEST_BULK), EMPTY), SubmitOptions.defaults());
    }
  }

  /** Counts the bodies of no-op tasks from now on; the latch opens when that many have run. */
  CountDownLatch expect(int count) {
    bodies = new CountDownLatch(count);
    return bodies;
  }

  @Override
  public void close() {
    tasks.close();
    store.close();
  }
}
