package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a whole queue: it starts nothing while one of them has no room, and nobody has to
 * wait anywhere else. Guarded by the queue's lock; times are in Unix µs.
 */
final class Valve {
  private final Map<String, Limit> limits = new LinkedHashMap<>();
  private final Map<String, RateMeter> meters = new LinkedHashMap<>();
  private int concurrency = Integer.MAX_VALUE;

  /** What the task costs that is next. */
  private int need = 1;

  void limits(List<Limit> to) {
    var before = new LinkedHashMap<>(meters);
    var knownLimits = new LinkedHashMap<>(limits);
    limits.clear();
    meters.clear();
    concurrency = Integer.MAX_VALUE;
    for (Limit limit : to) {
      limits.put(limit.name(), limit);
      Integer most = limit.concurrency();
      concurrency = most == null ? concurrency : Math.min(concurrency, most);
      Rate rate = limit.rate();
      if (rate != null) {
        meters.put(limit.name(), meter(rate, limit, before, knownLimits));
      }
    }
  }

  private static RateMeter meter(
      Rate rate, Limit limit, Map<String, RateMeter> before, Map<String, Limit> known) {
    RateMeter old = before.get(limit.name());
    Limit then = known.get(limit.name());
    if (old != null && then != null && rate.equals(then.rate())) {
      return old;
    }
    var meter = new RateMeter(rate);
    if (old != null) {
      meter.continueFrom(old);
    }
    return meter;
  }

  List<Limit> limits() {
    return List.copyOf(limits.values());
  }

  /** How many run at once, at most. */
  int concurrency() {
    return concurrency;
  }

  /** Whether there are rates. */
  boolean isRated() {
    return !meters.isEmpty();
  }

  /** Whether a task of that cost may start now. */
  boolean lets(long now, int cost) {
    need = cost;
    for (RateMeter meter : meters.values()) {
      if (!meter.isLeased(now, cost) || meter.tokens(now) < meter.units(cost)) {
        return false;
      }
    }
    return true;
  }

  /** How many of cost 1 may start now. */
  int tokens(long now) {
    int least = Integer.MAX_VALUE;
    for (RateMeter meter : meters.values()) {
      least = Math.min(least, meter.isLeased(now, 1) ? meter.tokens(now) : 0);
    }
    return least;
  }

  /** Takes note of a start. */
  void start(long now, int cost) {
    meters.values().forEach(meter -> meter.start(now, cost));
  }

  /** When there are tokens for the task that asked last; 0 if there are enough. */
  long nextAt(long now) {
    long latest = 0;
    for (RateMeter meter : meters.values()) {
      if (meter.tokens(now) < meter.units(need)) {
        latest = Math.max(latest, meter.nextAt(now, need));
      }
    }
    return latest;
  }

  /** The rates that the database must know as spent before anything starts. */
  List<String> unleased(long now) {
    var ids = new ArrayList<String>();
    meters.forEach((id, meter) -> {
      if (!meter.isLeased(now, need)) {
        ids.add(id);
      }
    });
    return ids;
  }

  /** Up to when a rate is to be spent; 0 if there is none any more. */
  long lease(String id, long spentUntil, long now) {
    RateMeter meter = meters.get(id);
    if (meter == null) {
      return 0;
    }
    meter.load(spentUntil, now);
    return meter.lease(meter.units(need), now);
  }

  void leased(String id, long until) {
    @Nullable RateMeter meter = meters.get(id);
    if (meter != null) {
      meter.leased(until);
    }
  }
}
