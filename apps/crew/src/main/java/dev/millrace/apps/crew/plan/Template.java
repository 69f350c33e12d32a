package dev.millrace.apps.crew.plan;

import dev.millrace.http.schema.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Phases that are used again and again.
 *
 * @param threshold the index of complexity that it is made for, 1 to 10
 * @param domains of requests that it suits; empty for all equally
 */
public record Template(
    String id,
    String name,
    String description,
    double threshold,
    TemplateKind kind,
    List<String> domains,
    List<Phase> phases,
    boolean builtIn) {

  public Template {
    domains = List.copyOf(domains);
    phases = List.copyOf(phases);
  }

  /**
   * Checks what a template refers to.
   *
   * @param isAgent whether there is an agent of a name
   * @throws PlanException with every reference that leads nowhere, or the names of a cycle
   */
  public void check(Predicate<String> isAgent) {
    List<Fault> faults = new ArrayList<>();
    Map<String, List<String>> dependsOn = new LinkedHashMap<>();
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      if (dependsOn.put(phase.name(), phase.dependsOn()) != null) {
        faults.add(
            new Fault(
                "/phases/" + i + "/name",
                "'" + phase.name() + "' is the name of an earlier phase; give it another",
                "duplicate"));
      }
      SyncPoint sync = phase.syncPoint();
      boolean ruled = phase.gate() != null || (sync != null && !sync.criteria().isEmpty());
      if (sync != null && !ruled && sync.type().needsCriteria()) {
        faults.add(
            new Fault(
                "/phases/" + i + "/syncPoint/criteria",
                "{} is nothing to check, so a sync point of type "
                    + sync.type().word()
                    + " would always pass; name rules such as \"api_compat\": \"==100\", or use"
                    + " checkpoint for a person's word",
                "missing-criteria"));
      }
      for (int a = 0; a < phase.agents().size(); a++) {
        String agent = phase.agents().get(a);
        if (!isAgent.test(agent)) {
          faults.add(
              new Fault(
                  "/phases/" + i + "/agents/" + a,
                  "there is no agent '" + agent + "'; the list is at /api/v1/crew/agents",
                  "missing-reference"));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new PlanException(faults);
    }
    Dependencies.of(dependsOn, "/phases");
  }

  /** The phase of a name. */
  Optional<Phase> phase(String wanted) {
    return phases.stream().filter(phase -> phase.name().equals(wanted)).findFirst();
  }
}
