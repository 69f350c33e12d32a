package dev.millrace.tasks.adaptive;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * How full the heap is, from what collections leave. Thread-safe.
 *
 * <p>A collection of the young leaves garbage among the old, so what is left after it is only a
 * bound. What is left after a collection of everything is alive; {@link #measure} asks for one.
 */
public final class Heap implements AutoCloseable {
  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
          .toList();
  private final long max = Runtime.getRuntime().maxMemory();
  private final NotificationListener listener = this::collected;
  private final Runnable changed;
  private volatile double bound;

  /**
   * @param changed is called after every collection, on a thread of the virtual machine; takes no
   *     time
   */
  public Heap(Runnable changed) {
    this.changed = changed;
  }

  /** Hears of collections from now on. */
  public void open() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
      }
    }
  }

  private void collected(Notification notification, Object handback) {
    if (notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
      Map<String, MemoryUsage> after = info.getGcInfo().getMemoryUsageAfterGc();
      bound = share(pool -> after.get(pool.getName()));
      changed.run();
    }
  }

  private interface Usage {
    @Nullable MemoryUsage of(MemoryPoolMXBean pool);
  }

  /** Of the whole heap, or of its old part where that is smaller and nearer to its end. */
  private double share(Usage usage) {
    long all = 0;
    double fullest = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage used = usage.of(pool);
      if (used != null) {
        all += used.getUsed();
        boolean old =
            pool.isCollectionUsageThresholdSupported() && pool.isUsageThresholdSupported();
        if (old && used.getMax() > 0) {
          fullest = Math.max(fullest, (double) used.getUsed() / used.getMax());
        }
      }
    }
    return Math.max(fullest, (double) all / max);
  }

  /** The share of the heap that is alive at most, 0 to 1, after the latest collection. */
  public double bound() {
    return bound;
  }

  /** The share of the heap that is in use now, alive or not, 0 to 1. Takes some microseconds. */
  public double used() {
    return share(MemoryPoolMXBean::getUsage);
  }

  /** The share of the heap that is alive, 0 to 1. Collects everything, which takes its time. */
  public double measure() {
    System.gc();
    return share(MemoryPoolMXBean::getCollectionUsage);
  }

  /** How large the heap may become, in bytes. */
  public long max() {
    return max;
  }

  @Override
  public void close() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        try {
          emitter.removeNotificationListener(listener);
        } catch (ListenerNotFoundException _) {
          // It was taken away before.
        }
      }
    }
  }
}
