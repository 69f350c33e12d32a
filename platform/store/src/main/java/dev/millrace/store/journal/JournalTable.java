package dev.millrace.store.journal;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The SQL of the journal's own table. */
final class JournalTable {
  private static final String INSERT =
      "INSERT INTO millrace_journal (id, at, first_index, events, total_bytes, body)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  private static final String READ =
      "SELECT id, at, first_index, events, body FROM millrace_journal"
          + " WHERE id >= ? AND (id >= ? OR first_index + events - 1 > ?) ORDER BY id LIMIT ?";
  private static final String NEWEST =
      "SELECT id, total_bytes, at FROM millrace_journal ORDER BY id DESC LIMIT 1";
  private static final String OLDEST =
      "SELECT id, total_bytes, at FROM millrace_journal ORDER BY id LIMIT 1";
  private static final String TRIMMED = "SELECT number FROM millrace_journal_trim WHERE id = 1";
  private static final String TRIM =
      "DELETE FROM millrace_journal WHERE id IN"
          + " (SELECT id FROM millrace_journal WHERE id < ? ORDER BY id LIMIT ?)";
  private static final String TRIM_MARK =
      "UPDATE millrace_journal_trim SET number = ? WHERE id = 1 AND number < ?";
  private static final String FROM =
      "SELECT id, total_bytes, at FROM millrace_journal WHERE id >= ? ORDER BY id LIMIT 1";

  /** Rows and characters looked at in one go, however few of them are of the types asked for. */
  private static final int SCAN_ROWS = 2_000;

  private static final int SCAN_CHARS = 8 << 20;

  /** One end of the journal. */
  record End(long number, long totalBytes, long atMillis) {}

  private static final End NONE = new End(0, 0, 0);

  private JournalTable() {}

  static void insert(Tx tx, JournalRow row, long totalBytes) {
    tx.update(
        INSERT, row.id(), row.atMillis(), row.firstIndex(), row.events(), totalBytes, row.body());
  }

  static End newest(Snapshot view) {
    return view.find(NEWEST, JournalTable::end).orElse(NONE);
  }

  static End oldest(Snapshot view) {
    return view.find(OLDEST, JournalTable::end).orElse(NONE);
  }

  static long trimmed(Snapshot view) {
    return view.number(TRIMMED);
  }

  /**
   * Reads on after {@code after}.
   *
   * @param types those wanted, empty for all
   * @throws GoneException if events after it were trimmed
   */
  static EventPage read(Snapshot view, Cursor after, int limit, Set<String> types) {
    Position now = view.position();
    long trimmed = trimmed(view);
    if (after.position().number() < trimmed) {
      throw new GoneException(
          after, Cursor.after(new Position(after.position().history(), trimmed)));
    }
    var scan = new Scan(after, limit, types);
    // Every row has an event, so a first piece of this size may be all; one that is looked through
    // for rare types is followed by larger ones.
    int piece = Math.min(SCAN_ROWS, limit + 1);
    while (scan.wants()) {
      int most = Math.min(piece, SCAN_ROWS - scan.rows);
      long number = scan.read.position().number();
      scan.wanted += most;
      // The bodies of rows that come after the page is full are not even loaded.
      view.forEach(
          READ,
          r -> {
            scan.rows++;
            if (!scan.full) {
              scan.add(
                  new JournalRow(
                      r.getLong(1), r.getLong(2), r.getInt(3), r.getInt(4), r.getString(5)));
            }
          },
          JournalRow.id(number, 0),
          JournalRow.id(number + 1, 0),
          scan.read.index(),
          most);
      piece *= 4;
    }
    return scan.page(now);
  }

  /** Collects events until enough of them, or of the journal, were seen. */
  private static final class Scan {
    private final Cursor after;
    private final int limit;
    private final Set<String> types;
    private final List<Event> found = new ArrayList<>();
    private Cursor seen;

    /** After the last row that was looked through. */
    private Cursor read;

    private boolean full;

    /** Rows that were asked for, and those that there were. */
    private int wanted;

    private int rows;
    private int chars;

    Scan(Cursor after, int limit, Set<String> types) {
      this.after = after;
      this.limit = limit;
      this.types = types;
      this.seen = after;
      this.read = after;
    }

    /** Whether the page is not full, the journal goes on, and so may the look through it. */
    boolean wants() {
      return !full && rows == wanted && rows < SCAN_ROWS;
    }

    void add(JournalRow row) {
      for (Event event : row.eventsAfter(after)) {
        if (types.isEmpty() || types.contains(event.type())) {
          if (found.size() == limit) {
            full = true;
            return;
          }
          found.add(event);
        }
        seen = event.cursor();
      }
      read = new Cursor(new Position(after.position().history(), row.number()), row.lastIndex());
      chars += row.body().length();
      full = chars > SCAN_CHARS;
    }

    EventPage page(Position now) {
      boolean atEnd = !full && rows < wanted;
      return new EventPage(found, atEnd ? Cursor.after(now) : seen, atEnd);
    }
  }

  /**
   * The newest commit whose row fulfils {@code test}, 0 if there is none. The test holds for the
   * oldest rows and fails for the newest, as ages and sizes do, so a few looks find it.
   */
  static long lastWhere(Snapshot view, Predicate<End> test) {
    long low = oldest(view).number();
    long high = newest(view).number();
    long found = 0;
    while (low <= high && high > 0) {
      long middle = low + (high - low) / 2;
      Optional<End> row = from(view, middle);
      if (row.isPresent() && row.get().number() <= high && test.test(row.get())) {
        found = row.get().number();
        low = found + 1;
      } else {
        high = middle - 1;
      }
    }
    return found;
  }

  private static Optional<End> from(Snapshot view, long number) {
    return view.find(FROM, JournalTable::end, JournalRow.id(number, 0));
  }

  private static End end(ResultSet row) throws SQLException {
    return new End(JournalRow.number(row.getLong(1)), row.getLong(2), row.getLong(3));
  }

  /** Deletes some rows of commits up to {@code number}; returns how many. */
  static int trim(Tx tx, long number, int rows) {
    tx.update(TRIM_MARK, number, number);
    return tx.update(TRIM, JournalRow.id(number + 1, 0), rows);
  }
}
