package dev.millrace.tasks.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Names and what each waits for. Immutable. */
final class Graph {
  private final Map<String, List<String>> before;

  /**
   * @param before for each name those that come before it, all of them known
   */
  Graph(Map<String, List<String>> before) {
    this.before = new LinkedHashMap<>(before);
  }

  static Graph of(Workflow workflow) {
    var before = new LinkedHashMap<String, List<String>>();
    workflow.stages().forEach(stage -> before.put(stage.name(), stage.after()));
    return new Graph(before);
  }

  static Graph of(Stage stage) {
    var before = new LinkedHashMap<String, List<String>>();
    stage.tasks().forEach(task -> before.put(task.name(), stage.before(task)));
    return new Graph(before);
  }

  /** A way that leads back to where it began, its first name repeated at the end. */
  Optional<List<String>> cycle() {
    var through = new HashSet<String>();
    for (String name : before.keySet()) {
      Optional<List<String>> cycle = cycle(name, new LinkedHashSet<>(), through);
      if (cycle.isPresent()) {
        return cycle;
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> cycle(String name, Set<String> way, Set<String> through) {
    if (!way.add(name)) {
      var names = new ArrayList<>(way);
      List<String> cycle = new ArrayList<>(names.subList(names.indexOf(name), names.size()));
      cycle.add(name);
      return Optional.of(cycle.reversed());
    }
    if (!through.contains(name)) {
      for (String earlier : before.getOrDefault(name, List.of())) {
        Optional<List<String>> cycle = cycle(earlier, way, through);
        if (cycle.isPresent()) {
          return cycle;
        }
      }
      through.add(name);
    }
    way.remove(name);
    return Optional.empty();
  }

  /** Those and everything that comes after them, in the order of the definition. */
  Set<String> from(Collection<String> names) {
    var reached = new LinkedHashSet<>(names);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, List<String>> entry : before.entrySet()) {
        if (!reached.contains(entry.getKey())
            && entry.getValue().stream().anyMatch(reached::contains)) {
          grown |= reached.add(entry.getKey());
        }
      }
    }
    return reached;
  }

  /** The longest way by {@code length}, first to last, of a graph without a cycle. */
  List<String> longestWay(ToLongFunction<String> length) {
    var best = new LinkedHashMap<String, List<String>>();
    List<String> longest = List.of();
    for (String name : before.keySet()) {
      List<String> way = longestTo(name, length, best);
      long difference = sum(way, length) - sum(longest, length);
      if (difference > 0 || (difference == 0 && way.size() > longest.size())) {
        longest = way;
      }
    }
    return longest;
  }

  private List<String> longestTo(
      String name, ToLongFunction<String> length, Map<String, List<String>> best) {
    List<String> known = best.get(name);
    if (known != null) {
      return known;
    }
    List<String> longest = List.of();
    for (String earlier : before.getOrDefault(name, List.of())) {
      List<String> way = longestTo(earlier, length, best);
      if (longest.isEmpty() || sum(way, length) > sum(longest, length)) {
        longest = way;
      }
    }
    var way = new ArrayList<>(longest);
    way.add(name);
    best.put(name, way);
    return way;
  }

  static long sum(List<String> way, ToLongFunction<String> length) {
    return way.stream().mapToLong(length).sum();
  }
}
