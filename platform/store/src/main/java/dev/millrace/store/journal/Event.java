package dev.millrace.store.journal;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as the journal has it. Immutable.
 *
 * @param cursor its place; a reader that has handled it goes on after this
 * @param at when its commit was made
 * @param type the name of its {@link EventType}, or {@code table:} and the name of a followed table
 * @param version of the type when the event was emitted
 * @param json its content
 */
public record Event(Cursor cursor, Instant at, String type, int version, String json) {

  /** Whether the event is of {@code other}, in whatever version. */
  public boolean is(EventType<?> other) {
    return type.equals(other.name());
  }

  /**
   * Reads the content, brought to the current version if it is older.
   *
   * @throws IllegalArgumentException if it is of another type or of a newer version
   */
  public <E> E as(EventType<E> expected) {
    if (!is(expected)) {
      throw new IllegalArgumentException(
          "event " + cursor + " is a " + type + " and no " + expected.name());
    }
    if (version > expected.version()) {
      throw new IllegalArgumentException(
          "event "
              + cursor
              + " is of version "
              + version
              + " of "
              + type
              + ", this program knows "
              + expected.version()
              + "; use the newer program");
    }
    var upgrade = expected.upgrade();
    if (version == expected.version() || upgrade == null) {
      return Json.MAPPER.readValue(json, expected.record());
    }
    ObjectNode old = (ObjectNode) Json.MAPPER.readTree(json);
    return Json.MAPPER.treeToValue(upgrade.apply(version, old), expected.record());
  }

  /**
   * Reads the change of a followed table.
   *
   * @throws IllegalArgumentException if the event is none
   */
  public TableChange asChange() {
    if (!type.startsWith(TableChange.PREFIX)) {
      throw new IllegalArgumentException(
          "event " + cursor + " is a " + type + " and no change of a table");
    }
    return TableChange.read(type.substring(TableChange.PREFIX.length()), json);
  }
}
