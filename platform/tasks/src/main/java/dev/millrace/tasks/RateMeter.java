package dev.millrace.tasks;

/**
 * A rate as it stands, by the generic cell rate algorithm, in µs of Unix time.
 *
 * <p>The database knows a time up to which the rate is spent, somewhat ahead of the starts, so that
 * a start needs no commit and a process that is killed has never started more than was spent. Not
 * thread-safe.
 */
final class RateMeter {
  /** How far ahead it is spent: what is lost when the process is killed. */
  private static final long AHEAD = 1_000_000;

  private final long interval;
  private final long per;
  private final int count;

  /** When the last start would have been at an even pace, and one interval more. */
  private long spentUntil;

  /** What the database knows; no start may lead beyond it. */
  private long leasedUntil;

  /** Tokens that are promised to tasks which have not started yet. */
  private int reserved;

  /** Whether the database was asked. */
  private boolean known;

  RateMeter(Rate rate) {
    per = rate.per().toNanos() / 1_000;
    count = rate.count();
    interval = Math.ceilDiv(per, count);
  }

  /** What a task of that cost takes; all of a rate that became smaller than its cost. */
  int units(int cost) {
    return Math.min(cost, count);
  }

  boolean isKnown() {
    return known;
  }

  /** Takes up what the database knows; 0 for nothing. */
  void load(long spent, long now) {
    if (!known) {
      known = true;
      spentUntil = spent;
      clamp(now);
      leasedUntil = spent;
    }
  }

  /** Goes on where another meter of the same gate stands, which had another rate. */
  void continueFrom(RateMeter before) {
    spentUntil = before.spentUntil;
    leasedUntil = before.leasedUntil;
    reserved = before.reserved;
    known = before.known;
  }

  /** Under another rate, or when the clock was set back, no more than all of it can be spent. */
  private void clamp(long now) {
    if (spentUntil > now + per + AHEAD) {
      spentUntil = now + per;
    }
  }

  /** How many of cost 1 may start now beside those that it is promised to. */
  int tokens(long now) {
    clamp(now);
    long base = Math.max(now, spentUntil);
    return (int) Math.max(0, (now + per - base) / interval - reserved);
  }

  /** Whether a start now stays within what the database knows. */
  boolean isLeased(long now, int cost) {
    return known && Math.max(now, spentUntil) + units(cost) * interval <= leasedUntil;
  }

  /** How far the database must know it as spent so that {@code more} units may start soon. */
  long lease(int more, long now) {
    return Math.max(now, spentUntil) + (reserved + (long) more) * interval + Math.min(AHEAD, per);
  }

  void leased(long until) {
    leasedUntil = Math.max(leasedUntil, until);
  }

  void reserve(int cost) {
    reserved += cost;
  }

  void giveBack(int cost) {
    reserved = Math.max(0, reserved - cost);
  }

  /** Takes note of a start. */
  void start(long now, int cost) {
    spentUntil = Math.max(now, spentUntil) + units(cost) * interval;
  }

  /** When there are tokens for a task; {@link Long#MAX_VALUE} if too many are promised. */
  long nextAt(long now, int cost) {
    clamp(now);
    if (reserved + (long) units(cost) > count) {
      return Long.MAX_VALUE;
    }
    long base = Math.max(now, spentUntil);
    return base + (reserved + (long) units(cost)) * interval - per;
  }

  /** Whether forgetting it changes nothing. */
  boolean isIdle(long now) {
    return reserved == 0 && spentUntil <= now && leasedUntil <= now;
  }
}
