package dev.millrace.store;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A place in the history of commits: everything up to and including commit {@code number} of
 * history {@code history}. Immutable.
 *
 * <p>Positions of one history are ordered as their commits became visible. Restoring a backup
 * starts a new history, so a position of another history means nothing here and is refused.
 *
 * @param history the history's id, random when a database is created or restored
 * @param number commits of this history so far, 0 for a new database
 */
public record Position(long history, long number) {
  private static final Pattern TOKEN = Pattern.compile("([0-9a-f]{16})-([0-9]{1,19})");

  public Position {
    if (number < 0) {
      throw new IllegalArgumentException("a position's number is 0 or more, not " + number);
    }
  }

  /**
   * Reads a token that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Position parse(String token) {
    var matcher = TOKEN.matcher(token);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + token + "' is not a position; use one exactly as an answer gave it");
    }
    try {
      return new Position(
          HexFormat.fromHexDigitsToLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("'" + token + "' is not a position", tooLarge);
    }
  }

  /** Whether everything visible at {@code other} is visible here; false across histories. */
  public boolean includes(Position other) {
    return history == other.history && number >= other.number;
  }

  /** The opaque token that is shown to clients. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(history) + "-" + number;
  }
}
