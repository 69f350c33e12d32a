package dev.millrace.tasks;

/** A listener that is told; thread-safe. */
public interface TaskHook extends AutoCloseable {
  /** Tells the listener nothing more; a call that is under way goes on. */
  @Override
  void close();
}
