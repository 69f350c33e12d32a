package dev.millrace.server.events;

import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.store.journal.FollowerState;
import dev.millrace.store.journal.FollowerStatus;
import dev.millrace.store.journal.Journal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The followers of the journal on the health page. */
public final class FollowerHealth implements HealthCheck {
  private final Journal journal;

  public FollowerHealth(Journal journal) {
    this.journal = journal;
  }

  @Override
  public PartHealth health() {
    List<FollowerStatus> all = journal.followers();
    String stuck =
        all.stream()
            .filter(status -> status.state() != FollowerState.RUNNING)
            .map(status ->
                status.name()
                    + " is "
                    + status.state().name().toLowerCase(Locale.ROOT)
                    + " as of "
                    + status.asOf())
            .collect(Collectors.joining("; "));
    return stuck.isEmpty()
        ? PartHealth.ok(all.size() + " followers")
        : PartHealth.degraded(stuck + "; drive a parked one again, rebuild a lost one");
  }
}
