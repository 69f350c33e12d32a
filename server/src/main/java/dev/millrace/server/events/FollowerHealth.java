package dev.millrace.server.events;

import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.store.Finding;
import dev.millrace.store.journal.FollowerState;
import dev.millrace.store.journal.FollowerStatus;
import dev.millrace.store.journal.Journal;
import java.util.List;
import java.util.Map;

/** The followers of the journal on the health page. */
public final class FollowerHealth implements HealthCheck {
  private final Journal journal;

  public FollowerHealth(Journal journal) {
    this.journal = journal;
  }

  @Override
  public PartHealth health() {
    List<FollowerStatus> all = journal.followers();
    List<Finding> stuck =
        all.stream()
            .filter(status -> status.state() != FollowerState.RUNNING)
            .map(FollowerHealth::stuck)
            .toList();
    int count = all.size();
    return stuck.isEmpty()
        ? PartHealth.ok(
            new Finding(
                "followers",
                Map.of("count", count),
                count == 1 ? "1 follower" : count + " followers"))
        : PartHealth.of(PartHealth.State.DEGRADED, stuck);
  }

  private static Finding stuck(FollowerStatus status) {
    String asOf = status.asOf().toString();
    Map<String, Object> facts = Map.of("follower", status.name(), "asOf", asOf);
    return status.state() == FollowerState.LOST
        ? new Finding(
            "follower-lost", facts, status.name() + " is lost as of " + asOf + "; rebuild it")
        : new Finding(
            "follower-parked",
            facts,
            status.name() + " is parked as of " + asOf + "; drive it again");
  }
}
