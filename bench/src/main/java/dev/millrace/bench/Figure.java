package dev.millrace.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * One line of a benchmark's output.
 *
 * @param value the median of the runs, in {@code unit}
 * @param sync the durability of every write that was measured, or "none" where nothing is written
 * @param comparedWith who else was measured in the same run, null if nobody
 * @param ratio {@code value} divided by the other's median, null without a comparison
 * @param runs how many runs the medians were taken of
 * @param min the least of our runs
 * @param max the greatest of our runs
 * @param comparedValue the other's median, in {@code unit}
 */
@JsonPropertyOrder({"name", "value", "unit", "sync", "compared_with", "ratio", "runs"})
public record Figure(
    String name,
    double value,
    String unit,
    String sync,
    @JsonProperty("compared_with") @Nullable String comparedWith,
    @Nullable Double ratio,
    int runs,
    double min,
    double max,
    @JsonProperty("compared_value") @Nullable Double comparedValue) {

  /**
   * Every write waits for its fsync: {@code synchronous=FULL}, PostgreSQL with {@code fsync=on}.
   */
  public static final String FULL = "FULL";

  /** Nothing durable is written while the figure is taken. */
  public static final String NONE = "none";

  public static Figure alone(String name, String unit, String sync, Samples samples) {
    return new Figure(
        name,
        tidy(samples.median()),
        unit,
        sync,
        null,
        null,
        samples.count(),
        tidy(samples.min()),
        tidy(samples.max()),
        null);
  }

  /** The same figure beside {@code other}, measured in the same run. */
  public Figure against(String label, Samples other) {
    double median = other.median();
    @Nullable Double share = median == 0 ? null : significant(value / median);
    return new Figure(name, value, unit, sync, label, share, runs, min, max, tidy(median));
  }

  /** Three significant digits. */
  private static double significant(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }

  /** Whole numbers from 1,000 on, three decimals below: more would pretend a precision. */
  private static double tidy(double value) {
    return Math.abs(value) >= 1000 ? Math.rint(value) : Math.round(value * 1000) / 1000.0;
  }
}
