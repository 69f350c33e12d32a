package dev.millrace.tasks;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was put last, by key, up to a sum of weights: what is asked for soon after it was written
 * need not be read. Thread-safe.
 */
final class Recent<V> {
  /** What an entry weighs besides its value. */
  private static final int ENTRY = 200;

  private final int bound;
  private final ToIntFunction<V> weigher;
  private final Map<Long, V> values = new LinkedHashMap<>();
  private long weight;

  Recent(int bound, ToIntFunction<V> weigher) {
    this.bound = bound;
    this.weigher = weigher;
  }

  /** Keeps the value instead of the one before, unless it weighs too much by itself. */
  synchronized void put(long key, V value) {
    take(key);
    int added = weigh(value);
    if (added > bound / 16) {
      return;
    }
    values.put(key, value);
    weight += added;
    Iterator<V> eldest = values.values().iterator();
    while (weight > bound) {
      weight -= weigh(eldest.next());
      eldest.remove();
    }
  }

  private int weigh(V value) {
    return ENTRY + weigher.applyAsInt(value);
  }

  /** The value, which is not kept any more; null if there is none. */
  synchronized @Nullable V take(long key) {
    V value = values.remove(key);
    if (value != null) {
      weight -= weigh(value);
    }
    return value;
  }

  synchronized @Nullable V find(long key) {
    return values.get(key);
  }
}
