package dev.millrace.expression;

import java.math.BigDecimal;

/**
 * A share in percentage points: {@code new Percent(80)} is {@code 80%} and counts 0.8 times.
 * Immutable; ordered by size.
 */
public record Percent(BigDecimal points) implements Comparable<Percent> {
  public static Percent of(double points) {
    return new Percent(BigDecimal.valueOf(points));
  }

  /** The share of one: 0.8 for 80 %. */
  public BigDecimal share() {
    return points.scaleByPowerOfTen(-2);
  }

  @Override
  public int compareTo(Percent other) {
    return points.compareTo(other.points);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Percent percent && points.compareTo(percent.points) == 0;
  }

  @Override
  public int hashCode() {
    return points.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return Values.shown(points) + "%";
  }
}
