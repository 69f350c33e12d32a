package dev.millrace.tasks.adaptive;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What auto-tuning knows and does.
 *
 * @param on whether trials are made
 * @param values what it has set, by queue
 * @param trials the latest, newest first
 */
public record TuningState(boolean on, List<Value> values, List<Trial> trials) {

  /**
   * A concurrency as it is tuned.
   *
   * @param base what it would be without
   * @param value what it is
   * @param trying whether that is a trial
   */
  public record Value(String queue, int base, int value, boolean trying) {}

  /**
   * A trial that is over.
   *
   * @param from the concurrency before
   * @param tried the one that was tried
   * @param ratio tasks a second with it over those before; null if it was broken off, because there
   *     was not enough to do
   * @param kept whether it stayed; else it was undone
   */
  public record Trial(
      Instant at, String queue, int from, int tried, @Nullable Double ratio, boolean kept) {}
}
