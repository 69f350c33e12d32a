package dev.millrace.apps.crew.decisions;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import dev.millrace.store.Tx;
import dev.millrace.store.journal.Cursor;
import dev.millrace.store.journal.Event;
import dev.millrace.store.journal.Follower;
import dev.millrace.store.journal.FollowerSpec;
import dev.millrace.store.journal.FollowerState;
import dev.millrace.store.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal and keeps the index of words and the counts. Thread-safe.
 *
 * <p>While decisions come in, it takes the writer for no more than about a fifth of the time and
 * falls behind if it must: recording is not slowed down for the sake of searching. It says how far
 * it has come.
 */
final class WordIndex implements AutoCloseable {
  private static final int BATCH = 500;

  /** Recording counts as going on for this long after the last decision. */
  private static final long BUSY_NANOS = 50_000_000;

  private static final long REST = 4;
  private static final long LONGEST_REST_NANOS = 200_000_000;
  private static final int REBUILD_PIECE = 500;

  private static final String RANGE = Stored.COLUMNS + "WHERE d.seq BETWEEN ? AND ? ORDER BY d.seq";
  private static final String INSERT = "INSERT INTO crew_words (rowid, words) VALUES (?, ?)";
  private static final String DELETE = "DELETE FROM crew_words WHERE rowid = ?";
  private static final String COUNT =
      "INSERT INTO crew_counts (kind, name, count) VALUES (?, ?, ?)"
          + " ON CONFLICT (kind, name) DO UPDATE SET count = crew_counts.count + excluded.count";
  private static final String PLACE = "SELECT number, place FROM crew_indexed WHERE id = 1";
  private static final String ADVANCE =
      "INSERT INTO crew_indexed (id, number, place) VALUES (1, ?, ?)"
          + " ON CONFLICT (id) DO UPDATE SET number = excluded.number, place = excluded.place";

  private record Place(long number, long index) {
    boolean isBefore(Cursor cursor) {
      return number < cursor.position().number()
          || (number == cursor.position().number() && index < cursor.index());
    }
  }

  private final Store store;
  private final Recorder recorder;
  private final Follower follower;

  WordIndex(Store store, Journal journal, Recorder recorder) {
    this.store = store;
    this.recorder = recorder;
    this.follower =
        journal.start(
            FollowerSpec.named("crew.decisions")
                .on(DecisionMade.TYPE, DecisionChanged.TYPE)
                .withBatch(BATCH)
                .handledOutsideBy(this::handle));
    if (follower.status().state() == FollowerState.LOST) {
      rebuild();
    }
  }

  /** Everything up to here can be found. */
  Position asOf() {
    return follower.asOf();
  }

  boolean await(Position position, Duration timeout) throws InterruptedException {
    return follower.await(position, timeout);
  }

  private void handle(List<Event> events) {
    Map<Long, Stored> rows = read(events);
    long begin = System.nanoTime();
    Map<Long, String> words = new HashMap<>();
    rows.forEach((seq, row) -> words.put(seq, words(row)));
    long from = System.nanoTime();
    store.write(tx -> apply(tx, events, words));
    rest(System.nanoTime() - from, from - begin);
  }

