package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Names and what each depends on, in the order in which they were given. Every name it mentions
 * exists and there is no cycle. Immutable after the constructor.
 */
public final class Dependencies {
  private final Map<String, List<String>> dependsOn;
  private final List<List<String>> levels;

  private Dependencies(Map<String, List<String>> dependsOn, List<List<String>> levels) {
    this.dependsOn = dependsOn;
    this.levels = levels;
  }

  /**
   * Checks them and computes the levels.
   *
   * @param pointer where they stand, such as {@code /phases}; a fault is below it
   * @throws PlanException naming each reference that leads nowhere, or the names of a cycle
   */
  public static Dependencies of(Map<String, List<String>> dependsOn, String pointer) {
    requireKnown(dependsOn, pointer);
    List<List<String>> levels = levels(dependsOn);
    int placed = levels.stream().mapToInt(List::size).sum();
    if (placed < dependsOn.size()) {
      List<String> cycle = cycle(dependsOn, levels);
      throw new PlanException(
          List.of(
              new Fault(
                  pointer + "/" + position(dependsOn, cycle.getFirst()) + "/dependsOn",
                  "the dependencies go in a circle: "
                      + String.join(" → ", cycle)
                      + "; take one of them out",
                  "cycle")));
    }
    return new Dependencies(new LinkedHashMap<>(dependsOn), levels);
  }

  private static void requireKnown(Map<String, List<String>> dependsOn, String pointer) {
    List<Fault> faults = new ArrayList<>();
    int at = 0;
    for (var entry : dependsOn.entrySet()) {
      for (int i = 0; i < entry.getValue().size(); i++) {
        String wanted = entry.getValue().get(i);
        if (!dependsOn.containsKey(wanted)) {
          faults.add(
              new Fault(
                  pointer + "/" + at + "/dependsOn/" + i,
                  "'"
                      + entry.getKey()
                      + "' depends on '"
                      + wanted
                      + "', which is not there; use one of "
                      + String.join(", ", dependsOn.keySet()),
                  "missing-reference"));
        }
      }
      at++;
    }
    if (!faults.isEmpty()) {
      throw new PlanException(faults);
    }
  }

  private static int position(Map<String, List<String>> dependsOn, String name) {
    return new ArrayList<>(dependsOn.keySet()).indexOf(name);
  }

  /** After Kahn: each level has what depends on earlier levels only. */
  private static List<List<String>> levels(Map<String, List<String>> dependsOn) {
    Map<String, Integer> open = new HashMap<>();
    Map<String, List<String>> followers = new HashMap<>();
    dependsOn.forEach((name, needs) -> {
      Set<String> distinct = new HashSet<>(needs);
      open.put(name, distinct.size());
      distinct.forEach(need -> followers.computeIfAbsent(need, _ -> new ArrayList<>()).add(name));
    });
    List<List<String>> levels = new ArrayList<>();
    List<String> level =
        dependsOn.keySet().stream().filter(name -> open.getOrDefault(name, 0) == 0).toList();
    while (!level.isEmpty()) {
      levels.add(level);
      List<String> next = new ArrayList<>();
      for (String done : level) {
        for (String follower : followers.getOrDefault(done, List.of())) {
          if (open.merge(follower, -1, Integer::sum) == 0) {
            next.add(follower);
          }
        }
      }
      level = next;
    }
    return levels;
  }

  /** One circle among what could not be placed, its first name again at the end. */
  private static List<String> cycle(
      Map<String, List<String>> dependsOn, List<List<String>> levels) {
    Set<String> placed = new HashSet<>();
    levels.forEach(placed::addAll);
    String name =
        dependsOn.keySet().stream()
            .filter(each -> !placed.contains(each))
            .findFirst()
            .orElseThrow();
    ArrayDeque<String> way = new ArrayDeque<>();
    while (!way.contains(name)) {
      way.add(name);
      name =
          dependsOn.getOrDefault(name, List.of()).stream()
              .filter(each -> !placed.contains(each))
              .findFirst()
              .orElseThrow();
    }
    while (!way.getFirst().equals(name)) {
      way.removeFirst();
    }
    way.add(name);
    return List.copyOf(way);
  }

  /** What can run at the same time, in order. */
  public List<List<String>> levels() {
    return levels;
  }

  /** The way through the dependencies that takes longest; of as long ones, the first. */
  public List<String> longestPath(ToDoubleFunction<String> length) {
    Map<String, Double> end = new HashMap<>();
    Map<String, String> before = new HashMap<>();
    String last = "";
    for (List<String> level : levels) {
      for (String name : level) {
        double start = 0;
        for (String need : dependsOn.getOrDefault(name, List.of())) {
          double needed = end.getOrDefault(need, 0.0);
          if (needed > start) {
            start = needed;
            before.put(name, need);
          }
        }
        end.put(name, start + length.applyAsDouble(name));
        if (last.isEmpty() || end.getOrDefault(name, 0.0) > end.getOrDefault(last, 0.0) + 1e-9) {
          last = name;
        }
      }
    }
    ArrayDeque<String> path = new ArrayDeque<>();
    for (String name = last; name != null && !name.isEmpty(); name = before.get(name)) {
      path.addFirst(name);
    }
    return List.copyOf(path);
  }
}
