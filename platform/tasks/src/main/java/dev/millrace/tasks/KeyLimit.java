package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What holds for one key instead of what a limit of each key says. Immutable.
 *
 * @param limit the name of the limit
 * @param key the {@link SubmitOptions#key}
 * @param concurrency how many of its tasks run at once; null for what the limit says
 * @param rate how often they start; null for what the limit says
 */
public record KeyLimit(
    String limit, String key, @Nullable Integer concurrency, @Nullable Rate rate) {
  /**
   * Checks the fields, but for whether there is such a limit.
   *
   * @throws TaskException with {@link TaskException.Reason#INVALID_OPTION}
   */
  public KeyLimit {
    Limits.checkLength("key", key, Limits.NAME_LENGTH);
    if (concurrency == null && rate == null) {
      throw Limits.option("concurrency", "null", "Give concurrency, rate, or both.");
    }
    Limit.checkConcurrency(concurrency);
  }

  /** The limit as it is for that key. */
  Limit of(Limit all) {
    return new Limit(
        all.name(),
        all.queue(),
        all.type(),
        all.perKey(),
        concurrency == null ? all.concurrency() : concurrency,
        rate == null ? all.rate() : rate);
  }

  /** The gate of that key. */
  String gate() {
    return limit + " " + key;
  }
}
