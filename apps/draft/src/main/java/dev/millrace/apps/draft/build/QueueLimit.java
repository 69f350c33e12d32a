package dev.millrace.apps.draft.build;

import dev.millrace.tasks.Tasks;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many drafts are built at one time. The setting is durable, but can only be made once tasks
 * have started, which is after the application opened: so it is made with the first draft that is
 * submitted or built. Thread-safe.
 */
public final class QueueLimit {
  private final Tasks tasks;
  private final String queue;
  private final int limit;
  private final AtomicBoolean made = new AtomicBoolean();

  public QueueLimit(Tasks tasks, String queue, int limit) {
    this.tasks = tasks;
    this.queue = queue;
    this.limit = limit;
  }

  /** Makes the setting, once. */
  public void make() {
    if (made.compareAndSet(false, true)) {
      tasks.limitConcurrency(queue, limit);
    }
  }
}
