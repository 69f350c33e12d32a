package dev.millrace.tasks.window;

/** What a window holds: a ready task. */
public interface WindowEntry {
  long key();

  long rank();

  /** Whose task it is; empty for nobody's. */
  String lane();

  /** What it costs in memory, in any unit that the window's bound has too. */
  int weight();
}
