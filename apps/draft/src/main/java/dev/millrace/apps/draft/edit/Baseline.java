package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.recipe.Fault;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was wrong with drafts before they were worked on: no work may add to it. */
final class Baseline {
  private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);

  void add(List<Finding> findings) {
    for (Finding finding : findings) {
      counts.merge(finding.rule(), 1, Integer::sum);
    }
  }

  /** Refuses a result that breaks a rule more often than its drafts did. */
  void compare(List<Finding> now) throws RefusedException {
    Map<Rule, Integer> after = new EnumMap<>(Rule.class);
    List<Fault> faults = new java.util.ArrayList<>();
    for (Finding finding : now) {
      Rule rule = finding.rule();
      int count = after.merge(rule, 1, Integer::sum);
      if (rule.severity() == Rule.Severity.ERROR && count > counts.getOrDefault(rule, 0)) {
        faults.add(
            new Fault(finding.pointer(), rule.word(), finding.file() + ": " + finding.detail()));
      }
    }
    if (!faults.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.BREAKS,
          "the result would break "
              + faults.getFirst().code()
              + " at "
              + faults.getFirst().pointer()
              + " ("
              + faults.getFirst().detail()
              + ")",
          faults.subList(0, Math.min(faults.size(), 100)));
    }
  }
}
