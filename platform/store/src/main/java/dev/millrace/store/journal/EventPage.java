package dev.millrace.store.journal;

import java.util.List;

/**
 * Some events in order.
 *
 * @param next where to go on, which may lie far behind the last event if none of the asked types
 *     came in between
 * @param atEnd whether there was nothing more when it was read
 */
public record EventPage(List<Event> items, Cursor next, boolean atEnd) {
  public EventPage {
    items = List.copyOf(items);
  }
}
