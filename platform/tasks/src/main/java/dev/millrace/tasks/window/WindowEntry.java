package dev.millrace.tasks.window;

/** What a window holds: a ready task. */
public interface WindowEntry {
  long key();

  long rank();

  /** What it costs in memory, in any unit that the window's bound has too. */
  int weight();
}
