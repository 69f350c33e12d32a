package dev.millrace.tasks.adaptive;

import java.util.Locale;

/** Why a concurrency was changed. */
public enum Why {
  /** Tasks take no longer than when few run, and all places are taken. */
  ROOM,
  /** Tasks take longer than when few run: they wait for each other. */
  SLOWER,
  /** Tasks ended by their time limit, or said that what they call is overloaded. */
  FAILURES,
  /** From time to time few are run, to see how long a task takes then. */
  PROBE;

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
