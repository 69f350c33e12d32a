package dev.millrace.server.store;

import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.store.Health;
import dev.millrace.store.Store;

/** The store on the health page. */
public final class StoreHealth implements HealthCheck {
  private final Store store;

  public StoreHealth(Store store) {
    this.store = store;
  }

  @Override
  public PartHealth health() {
    Health health = store.health();
    String reasons = String.join(" ", health.reasons());
    return switch (health.state()) {
      case OK -> PartHealth.ok("position " + store.position());
      case DEGRADED -> PartHealth.degraded(reasons);
      case FAILED -> PartHealth.failed(reasons);
    };
  }
}
