package dev.millrace.tasks;

import java.util.List;

/**
 * How many tasks each value of a filter would show. The counts of a facet regard the other parts of
 * the filter and leave out its own, so that they tell what another choice would give. Immutable.
 *
 * @param states in the order of {@link TaskState}
 * @param queues the fullest first, as types and tags
 */
public record TaskFacets(
    List<Count> states, List<Count> queues, List<Count> types, List<Count> tags) {
  public TaskFacets {
    states = List.copyOf(states);
    queues = List.copyOf(queues);
    types = List.copyOf(types);
    tags = List.copyOf(tags);
  }

  /**
   * A value and how many tasks have it.
   *
   * @param capped whether there may be more: the work of counting is bounded
   */
  public record Count(String value, long count, boolean capped) {}
}
