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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal and keeps the index of words and the counts. Thread-safe.
 *
 * <p>While decisions come in, it takes the writer for no more than about a twentieth of the time
 * and falls behind if it must: recording is not slowed down for the sake of searching. It says how
 * far it has come, and hurries while somebody waits for a position.
 */
final class WordIndex implements AutoCloseable {
  /** Events of one round, each of up to {@link Recorder#CHUNK} decisions. */
  private static final int BATCH = 10;

  /** Recording counts as going on for this long after the last decision. */
  private static final long BUSY_NANOS = 50_000_000;

  private static final long REST = 19;
  private static final long LONGEST_REST_NANOS = 2_000_000_000;
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
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Thread resting;
  private volatile boolean closed;

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
    waiting.incrementAndGet();
    try {
      LockSupport.unpark(resting);
      return follower.await(position, timeout);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void handle(List<Event> events) {
    Map<Long, Stored> rows = read(events);
    long begin = System.nanoTime();
    Map<Long, IndexEntry> entries = new HashMap<>();
    rows.forEach((seq, row) -> entries.put(seq, IndexEntry.of(row)));
    long from = System.nanoTime();
    store.write(tx -> apply(tx, events, entries));
    rest(System.nanoTime() - from, from - begin);
  }

  /** What the events are about; a row that is gone was restored away with its events. */
  private Map<Long, Stored> read(List<Event> events) {
    return store.read((Snapshot view) -> {
      Map<Long, Stored> rows = new LinkedHashMap<>();
      for (Event event : events) {
        if (event.is(DecisionMade.TYPE)) {
          DecisionMade made = event.as(DecisionMade.TYPE);
          view.query(RANGE, Stored::of, made.first(), made.last())
              .forEach(row -> rows.put(row.seq(), row));
        } else {
          long seq = event.as(DecisionChanged.TYPE).seq();
          if (!rows.containsKey(seq)) {
            view.find(RANGE, Stored::of, seq, seq).ifPresent(row -> rows.put(seq, row));
          }
        }
      }
      return rows;
    });
  }

  private static void apply(Tx tx, List<Event> events, Map<Long, IndexEntry> entries) {
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
        for (long seq = made.first(); seq <= made.last(); seq++) {
          IndexEntry entry = entries.get(seq);
          if (entry != null) {
            added.add(new @Nullable Object[] {seq, entry.words()});
            entry.count(counts);
          }
        }
        // What a decision was recorded as; changes since then have events of their own.
        made.statuses()
            .forEach((status, count) -> counts.merge("status\n" + status, count, Integer::sum));
      } else {
        DecisionChanged change = event.as(DecisionChanged.TYPE);
        changed.add(change.seq());
        counts.merge("status\n" + change.from(), -1, Integer::sum);
        counts.merge("status\n" + change.to(), 1, Integer::sum);
      }
    }
    tx.batch(INSERT, added);
    for (long seq : changed) {
      IndexEntry entry = entries.get(seq);
      if (entry != null) {
        tx.update(DELETE, seq);
        tx.update(INSERT, seq, entry.words());
      }
    }
    write(tx, counts);
    Cursor last = events.getLast().cursor();
    if (done.isBefore(last)) {
      tx.update(ADVANCE, last.position().number(), (long) last.index());
    }
  }

  private static void write(Tx tx, Map<String, Integer> counts) {
    counts.forEach((key, count) -> {
      int end = key.indexOf('\n');
      tx.update(COUNT, key.substring(0, end), key.substring(end + 1), count);
    });
  }

  /** Leaves the writer, and the processor, to those who record, unless somebody waits. */
  private void rest(long writing, long cutting) {
    resting = Thread.currentThread();
    long end = System.nanoTime() + Math.min(REST * (writing + cutting), LONGEST_REST_NANOS);
    while (waiting.get() == 0 && isBusy() && !closed && !Thread.currentThread().isInterrupted()) {
      long left = Math.min(end - System.nanoTime(), BUSY_NANOS);
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private boolean isBusy() {
    long last = recorder.lastRecorded();
    return last != 0 && System.nanoTime() - last < BUSY_NANOS;
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
          IndexEntry entry = IndexEntry.of(row);
          tx.update(INSERT, row.seq(), entry.words());
          entry.count(counts);
          counts.merge("status\n" + row.status().word(), 1, Integer::sum);
        }
        write(tx, counts);
      });
    }
    follower.restartAfter(as);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(resting);
    follower.close();
  }
}
