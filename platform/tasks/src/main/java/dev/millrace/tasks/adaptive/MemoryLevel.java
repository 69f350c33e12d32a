package dev.millrace.tasks.adaptive;

import java.util.Locale;

/** What is done about memory, from nothing to the last. Each does what those before it do. */
public enum MemoryLevel {
  /** Nothing. */
  CALM(0),
  /** No queue runs more than it does. */
  HELD(0.70),
  /** Queues run fewer, and keep fewer waiting tasks in memory. */
  LOWERED(0.80),
  /** Half of what runs is put back, the youngest first. */
  PUT_BACK(0.88),
  /** Submissions are refused. */
  REFUSING(0.92);

  /** The share of the heap that must be alive. */
  private final double from;

  MemoryLevel(double from) {
    this.from = from;
  }

  /** What a heap asks for of which that share is alive. */
  public static MemoryLevel at(double alive) {
    MemoryLevel found = CALM;
    for (MemoryLevel level : values()) {
      if (alive >= level.from) {
        found = level;
      }
    }
    return found;
  }

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
