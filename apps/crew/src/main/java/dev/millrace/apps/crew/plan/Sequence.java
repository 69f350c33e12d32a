package dev.millrace.apps.crew.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Which tasks of a stage must be over before the next one. Tasks come group by group. Confined to
 * one thread.
 */
final class Sequence {
  private final ExecutionMode mode;
  private List<String> earlier = List.of();
  private List<String> group = new ArrayList<>();
  private int place = -1;

  Sequence(ExecutionMode mode) {
    this.mode = mode;
  }

  /** The tasks that {@code id}, of the group {@code at}, waits for. */
  List<String> before(String id, int at) {
    if (mode.isGrouped() && at != place) {
      earlier = group;
      group = new ArrayList<>();
      place = at;
    }
    List<String> last = group.isEmpty() ? List.of() : List.of(group.getLast());
    group.add(id);
    return switch (mode) {
      case PARALLEL, PARALLEL_THEN_SYNC, HYBRID -> List.of();
      case SEQUENTIAL, DOMAIN_PARALLEL -> last;
      case LAYERED -> List.copyOf(earlier);
    };
  }
}
