package dev.millrace.tasks.window;

import org.jspecify.annotations.Nullable;

/**
 * One tenant's part of a queue: its window, and where it stands in the order of lanes. The order
 * must not change under the set that keeps it, so the head that it was put in by is kept here.
 */
final class Lane<E extends WindowEntry> implements Comparable<Lane<E>> {
  final String name;
  final ReadyWindow<E> window;

  /** The virtual time at which its next task starts. */
  long start;

  /** Whether its tasks are not to start. */
  boolean held;

  private boolean urgent;
  private long shownStart;
  private Place head = Place.LAST;

  Lane(String name, ReadyWindow<E> window, long start) {
    this.name = name;
    this.window = window;
    this.start = start;
  }

  /** Whether the order of lanes has it as it is now, with {@code first} at its head. */
  boolean isShown(E first) {
    return shownStart == start && head.rank() == first.rank() && head.key() == first.key();
  }

  /** Takes over how it is now into what the order goes by. */
  void show(@Nullable E first) {
    shownStart = start;
    head = first == null ? Place.LAST : new Place(first.rank(), first.key());
    urgent = first != null && first.rank() <= 0;
  }

  @Override
  public int compareTo(Lane<E> other) {
    if (this == other) {
      return 0;
    }
    if (urgent != other.urgent) {
      return urgent ? -1 : 1;
    }
    int byStart = Long.compare(shownStart, other.shownStart);
    return byStart != 0 ? byStart : head.compareTo(other.head);
  }
}
