package dev.millrace.tasks.adaptive;

/**
 * Between what a concurrency that is found by itself may lie. Immutable.
 *
 * @param min 1 to 4,096
 * @param max at least {@code min}, at most 4,096
 */
public record AutoBounds(int min, int max) {
  private static final int MOST = 4_096;

  /** From 1 to 512. */
  public static final AutoBounds DEFAULT = new AutoBounds(1, 512);

  public AutoBounds {
    if (min < 1 || max > MOST || min > max) {
      throw new IllegalArgumentException(
          "min is " + min + " and max is " + max + "; allowed is 1 <= min <= max <= " + MOST);
    }
  }
}
