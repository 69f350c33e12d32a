package dev.millrace.tasks;

import dev.millrace.store.Position;
import dev.millrace.store.Snapshot;
import dev.millrace.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The weights of tenants, in the database and in memory. Thread-safe. */
final class TenantStore implements Tenants {
  /** Stands for all queues that are not named. */
  static final String ALL = "";

  private static final int MOST = 100_000;

  private static final String LOAD = "SELECT tenant, queue, weight FROM task_tenants";
  private static final String SET =
      "INSERT INTO task_tenants (tenant, queue, weight) VALUES (?, ?, ?)"
          + " ON CONFLICT (tenant, queue) DO UPDATE SET weight = excluded.weight";
  private static final String FORGET = "DELETE FROM task_tenants WHERE tenant = ?";

  private final Store store;
  private final RunningTasks running;
  private final Supplier<Map<String, List<String>>> active;
  private final Runnable requireStarted;

  /** Weights by queue, by tenant. Changed on the writer's thread. */
  private final Map<String, Map<String, Integer>> weights = new ConcurrentHashMap<>();

  private final TenantPauses pauses;
  final TenantBounds bounds;

  /**
   * @param active the queues in which tenants have ready tasks, by tenant
   * @param told of pauses, on the writer's thread
   */
  TenantStore(
      Store store,
      RunningTasks running,
      Supplier<Map<String, List<String>>> active,
      Runnable requireStarted,
      TenantPauses.Told told) {
    pauses = new TenantPauses(store, told);
    bounds = new TenantBounds(store, running);
    this.store = store;
    this.running = running;
    this.active = active;
    this.requireStarted = requireStarted;
  }

  void load(Snapshot view) {
    pauses.load(view);
    bounds.load(view);
    weights.clear();
    view.forEach(LOAD, row -> set(row.getString(1), row.getString(2), row.getInt(3)));
  }

  private void set(String tenant, String queue, int weight) {
    var changed = new TreeMap<>(weights.getOrDefault(tenant, Map.of()));
    changed.put(queue, weight);
    weights.put(tenant, changed);
  }

  /** Whether a tenant, null for nobody, starts nothing in a queue. */
  boolean isPaused(@Nullable String tenant, String queue) {
    return pauses.isPaused(tenant, queue);
  }

  /** What a tenant counts for in a queue; 0 if it is paused there. */
  int weight(String tenant, String queue) {
    if (pauses.isPaused(tenant, queue)) {
      return 0;
    }
    Map<String, Integer> own = weights.get(tenant);
    if (own == null) {
      return 1;
    }
    Integer here = own.get(queue);
    return here != null ? here : own.getOrDefault(ALL, 1);
  }

  @Override
  public Position weigh(String tenant, int weight) {
    return write(tenant, ALL, weight);
  }

  @Override
  public Position weigh(String tenant, String queue, int weight) {
    Limits.checkQueue(queue);
    return write(tenant, queue, weight);
  }

  private Position write(String tenant, String queue, int weight) {
    requireStarted.run();
    Limits.checkLength("tenant", tenant, Limits.NAME_LENGTH);
    if (weights.size() >= MOST && !weights.containsKey(tenant)) {
      throw TaskException.of(
          TaskException.Reason.LIMIT,
          "tenant",
          MOST + " tenants have weights",
          "Take those back that are not needed any more.");
    }
    if (weight < 1 || weight > Limits.WEIGHT) {
      throw Limits.option("weight", weight, "Use 1 to " + Limits.WEIGHT + ".");
    }
    return store.write(tx -> {
      tx.update(SET, tenant, queue, weight);
      tx.afterCommit(() -> set(tenant, queue, weight));
    });
  }

  @Override
  public Position forget(String tenant) {
    requireStarted.run();
    Limits.checkLength("tenant", tenant, Limits.NAME_LENGTH);
    return store.write(tx -> {
      tx.update(FORGET, tenant);
      tx.afterCommit(() -> weights.remove(tenant));
    });
  }

  @Override
  public Position pause(String tenant) {
    check(tenant);
    return pauses.pause(tenant, ALL);
  }

  @Override
  public Position pause(String tenant, String queue) {
    check(tenant);
    Limits.checkQueue(queue);
    return pauses.pause(tenant, queue);
  }

  @Override
  public Position resume(String tenant) {
    check(tenant);
    return pauses.resume(tenant, null);
  }

  @Override
  public Position resume(String tenant, String queue) {
    check(tenant);
    Limits.checkQueue(queue);
    return pauses.resume(tenant, queue);
  }

  @Override
  public Position bound(String tenant, long tasks) {
    check(tenant);
    return bounds.set(tenant, tasks);
  }

  @Override
  public Position unbound(String tenant) {
    check(tenant);
    return bounds.forget(tenant);
  }

  private void check(String tenant) {
    requireStarted.run();
    Limits.checkLength("tenant", tenant, Limits.NAME_LENGTH);
  }

  @Override
  public TenantView find(String tenant) {
    Limits.checkLength("tenant", tenant, Limits.NAME_LENGTH);
    return view(tenant, active.get(), running());
  }

  @Override
  public TenantPage list(int limit, @Nullable String after) {
    if (limit < 1 || limit > Limits.PAGE) {
      throw Limits.option("limit", limit, "Use 1 to " + Limits.PAGE + ".");
    }
    Map<String, List<String>> waiting = active.get();
    Map<String, Long> atWork = running();
    var names = new TreeSet<>(weights.keySet());
    names.addAll(pauses.tenants());
    names.addAll(bounds.tenants());
    names.addAll(waiting.keySet());
    names.addAll(atWork.keySet());
    List<TenantView> read =
        names.stream()
            .filter(name -> !name.isEmpty() && (after == null || name.compareTo(after) > 0))
            .limit(limit + 1L)
            .map(name -> view(name, waiting, atWork))
            .toList();
    boolean more = read.size() > limit;
    List<TenantView> items = more ? read.subList(0, limit) : read;
    return new TenantPage(items, more ? items.getLast().name() : null);
  }

  private Map<String, Long> running() {
    var counts = new HashMap<String, Long>();
    running.atWork().forEach(run -> counts.merge(run.row.lane(), 1L, Long::sum));
    return counts;
  }

  private TenantView view(
      String tenant, Map<String, List<String>> waiting, Map<String, Long> atWork) {
    var own = new TreeMap<>(weights.getOrDefault(tenant, Map.of()));
    Integer all = own.remove(ALL);
    Set<String> paused = pauses.of(tenant);
    return new TenantView(
        tenant,
        all == null ? 1 : all,
        own,
        waiting.getOrDefault(tenant, List.of()).stream().sorted().toList(),
        atWork.getOrDefault(tenant, 0L),
        paused.contains(ALL),
        paused.stream().filter(queue -> !queue.equals(ALL)).toList(),
        bounds.most(tenant),
        bounds.waiting(tenant));
  }
}
