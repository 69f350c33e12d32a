package dev.millrace.tasks;

/** What one commit changes in the counts of a batch. Used on the writer's thread. */
final class BatchChange {
  long added;
  long opened;
  long succeeded;
  long dead;
  long cancelled;

  /** Counts tasks that come into {@code state}, or leave it if {@code amount} is negative. */
  void count(TaskState state, int amount) {
    switch (state) {
      case SUCCEEDED -> succeeded += amount;
      case DEAD -> dead += amount;
      case CANCELLED -> cancelled += amount;
      case SCHEDULED, WAITING, READY, RUNNING, RETRYING ->
          throw new IllegalArgumentException(state + " is no end; this is a bug");
    }
    opened -= amount;
  }
}
