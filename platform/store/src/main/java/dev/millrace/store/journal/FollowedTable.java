package dev.millrace.store.journal;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A table whose changes go to the journal, whoever makes them: plain SQL, triggers, cascades.
 * Immutable.
 *
 * @param key columns that name a row
 * @param columns other columns to record, before and after the change
 */
public record FollowedTable(String name, List<String> key, List<String> columns) {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  public FollowedTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "followed table " + name + " has no key; name the columns that tell its rows apart");
    }
    Stream.concat(Stream.of(name), Stream.concat(key.stream(), columns.stream()))
        .forEach(FollowedTable::requireIdentifier);
  }

  public static FollowedTable of(String name, String... key) {
    return new FollowedTable(name, List.of(key), List.of());
  }

  /** With columns recorded before and after each change. */
  public FollowedTable with(String... recorded) {
    return new FollowedTable(name, key, List.of(recorded));
  }

  private static void requireIdentifier(String word) {
    if (!IDENTIFIER.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "'" + word + "' cannot be followed; use names of letters, digits and _");
    }
  }
}
