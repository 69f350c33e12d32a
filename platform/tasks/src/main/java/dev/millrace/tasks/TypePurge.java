package dev.millrace.tasks;

import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the tasks of single types leave a table of history before or after the others, and results
 * before their tasks.
 *
 * <p>What has to go is found on snapshots, led by the index of types and by the keys, which tell
 * when a task was submitted: rows that stay are not looked at again and again. The writer only gets
 * lists of keys, so few that a commit takes milliseconds. A table none of whose types can have
 * anything to give is not looked at before the time when one has.
 */
final class TypePurge {
  private static final long GOAL_NANOS = 8_000_000;
  private static final long MOST_BYTES = 2 << 20;
  private static final int LEAST = 10;
  private static final int MOST = 250;

  private final Store store;
  private final InstantSource clock;
  private final TasksConfig config;
  private final Retentions retentions;
  private final Deletion deletion;

  /** Before when a table has nothing to give, by day. */
  private final Map<Integer, Instant> nothingBefore = new HashMap<>();

  /** Up to which key the results of a type are gone. */
  private final Map<Place, Long> resultsGone = new HashMap<>();

  private volatile boolean closed;
  private int piece = MOST;

  private record Place(int day, String type) {}

  private record Candidate(long key, long bytes) {}

  /** What leaves a table. */
  interface Deletion {
    /** Deletes rows with all their traces, as far as they are still there. */
    int delete(Tx tx, Bucket bucket, String keys);

    /** Drops a table that has become empty. */
    void drop(Bucket bucket);
  }

  TypePurge(
      Store store,
      InstantSource clock,
      TasksConfig config,
      Retentions retentions,
      Deletion deletion) {
    this.store = store;
    this.clock = clock;
    this.config = config;
    this.retentions = retentions;
    this.deletion = deletion;
  }

  /** Ends a purge after its piece. */
  void close() {
    closed = true;
  }

  /**
   * Lets go what is over its time.
   *
   * @return how many tasks left the table
   */
  long purge(Bucket bucket) {
    Instant now = clock.instant();
    Instant from = nothingBefore.get(bucket.day);
    if (from != null && now.isBefore(from)) {
      return 0;
    }
    List<String> types = store.read(view -> view.query(bucket.types, row -> row.getString(1)));
    boolean past = bucket.end().isBefore(now);
    if (types.isEmpty() && past) {
      deletion.drop(bucket);
      return 0;
    }
    long deleted = 0;
    Instant next = Instant.MAX;
    for (String type : types) {
      Retention rule = retentions.of(type);
      Duration own = rule.task();
      Instant first = (own == null ? bucket.end() : bucket.begin());
      Instant due = first.plus(own == null ? config.retention() : own);
      if (!now.isBefore(due)) {
        Instant before = own == null ? Instant.MAX : now.minus(own);
        deleted += delete(bucket, type, before);
      }
      next = earlier(next, due);
      if (rule.result() != null) {
        dropResults(bucket, type, now.minus(rule.result()));
        next = earlier(next, resultsDue(bucket, rule.result()));
      }
    }
    if (past) {
      nothingBefore.put(bucket.day, next);
    }
    return deleted;
  }

  /** After the last result of a finished day is gone, nothing is due any more. */
  private Instant resultsDue(Bucket bucket, Duration kept) {
    Instant last = bucket.end().plus(kept);
    return clock.instant().isAfter(last) ? Instant.MAX : bucket.begin().plus(kept);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Forgets a table that is gone. */
  void dropped(Bucket bucket) {
    nothingBefore.remove(bucket.day);
    resultsGone.keySet().removeIf(place -> place.day == bucket.day);
  }

  private long delete(Bucket bucket, String type, Instant before) {
    long millis = before.equals(Instant.MAX) ? Long.MAX_VALUE : before.toEpochMilli();
    long bound = keyAt(millis);
    long deleted = 0;
    while (!closed) {
      List<Candidate> found =
          store.read(view -> candidates(view, bucket.expired, type, 0, bound, millis));
      if (found.isEmpty()) {
        break;
      }
      String keys = keys(found);
      deleted += commit(tx -> deletion.delete(tx, bucket, keys));
    }
    return deleted;
  }

  private void dropResults(Bucket bucket, String type, Instant before) {
    var place = new Place(bucket.day, type);
    long millis = before.toEpochMilli();
    long bound = keyAt(millis);
    long from = resultsGone.getOrDefault(place, 0L);
    if (from >= bound) {
      return;
    }
    while (!closed) {
      List<Candidate> found =
          store.read(view -> candidates(view, bucket.expiredResults, type, from, bound, millis));
      if (found.isEmpty()) {
        long rest =
            store.read(view -> view.number(bucket.firstKeptResult, type, from, bound, millis));
        resultsGone.put(place, rest == 0 ? bound : rest);
        return;
      }
      String keys = keys(found);
      commit(tx -> tx.update(bucket.dropResults, keys));
    }
  }

  private List<Candidate> candidates(
      Snapshot view, String sql, String type, long from, long bound, long millis) {
    return view.query(
        sql,
        row -> new Candidate(row.getLong(1), row.getLong(2)),
        type,
        from,
        bound,
        millis,
        piece);
  }

  /** As a JSON list, up to a weight; at least one. */
  private static String keys(List<Candidate> found) {
    var keys = new StringBuilder("[");
    long bytes = 0;
    for (Candidate candidate : found) {
      bytes += candidate.bytes;
      if (keys.length() > 1 && bytes > MOST_BYTES) {
        break;
      }
      keys.append(keys.length() > 1 ? "," : "").append(candidate.key);
    }
    return keys.append(']').toString();
  }

  private interface Work {
    int run(Tx tx);
  }

  private record Done(int rows, long nanos) {}

  /** A piece, whose time says how large the next one may be. */
  private int commit(Work work) {
    Done done =
        store
            .<Done, RuntimeException>compute(tx -> {
              long from = System.nanoTime();
              int rows = work.run(tx);
              return new Done(rows, System.nanoTime() - from);
            })
            .value();
    if (done.nanos > GOAL_NANOS) {
      piece = Math.max(LEAST, piece / 2);
    } else if (done.nanos < GOAL_NANOS / 2) {
      piece = Math.min(MOST, piece * 2);
    }
    return done.rows;
  }

  /** No task that finished before {@code millis} has this key or a greater one. */
  private static long keyAt(long millis) {
    return millis == Long.MAX_VALUE ? Long.MAX_VALUE : TaskId.firstKeyAt(millis + 1);
  }
}
