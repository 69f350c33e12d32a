package dev.millrace.apps.crew.analysis;

/** How long an agent is told to think. */
public enum Thinking {
  NORMAL,
  THINK_HARD,
  THINK_HARDER;

  /** From 6 on hard, from 8 on harder. */
  public static Thinking of(double index) {
    return index >= 8 ? THINK_HARDER : index >= 6 ? THINK_HARD : NORMAL;
  }
}
