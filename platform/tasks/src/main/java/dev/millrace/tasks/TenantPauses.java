package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which tenants are to start nothing, in the database and in memory. Thread-safe. */
final class TenantPauses {
  private static final int MOST = 100_000;
  private static final String LOAD = "SELECT tenant, queue FROM task_tenant_pauses";
  private static final String ADD =
      "INSERT INTO task_tenant_pauses (tenant, queue) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String REMOVE =
      "DELETE FROM task_tenant_pauses WHERE tenant = ? AND queue = ?";
  private static final String REMOVE_ALL = "DELETE FROM task_tenant_pauses WHERE tenant = ?";

  private final Store store;
  private final Told told;

  /** The queues in which tenants are paused. Changed on the writer's thread. */
  private final Map<String, Set<String>> paused = new ConcurrentHashMap<>();

  /** Learns that a tenant is to start nothing any more, or may go on. */
  @FunctionalInterface
  interface Told {
    void changed(String tenant);
  }

  TenantPauses(Store store, Told told) {
    this.store = store;
    this.told = told;
  }

  void load(Snapshot view) {
    paused.clear();
    view.forEach(LOAD, row -> add(row.getString(1), row.getString(2)));
  }

  private void add(String tenant, String queue) {
    var changed = new TreeSet<>(paused.getOrDefault(tenant, Set.of()));
    changed.add(queue);
    paused.put(tenant, changed);
  }

  private void remove(String tenant, String queue) {
    var changed = new TreeSet<>(paused.getOrDefault(tenant, Set.of()));
    changed.remove(queue);
    if (changed.isEmpty()) {
      paused.remove(tenant);
    } else {
      paused.put(tenant, changed);
    }
  }

  /** Whether a tenant, null for nobody, starts nothing in a queue. */
  boolean isPaused(@Nullable String tenant, String queue) {
    if (tenant == null || paused.isEmpty()) {
      return false;
    }
    Set<String> queues = paused.get(tenant);
    return queues != null && (queues.contains(TenantStore.ALL) || queues.contains(queue));
  }

  Set<String> tenants() {
    return paused.keySet();
  }

  /** Where a tenant is paused; {@link TenantStore#ALL} for everywhere. */
  Set<String> of(String tenant) {
    return paused.getOrDefault(tenant, Set.of());
  }

  Position pause(String tenant, String queue) {
    if (paused.size() >= MOST && !paused.containsKey(tenant)) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "tenant",
          MOST + " tenants are paused",
          "Have those go on that need not be paused any more.");
    }
    return store.write(tx -> {
      tx.update(ADD, tenant, queue);
      tx.afterCommit(() -> {
        add(tenant, queue);
        told.changed(tenant);
      });
    });
  }

  /**
   * Takes a pause back.
   *
   * @param queue null for all of that tenant
   */
  Position resume(String tenant, @Nullable String queue) {
    return store.write(tx -> {
      if (queue == null) {
        tx.update(REMOVE_ALL, tenant);
      } else {
        tx.update(REMOVE, tenant, queue);
      }
      tx.afterCommit(() -> {
        if (queue == null) {
          paused.remove(tenant);
        } else {
          remove(tenant, queue);
        }
        told.changed(tenant);
      });
    });
  }
}
