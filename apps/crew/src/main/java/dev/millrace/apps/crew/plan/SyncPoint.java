package dev.millrace.apps.crew.plan;

import dev.millrace.apps.crew.gates.Criterion;
import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.time.Duration;
import java.util.Map;

/** Where everybody stops and is checked before the next stage. */
@Doc("Where everybody stops and is checked before the next stage.")
public record SyncPoint(
    @Doc("What it is about, for people.") @Size(min = 1, max = 100) String name,
    @Doc("What it waits for.") @Default("validation") SyncType type,
    @Doc("By metric the rule that it must fulfil: >90, >=90, <5, <=5, ==x, true, false or a value.")
        @Size(max = 50)
        Map<String, String> criteria,
    @Doc("How long it waits.") @Default("PT5M") Duration timeout,
    @Doc("Whether the plan stops where it fails.") @Default("true") boolean mustPass) {
  static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

  public SyncPoint {
    criteria = Criterion.inOrder(criteria);
    criteria.forEach(Criterion::parse);
  }

  static SyncPoint of(String name, SyncType type, Map<String, String> criteria) {
    return new SyncPoint(name, type, criteria, USUAL_TIMEOUT, true);
  }
}
