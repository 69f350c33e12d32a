package dev.millrace.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The limits in force, and which of them hold for a task. Immutable but for what it remembers. */
final class LimitRules {
  static final LimitRules NONE = new LimitRules(List.of(), List.of());

  private final Map<String, Limit> byName = new TreeMap<>();
  private final boolean gated;

  private record Kind(String type, String queue) {}

  private final Map<Kind, List<Limit>> byKind = new ConcurrentHashMap<>();

  /** Of keys that differ from the others, by gate. */
  private final Map<String, Limit> byGate = new HashMap<>();

  LimitRules(Collection<Limit> limits, Collection<KeyLimit> keys) {
    limits.forEach(limit -> byName.put(limit.name(), limit));
    for (KeyLimit key : keys) {
      Limit all = byName.get(key.limit());
      if (all != null && all.perKey()) {
        byGate.put(key.gate(), key.of(all));
      }
    }
    gated = limits.stream().anyMatch(limit -> !limit.isOfQueue());
  }

  Collection<Limit> all() {
    return byName.values();
  }

  @Nullable Limit find(String name) {
    return byName.get(name);
  }

  /** Whether tasks are to be looked at one by one; limits of whole queues are kept by these. */
  boolean areGated() {
    return gated;
  }

  /** The limit that the gate of that id belongs to. */
  @Nullable Limit ofGate(String id) {
    Limit own = byGate.isEmpty() ? null : byGate.get(id);
    if (own != null) {
      return own;
    }
    int space = id.indexOf(' ');
    return byName.get(space < 0 ? id : id.substring(0, space));
  }

  /** Whether the gate is one around parts of handlers. */
  boolean isOfParts(String id) {
    Limit limit = byName.get(id);
    return limit != null && limit.limitsParts();
  }

  List<Limit> ofQueue(String queue) {
    return byName.values().stream()
        .filter(limit -> limit.isOfQueue() && queue.equals(limit.queue()))
        .toList();
  }

  /** The limit with the smallest count a time that such a task falls under; null for none. */
  @Nullable Limit leastRate(String type, String queue, @Nullable String key) {
    Limit least = null;
    Rate found = null;
    for (Limit limit : byName.values()) {
      if (limit.limitsParts() || !limit.isFor(type, queue) || (limit.perKey() && key == null)) {
        continue;
      }
      Limit own = limit.perKey() ? ofGate(limit.name() + " " + key) : limit;
      Rate rate = own == null ? null : own.rate();
      if (rate != null && (found == null || rate.count() < found.count())) {
        least = own;
        found = rate;
      }
    }
    return least;
  }

  /** The ids of the gates that a task has to pass. */
  List<String> gatesOf(TaskRow row) {
    if (!gated) {
      return List.of();
    }
    List<Limit> limits =
        byKind.computeIfAbsent(new Kind(row.type(), row.queue()), kind -> matching(kind));
    if (limits.isEmpty()) {
      return List.of();
    }
    var ids = new ArrayList<String>(limits.size());
    for (Limit limit : limits) {
      if (!limit.perKey()) {
        ids.add(limit.name());
      } else if (row.subject() != null) {
        ids.add(limit.name() + " " + row.subject());
      }
    }
    return ids;
  }

  private List<Limit> matching(Kind kind) {
    return byName.values().stream()
        .filter(limit ->
            !limit.isOfQueue() && !limit.limitsParts() && limit.isFor(kind.type, kind.queue))
        .toList();
  }
}
