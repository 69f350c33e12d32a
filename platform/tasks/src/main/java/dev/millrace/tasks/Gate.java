package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/** A limit, or a limit of one key, as it stands. Guarded by the lock of {@link Gates}. */
final class Gate {
  /** The limit's name, with the key behind it. */
  final String id;

  Limit limit;
  @Nullable RateMeter meter;

  /** Tasks that run, or are ready and may start when their turn comes. */
  int used;

  /** Whether tasks wait here, as far as memory knows; if not, none does. */
  boolean waiting;

  /** What the first of those who wait costs, as far as memory knows. */
  int need = 1;

  /** Unix µs of the wake-up that is asked for; 0 for none. */
  long wakesAt;

  Gate(String id, Limit limit) {
    this.id = id;
    this.limit = limit;
    meter = limit.rate() == null ? null : new RateMeter(limit.rate());
  }

  /** Takes other numbers for the same tasks. */
  void change(Limit to) {
    Rate rate = to.rate();
    if (rate == null) {
      meter = null;
    } else if (!rate.equals(limit.rate())) {
      var changed = new RateMeter(rate);
      if (meter != null) {
        changed.continueFrom(meter);
      }
      meter = changed;
    }
    limit = to;
  }

  /** Whether a task of that cost may start, whoever waits. */
  boolean fits(long now, int cost) {
    Integer most = limit.concurrency();
    return (most == null || used < most)
        && (meter == null || meter.tokens(now) >= meter.units(cost));
  }

  /** Whether one that comes by may start. */
  boolean isOpen(long now, int cost) {
    return !waiting && fits(now, cost) && (meter == null || meter.isLeased(now, cost));
  }

  boolean isIdle(long now) {
    return used == 0 && !waiting && (meter == null || meter.isIdle(now));
  }
}
