package dev.millrace.tasks.adaptive;

import org.jspecify.annotations.Nullable;

/**
 * Finds the best value of one setting by trials: a window with the value as it is, one with another
 * value, and the better one stays. Is told how each window went, and answers the value for the next
 * one. Confined to one thread.
 *
 * <p>A larger value stays if it gains {@link #GAIN}. A smaller one stays if it gains as much, or if
 * it loses nothing and the value is above the one that it began with. What does not stay is undone
 * at once. After a loss both ways it rests, longer each time, and tries again: so a value that was
 * good for the load of yesterday does not stay for ever.
 */
public final class Climber {
  /** What a trial must gain to stay. */
  static final double GAIN = 1.05;

  /** What counts as no loss. */
  private static final double NO_LOSS = 0.98;

  /** What another queue may lose. */
  private static final double OTHERS = 0.9;

  private static final double STEP = 1.5;
  private static final int LONGEST_REST = 64;

  private final int base;
  private final int min;
  private final int max;

  private enum Phase {
    /** The first window after a change is not counted: tasks of before are still at work. */
    SETTLE,
    MEASURE,
    SETTLE_TRIAL,
    TRIAL
  }

  private Phase phase = Phase.SETTLE;
  private int value;
  private int before;
  private boolean up = true;
  private int losses;
  private int rest;
  private int nextRest = 1;
  private double rate;
  private double others;

  /**
   * @param base what it begins with
   */
  public Climber(int base, int min, int max) {
    this.base = base;
    this.min = min;
    this.max = max;
    value = base;
  }

  /**
   * How a window went.
   *
   * @param rate tasks that ended a second
   * @param saturated whether tasks were waiting and all places were taken, nearly all the time
   * @param others the rates of other queues that had enough to do, in a measure that only their
   *     ratio matters of; 0 for none
   */
  public record Window(double rate, boolean saturated, double others) {}

  /**
   * A trial that is over.
   *
   * @param from the value before
   * @param tried the value that was tried
   * @param ratio the rate with it over that before; null if it was broken off
   * @param kept whether it stays
   */
  public record Trial(int from, int tried, @Nullable Double ratio, boolean kept) {}

  /** What it began with. */
  public int base() {
    return base;
  }

  /** The value for the next window. */
  public int value() {
    return value;
  }

  /** Whether a value is being tried. */
  public boolean isTrying() {
    return phase == Phase.SETTLE_TRIAL || phase == Phase.TRIAL;
  }

  /**
   * Takes note of a window.
   *
   * @return the trial that is over with it; null if none is
   */
  public @Nullable Trial next(Window window) {
    if (!window.saturated) {
      return breakOff();
    }
    switch (phase) {
      case SETTLE -> phase = Phase.MEASURE;
      case MEASURE -> measured(window);
      case SETTLE_TRIAL -> phase = Phase.TRIAL;
      case TRIAL -> {
        return decide(window);
      }
    }
    return null;
  }

  /** Undoes a trial that cannot be judged. */
  public @Nullable Trial breakOff() {
    boolean trying = isTrying();
    int tried = value;
    phase = Phase.SETTLE;
    if (!trying) {
      return null;
    }
    value = before;
    return new Trial(before, tried, null, false);
  }

  private void measured(Window window) {
    rate = window.rate;
    others = window.others;
    if (rest > 0) {
      rest--;
      return;
    }
    int other = up ? Math.min(max, larger(value)) : Math.max(min, smaller(value));
    if (other == value) {
      lost();
      return;
    }
    before = value;
    value = other;
    phase = Phase.SETTLE_TRIAL;
  }

  private static int larger(int value) {
    return (int) Math.ceil(value * STEP);
  }

  private static int smaller(int value) {
    return (int) Math.floor(value / STEP);
  }

  private Trial decide(Window window) {
    double ratio = rate == 0 ? 1 : window.rate / rate;
    boolean harmless = others == 0 || window.others >= OTHERS * others;
    boolean leaner = value < before && before > base && ratio >= NO_LOSS;
    boolean kept = harmless && (ratio >= GAIN || leaner);
    int tried = value;
    if (kept) {
      rate = window.rate;
      others = window.others;
      losses = 0;
      nextRest = 1;
      phase = Phase.MEASURE;
    } else {
      value = before;
      phase = Phase.SETTLE;
      lost();
    }
    return new Trial(before, tried, ratio, kept);
  }

  private void lost() {
    up = !up;
    losses++;
    if (losses >= 2) {
      losses = 0;
      rest = nextRest;
      nextRest = Math.min(LONGEST_REST, 2 * nextRest);
    }
  }
}
