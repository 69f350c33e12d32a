package dev.millrace.tasks.workflow;

import dev.millrace.tasks.workflow.Workflow.Place;
import dev.millrace.tasks.workflow.Workflow.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks through the workflows that a definition has within it. Used once, by one thread. */
public final class SubWorkflows {
  /** How deep workflows may stand in each other. */
  static final int DEPTH = 10;

  private final Function<String, Optional<Workflow>> definitions;
  private final Map<String, Duration> estimates = new HashMap<>();

  /**
   * @param definitions finds the latest version by its name
   */
  public SubWorkflows(Function<String, Optional<Workflow>> definitions) {
    this.definitions = definitions;
  }

  /** Workflows that are missing, lead back to {@code workflow}, or stand too deep in each other. */
  public List<Problem> problems(Workflow workflow) {
    var problems = new ArrayList<Problem>();
    var sound = new HashSet<String>();
    for (Place place : workflow.types()) {
      SubWorkflow.name(place.type())
          .flatMap(name -> {
            Set<String> way = new LinkedHashSet<>(List.of(workflow.name()));
            return wrong(name, way, sound);
          })
          .ifPresent(wrong -> problems.add(new Problem(place.pointer(), wrong)));
    }
    return problems;
  }

  private Optional<String> wrong(String name, Set<String> way, Set<String> sound) {
    if (sound.contains(name)) {
      return Optional.empty();
    }
    String arrows = String.join(" \u2192 ", way) + " \u2192 " + name;
    if (way.contains(name)) {
      return Optional.of("workflows lead back to each other: " + arrows);
    }
    if (way.size() > DEPTH) {
      return Optional.of("workflows stand more than " + DEPTH + " deep in each other: " + arrows);
    }
    Workflow there = definitions.apply(name).orElse(null);
    if (there == null) {
      return Optional.of("there is no workflow '" + name + "'; define it first (" + arrows + ")");
    }
    way.add(name);
    for (Place place : there.types()) {
      Optional<String> wrong = SubWorkflow.name(place.type()).flatMap(in -> wrong(in, way, sound));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    way.remove(name);
    sound.add(name);
    return Optional.empty();
  }

  /** The longest way through {@code workflow}, where those within it count with their own. */
  public Times estimate(Workflow workflow) {
    return Times.estimated(workflow, this::estimateOf);
  }

  private Duration estimateOf(String name) {
    Duration known = estimates.putIfAbsent(name, Duration.ZERO);
    if (known != null) {
      return known;
    }
    Duration found =
        definitions.apply(name).map(there -> estimate(there).time()).orElse(Duration.ZERO);
    estimates.put(name, found);
    return found;
  }
}
