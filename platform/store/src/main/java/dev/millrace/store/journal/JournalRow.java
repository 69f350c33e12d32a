package dev.millrace.store.journal;

import dev.millrace.store.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One stored row: the events of a commit, or a part of them, a line each: {@code type@version
 * json}.
 */
record JournalRow(long id, long atMillis, int firstIndex, int events, String body) {
  private static final int PART_BITS = 12;
  static final int PARTS = 1 << PART_BITS;

  /** Rows are cut at about this many bytes, so that none becomes unwieldy. */
  static final int BODY_BYTES = 256 << 10;

  /** The length of a text in UTF-8, which is what the database keeps. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static long id(long number, int part) {
    return (number << PART_BITS) | part;
  }

  static long number(long id) {
    return id >> PART_BITS;
  }

  long number() {
    return number(id);
  }

  int lastIndex() {
    return firstIndex + events - 1;
  }

  /** The events of this row after {@code cursor}, in order. */
  List<Event> eventsAfter(Cursor cursor) {
    var found = new ArrayList<Event>(events);
    var position = new Position(cursor.position().history(), number());
    Instant at = Instant.ofEpochMilli(atMillis);
    int index = firstIndex;
    int from = 0;
    while (from < body.length()) {
      int end = body.indexOf('\n', from);
      var here = new Cursor(position, index);
      if (cursor.isBefore(here)) {
        found.add(event(here, at, from, end));
      }
      from = end + 1;
      index++;
    }
    return found;
  }

  private Event event(Cursor here, Instant at, int from, int end) {
    int blank = body.indexOf(' ', from);
    int sign = body.lastIndexOf('@', blank);
    return new Event(
        here,
        at,
        body.substring(from, sign),
        Integer.parseInt(body, sign + 1, blank, 10),
        body.substring(blank + 1, end));
  }

  /** Lays events out in as many rows as they need. */
  static List<JournalRow> of(long number, long atMillis, List<EncodedEvent> events) {
    var rows = new ArrayList<JournalRow>();
    var body = new StringBuilder(Math.min(BODY_BYTES, 200 * events.size()));
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      EncodedEvent event = events.get(i);
      body.append(event.type).append('@').append(event.version).append(' ');
      body.append(event.json).append('\n');
      bytes += event.bytes;
      if (bytes >= BODY_BYTES || i == events.size() - 1) {
        rows.add(
            new JournalRow(
                id(number, rows.size()), atMillis, first, i + 1 - first, body.toString()));
        first = i + 1;
        body.setLength(0);
        bytes = 0;
      }
    }
    if (rows.size() > PARTS) {
      throw new IllegalArgumentException(
          "the events of one commit are too large: " + events.size() + "; emit fewer at once");
    }
    return rows;
  }
}