  /** What the events are about; a row that is gone was restored away with its events. */
  private Map<Long, Stored> read(List<Event> events) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    List<Long> others = new ArrayList<>();
    for (Event event : events) {
      if (event.is(DecisionMade.TYPE)) {
        long seq = event.as(DecisionMade.TYPE).seq();
        first = Math.min(first, seq);
        last = Math.max(last, seq);
      } else {
        others.add(event.as(DecisionChanged.TYPE).seq());
      }
    }
    long from = first;
    long to = last;
    return store.read((Snapshot view) -> {
      Map<Long, Stored> rows = new HashMap<>();
      if (from <= to) {
        view.query(RANGE, Stored::of, from, to).forEach(row -> rows.put(row.seq(), row));
      }
      for (long seq : others) {
        if (!rows.containsKey(seq)) {
          view.find(RANGE, Stored::of, seq, seq).ifPresent(row -> rows.put(seq, row));
        }
      }
      return rows;
    });
  }

  /** All that a decision can be found by: its texts, and its filters as tokens of their own. */
  static String words(Stored row) {
    Content content = row.content();
    Set<String> tokens = new LinkedHashSet<>();
    Words.tokens(
        tokens,
        row.title(),
        row.maker(),
        content.decision(),
        content.context(),
        content.reasoning(),
        content.consequences());
    for (Choice option : content.options()) {
      Words.tokens(tokens, option.name());
    }
    content.tags().forEach(tag -> tokens.add(Words.exact('t', tag)));
    tokens.add(Words.exact('m', row.maker()));
    tokens.add(Words.exact('p', row.project()));
    tokens.add(Words.exact('s', row.status().word()));
    tokens.addAll(Days.tokens(Instant.ofEpochMilli(row.madeMillis()).atOffset(ZoneOffset.UTC)));
    return String.join(" ", tokens);
  }

  private static void apply(Tx tx, List<Event> events, Map<Long, String> words) {
    Place done =
        tx.find(PLACE, row -> new Place(row.getLong(1), row.getLong(2))).orElse(new Place(-1, -1));
    Map<String, Integer> counts = new TreeMap<>();
    Set<Long> changed = new LinkedHashSet<>();
    List<@Nullable Object[]> added = new ArrayList<>();
    for (Event event : events) {
      if (!done.isBefore(event.cursor())) {
        continue;
      }
      if (event.is(DecisionMade.TYPE)) {
        DecisionMade made = event.as(DecisionMade.TYPE);
        String text = words.get(made.seq());
        if (text != null) {
          added.add(new @Nullable Object[] {made.seq(), text});
          count(counts, made);
        }
      } else {
        DecisionChanged change = event.as(DecisionChanged.TYPE);
        changed.add(change.seq());
        counts.merge("status\n" + change.from(), -1, Integer::sum);
        counts.merge("status\n" + change.to(), 1, Integer::sum);
      }
    }
    tx.batch(INSERT, added);
    for (long seq : changed) {
      String text = words.get(seq);
      if (text != null) {
        tx.update(DELETE, seq);
        tx.update(INSERT, seq, text);
      }
    }
    counts.forEach((key, count) -> {
      int end = key.indexOf('\n');
      tx.update(COUNT, key.substring(0, end), key.substring(end + 1), count);
    });
    Cursor last = events.getLast().cursor();
    if (done.isBefore(last)) {
      tx.update(ADVANCE, last.position().number(), (long) last.index());
    }
  }

  private static void count(Map<String, Integer> counts, DecisionMade made) {
    counts.merge("all\n", 1, Integer::sum);
    counts.merge("project\n" + made.project(), 1, Integer::sum);
    counts.merge("status\n" + made.status(), 1, Integer::sum);
    counts.merge("month\n" + made.month(), 1, Integer::sum);
    counts.merge("maker\n" + made.decisionMaker(), 1, Integer::sum);
    for (String tag : new LinkedHashSet<>(made.tags())) {
      counts.merge("tag\n" + tag, 1, Integer::sum);
    }
  }

  /** Leaves the writer, and the processor, to those who record. */
  private void rest(long writing, long cutting) {
    if (System.nanoTime() - recorder.lastRecorded() < BUSY_NANOS && recorder.lastRecorded() != 0) {
      LockSupport.parkNanos(this, Math.min(REST * (writing + cutting), LONGEST_REST_NANOS));
    }
  }

  /** Makes index and counts anew, in pieces, when the journal has forgotten what was missed. */
  private void rebuild() {
    store.deleteInPieces("crew_counts", "1 = 1");
    store.write(tx -> {
      tx.update("DELETE FROM crew_words");
      tx.update("DELETE FROM crew_indexed");
    });
    Position as = store.position();
    long newest =
        store.read(
            (Snapshot view) -> view.number("SELECT coalesce(max(seq), 0) FROM crew_decisions"));
    for (long from = 1; from <= newest; from += REBUILD_PIECE) {
      long first = from;
      long last = Math.min(newest, from + REBUILD_PIECE - 1);
      List<Stored> rows = store.read((Snapshot view) -> view.query(RANGE, Stored::of, first, last));
      store.write(tx -> {
        Map<String, Integer> counts = new TreeMap<>();
        for (Stored row : rows) {
          tx.update(INSERT, row.seq(), words(row));
          count(counts, event(row));
        }
        counts.forEach((key, count) -> {
          int end = key.indexOf('\n');
          tx.update(COUNT, key.substring(0, end), key.substring(end + 1), count);
        });
      });
    }
    follower.restartAfter(as);
  }

  private static DecisionMade event(Stored row) {
    var day = Instant.ofEpochMilli(row.madeMillis()).atOffset(ZoneOffset.UTC);
    return new DecisionMade(
        row.id(),
        row.seq(),
        row.project(),
        row.title(),
        row.status().word(),
        String.format(java.util.Locale.ROOT, "%d-%02d", day.getYear(), day.getMonthValue()),
        row.maker(),
        row.content().tags());
  }

  @Override
  public void close() {
    follower.close();
  }
}
