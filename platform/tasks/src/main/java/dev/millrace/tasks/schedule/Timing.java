package dev.millrace.tasks.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When something is due. Immutable. */
public sealed interface Timing permits Cron, Interval, Moment {
  /**
   * The first time after {@code after}; null if there is none.
   *
   * @param zone whose clocks and calendar a cron rule means
   * @param start where an interval counts from
   */
  @Nullable Instant next(Instant after, ZoneId zone, Instant start);

  /** The next {@code count} times after {@code after}, fewer if there are no more. */
  default List<Instant> next(int count, Instant after, ZoneId zone, Instant start) {
    var times = new ArrayList<Instant>();
    Instant time = next(after, zone, start);
    while (time != null && times.size() < count) {
      times.add(time);
      time = next(time, zone, start);
    }
    return times;
  }
}
