package dev.millrace.store.journal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a follower follows and how. Immutable.
 *
 * @param name stable for ever: its place in the journal is kept under it
 * @param types names of the event types it handles, empty for all
 * @param batch events handled at once, at most
 * @param attempts attempts at one batch before it is parked
 * @param firstBackOff wait after the first failure, doubled after each further one and jittered
 * @param mostBackOff the longest wait
 * @param fromNow whether a new follower begins with the next commit instead of the oldest kept
 */
public record FollowerSpec(
    String name,
    Set<String> types,
    int batch,
    int attempts,
    Duration firstBackOff,
    Duration mostBackOff,
    boolean fromNow,
    @Nullable BatchHandler inside,
    @Nullable OutsideHandler outside) {
  public static final int BATCH = 500;
  public static final int ATTEMPTS = 8;
  public static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  public static final Duration MOST_BACK_OFF = Duration.ofSeconds(30);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,99}");

  public FollowerSpec {
    types = Set.copyOf(types);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "follower name '" + name + "' is not like 'search.drafts': use lower case, digits, - .");
    }
    if (batch < 1 || batch > 10_000 || attempts < 1) {
      throw new IllegalArgumentException(
          "follower "
              + name
              + " has batch "
              + batch
              + " and attempts "
              + attempts
              + "; use 1 to 10000 and 1 or more");
    }
    if (!firstBackOff.isPositive() || mostBackOff.compareTo(firstBackOff) < 0) {
      throw new IllegalArgumentException(
          "follower "
              + name
              + " waits from "
              + firstBackOff
              + " to "
              + mostBackOff
              + " after a failure; use a positive time and one that is not shorter");
    }
  }

  /** A follower of all events whose handler is still to be given. */
  public static FollowerSpec named(String name) {
    return new FollowerSpec(
        name, Set.of(), BATCH, ATTEMPTS, FIRST_BACK_OFF, MOST_BACK_OFF, false, null, null);
  }

  /** Handles these types, besides those named before. */
  public FollowerSpec on(EventType<?>... added) {
    var all = new HashSet<>(types);
    for (EventType<?> type : added) {
      all.add(type.name());
    }
    return withTypes(all);
  }

  /** Handles changes of these followed tables, besides the types named before. */
  public FollowerSpec onTables(String... tables) {
    var all = new HashSet<>(types);
    for (String table : tables) {
      all.add(TableChange.PREFIX + table);
    }
    return withTypes(all);
  }

  private FollowerSpec withTypes(Set<String> all) {
    return new FollowerSpec(
        name, all, batch, attempts, firstBackOff, mostBackOff, fromNow, inside, outside);
  }

  public FollowerSpec withBatch(int value) {
    return new FollowerSpec(
        name, types, value, attempts, firstBackOff, mostBackOff, fromNow, inside, outside);
  }

  public FollowerSpec withRetries(int tries, Duration first, Duration most) {
    return new FollowerSpec(name, types, batch, tries, first, most, fromNow, inside, outside);
  }

  /** A new follower begins with the next commit. */
  public FollowerSpec beginningNow() {
    return new FollowerSpec(
        name, types, batch, attempts, firstBackOff, mostBackOff, true, inside, outside);
  }

  /** Output and place are saved in one commit. */
  public FollowerSpec handledBy(BatchHandler handler) {
    return new FollowerSpec(
        name, types, batch, attempts, firstBackOff, mostBackOff, fromNow, handler, null);
  }

  /** The output is outside the database and idempotent by {@link Event#cursor}. */
  public FollowerSpec handledOutsideBy(OutsideHandler handler) {
    return new FollowerSpec(
        name, types, batch, attempts, firstBackOff, mostBackOff, fromNow, null, handler);
  }
}
