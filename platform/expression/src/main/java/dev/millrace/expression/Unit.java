package dev.millrace.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units of durations. */
enum Unit {
  NANOSECOND(Duration.ofNanos(1), "ns"),
  MICROSECOND(Duration.ofNanos(1_000), "us µs"),
  MILLISECOND(Duration.ofMillis(1), "ms"),
  SECOND(Duration.ofSeconds(1), "s sec second seconds"),
  MINUTE(Duration.ofMinutes(1), "min minute minutes"),
  HOUR(Duration.ofHours(1), "h hour hours"),
  DAY(Duration.ofDays(1), "d day days"),
  WEEK(Duration.ofDays(7), "w week weeks");

  private static final Map<String, Unit> BY_WORD = byWord();
  private static final BigDecimal LONGEST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Duration one;
  private final String words;

  Unit(Duration one, String words) {
    this.one = one;
    this.words = words;
  }

  private static Map<String, Unit> byWord() {
    var all = new LinkedHashMap<String, Unit>();
    for (Unit unit : values()) {
      for (String word : unit.words.split(" ", -1)) {
        all.put(word, unit);
      }
    }
    return all;
  }

  static @Nullable Unit of(String word) {
    return BY_WORD.get(word);
  }

  static List<String> allWords() {
    return List.copyOf(BY_WORD.keySet());
  }

  /** That many of this unit, to the nanosecond; null if that is more than 292 years. */
  @Nullable Duration times(BigDecimal count) {
    return duration(count.multiply(BigDecimal.valueOf(one.toNanos())));
  }

  static @Nullable Duration duration(BigDecimal nanos) {
    return nanos.abs().compareTo(LONGEST_NANOS) > 0
        ? null
        : Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }
}
