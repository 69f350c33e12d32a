package dev.millrace.server.store;

import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.store.Finding;
import dev.millrace.store.Health;
import dev.millrace.store.Store;
import java.util.Map;

/** The store on the health page. */
public final class StoreHealth implements HealthCheck {
  private final Store store;

  public StoreHealth(Store store) {
    this.store = store;
  }

  @Override
  public PartHealth health() {
    Health health = store.health();
    return switch (health.state()) {
      case OK -> {
        String position = store.position().toString();
        yield PartHealth.ok(
            new Finding("store-well", Map.of("position", position), "position " + position));
      }
      case DEGRADED -> PartHealth.of(PartHealth.State.DEGRADED, health.findings());
      case FAILED -> PartHealth.of(PartHealth.State.FAILED, health.findings());
    };
  }
}
