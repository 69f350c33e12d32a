package dev.millrace.tasks.window;

/**
 * Where a task stands in the order of its queue: by rank, then by key. Immutable.
 *
 * @param rank smaller runs first
 * @param key smaller was submitted first
 */
public record Place(long rank, long key) implements Comparable<Place> {
  /** Before every task. */
  public static final Place FIRST = new Place(Long.MIN_VALUE, Long.MIN_VALUE);

  /** After every task. */
  public static final Place LAST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

  @Override
  public int compareTo(Place other) {
    return compare(rank, key, other.rank, other.key);
  }

  /** The last place before this one. */
  Place previous() {
    return new Place(rank, key - 1);
  }

  static int compare(long rank, long key, long otherRank, long otherKey) {
    int byRank = Long.compare(rank, otherRank);
    return byRank != 0 ? byRank : Long.compare(key, otherKey);
  }
}
