package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a tenant may wait. Thread-safe.
 *
 * <p>Only the tasks of tenants that have a bound are counted, in memory: once from the database
 * when the bound is set or the process starts, and from then on by the commits. While the database
 * is counted commits go on, so each change is kept with the number of its commit, and those that
 * the count has seen are left out.
 */
final class TenantBounds {
  private static final int MOST_TENANTS = 10_000;
  private static final long MOST = 1_000_000_000;
  private static final String LOAD = "SELECT tenant, most FROM task_tenant_bounds";
  private static final String SET =
      "INSERT INTO task_tenant_bounds (tenant, most) VALUES (?, ?)"
          + " ON CONFLICT (tenant) DO UPDATE SET most = excluded.most";
  private static final String FORGET = "DELETE FROM task_tenant_bounds WHERE tenant = ?";
  private static final String COUNT = "SELECT count(*) FROM tasks WHERE tenant = ?";
  private static final String COUNT_ALL =
      "SELECT tenant, count(*) FROM tasks WHERE tenant IN (SELECT tenant FROM task_tenant_bounds)"
          + " GROUP BY tenant";

  private final Store store;
  private final RunningTasks running;
  private final Map<String, Bound> byTenant = new ConcurrentHashMap<>();

  TenantBounds(Store store, RunningTasks running) {
    this.store = store;
    this.running = running;
  }

  /** Guarded by itself. */
  private static final class Bound {
    long most;
    long open;

    /** The commits that {@link #open} includes whatever they tell; -1 before it was counted. */
    long counted = -1;

    final List<Change> before = new ArrayList<>();

    Bound(long most) {
      this.most = most;
    }

    synchronized boolean isUncounted() {
      return counted < 0;
    }

    synchronized void count(long there, long upTo) {
      if (counted >= 0) {
        return; // Another one was faster.
      }
      open = there;
      counted = upTo;
      before.stream().filter(each -> each.commit > upTo).forEach(each -> open += each.by);
      before.clear();
    }

    synchronized void change(long commit, long by) {
      if (counted < 0) {
        before.add(new Change(commit, by));
      } else if (commit > counted) {
        open += by;
      }
    }

    synchronized void most(long to) {
      most = to;
    }

    synchronized boolean isFull(long more) {
      return counted >= 0 && open + more >= most;
    }

    synchronized long open() {
      return open;
    }

    synchronized long most() {
      return most;
    }
  }

  private record Change(long commit, long by) {}

  void load(Snapshot view) {
    byTenant.clear();
    view.forEach(LOAD, row -> byTenant.put(row.getString(1), new Bound(row.getLong(2))));
    if (byTenant.isEmpty()) {
      return;
    }
    var there = new HashMap<String, Long>();
    view.forEach(COUNT_ALL, row -> there.put(row.getString(1), row.getLong(2)));
    long upTo = view.position().number();
    byTenant.forEach((tenant, bound) -> bound.count(there.getOrDefault(tenant, 0L), upTo));
  }

  Set<String> tenants() {
    return byTenant.keySet();
  }

  /** How many may wait; null for any number. */
  @Nullable Long most(String tenant) {
    Bound bound = byTenant.get(tenant);
    return bound == null ? null : bound.most();
  }

  /** How many wait; null where that is not counted. */
  @Nullable Long waiting(String tenant) {
    Bound bound = byTenant.get(tenant);
    return bound == null ? null : Math.max(0, bound.open() - atWork(tenant));
  }

  Position set(String tenant, long most) {
    if (most < 1 || most > MOST) {
      throw Limits.option("tasks", most, "Use 1 to " + MOST + ".");
    }
    if (byTenant.size() >= MOST_TENANTS && !byTenant.containsKey(tenant)) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "tenant",
          MOST_TENANTS + " tenants are bounded",
          "Take those bounds back that are not needed any more.");
    }
    Position position =
        store.write(tx -> {
          tx.update(SET, tenant, most);
          tx.afterCommit(() -> byTenant.computeIfAbsent(tenant, _ -> new Bound(most)).most(most));
        });
    Bound bound = byTenant.get(tenant);
    if (bound != null && bound.isUncounted()) {
      store.<@Nullable Void, RuntimeException>read(view -> {
        bound.count(view.number(COUNT, tenant), view.position().number());
        return null;
      });
    }
    return position;
  }

  Position forget(String tenant) {
    return store.write(tx -> {
      tx.update(FORGET, tenant);
      tx.afterCommit(() -> byTenant.remove(tenant));
    });
  }

  /** Whether any tenant has a bound. */
  boolean areAny() {
    return !byTenant.isEmpty();
  }

  boolean isBounded(@Nullable String tenant) {
    return tenant != null && !byTenant.isEmpty() && byTenant.containsKey(tenant);
  }

  /**
   * Lets one more task of a tenant come from outside.
   *
   * @param more how many this commit has added before
   * @throws TaskException if as many wait as may
   */
  void admit(@Nullable String tenant, long more) {
    Bound bound = tenant == null ? null : byTenant.get(tenant);
    if (tenant == null || bound == null || !bound.isFull(more)) {
      return;
    }
    long atWork = atWork(tenant);
    if (bound.isFull(more - atWork)) {
      throw TaskException.of(
          TaskException.Reason.TENANT_FULL,
          "tenant",
          (bound.open() + more - atWork)
              + " tasks of tenant '"
              + tenant
              + "' wait, and "
              + bound.most()
              + " may",
          "Submit again when some of them have run, or let more of them wait.");
    }
  }

  private long atWork(String tenant) {
    return running.atWork().stream().filter(run -> tenant.equals(run.row.tenant())).count();
  }

  /** Takes note of a commit, on the writer's thread. */
  void committed(TaskCommit commit) {
    if (byTenant.isEmpty()) {
      return;
    }
    commit.submitted.forEach(row -> count(commit, row, 1));
    commit.drivenAgain.forEach(row -> count(commit, row, 1));
    for (Outcome outcome : commit.outcomes) {
      if (outcome.to().finished()) {
        count(commit, outcome.row(), -1);
      }
    }
  }

  private void count(TaskCommit commit, TaskRow row, long by) {
    String tenant = row.tenant();
    Bound bound = tenant == null ? null : byTenant.get(tenant);
    if (bound != null) {
      bound.change(commit.number(), by);
    }
  }
}
