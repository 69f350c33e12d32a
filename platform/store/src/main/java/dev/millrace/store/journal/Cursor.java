package dev.millrace.store.journal;

import dev.millrace.store.Position;

/**
 * A place between two events: after event {@code index} of commit {@code position}, before the
 * next. Immutable, ordered within a history.
 *
 * @param index from 0; -1 before the first event of the commit, {@link #ALL} after the last
 */
public record Cursor(Position position, int index) {
  /** After all events of the commit. */
  public static final int ALL = Integer.MAX_VALUE;

  public Cursor {
    if (index < -1) {
      throw new IllegalArgumentException("an index is -1 or more, not " + index);
    }
  }

  /** After everything up to and including commit {@code position}. */
  public static Cursor after(Position position) {
    return new Cursor(position, ALL);
  }

  /**
   * Reads a token that {@link #toString} wrote, or that of a {@link Position}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cursor parse(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return after(Position.parse(token));
    }
    Position position = Position.parse(token.substring(0, dot));
    try {
      return new Cursor(position, Integer.parseInt(token, dot + 1, token.length(), 10));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "'" + token + "' is not a place in the journal; use one exactly as an answer gave it",
          notANumber);
    }
  }

  boolean isBefore(Cursor other) {
    return position.number() < other.position.number()
        || (position.number() == other.position.number() && index < other.index);
  }

  /** The opaque token that is shown to clients. */
  @Override
  public String toString() {
    return index == ALL ? position.toString() : position + "." + index;
  }
}
