package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.gates.Criterion;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.util.Map;

/** What is looked at while a stage is at work. */
@Doc(
    "What is looked at while a stage is at work: after each of its tasks, and on metrics handed"
        + " in.")
public record ProcessGate(
    @Doc(
            "By metric the rule that must hold as soon as it is known: >90, >=90, <5, <=5, ==x,"
                + " true, false or a value.")
        @Size(min = 1, max = 50)
        Map<String, String> rules,
    @Doc("Whether the run fails where one does not hold; else it only warns.") @Default("true")
        Boolean stops) {
  @SuppressWarnings("NullAway") // Absent in JSON.
  public ProcessGate {
    stops = stops == null || stops;
    rules = Criterion.inOrder(rules);
    rules.forEach(Criterion::parse);
  }
}
