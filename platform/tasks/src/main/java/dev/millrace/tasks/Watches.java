package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hands news to those who watch. Thread-safe. */
final class Watches {
  /** Tasks with unread news that a watch holds. */
  private static final int BUFFER = 1_000;

  private final List<Watch> open = new CopyOnWriteArrayList<>();

  TaskWatch open(Predicate<TaskChange> wanted) {
    var watch = new Watch(wanted);
    open.add(watch);
    return watch;
  }

  /** Whether anybody watches; saves making news for nobody. */
  boolean isWatched() {
    return !open.isEmpty();
  }

  void tell(TaskChange change) {
    for (Watch watch : open) {
      watch.tell(change);
    }
  }

  void close() {
    open.forEach(Watch::close);
  }

  /** Everything but the input, which news do not have. */
  static Predicate<TaskChange> matching(TaskFilter filter) {
    Set<TaskState> states = filter.states();
    TextMatch text = TextMatch.of(filter.text());
    return change ->
        (states.isEmpty() || states.contains(change.state()))
            && filter.fits(change)
            && hasTag(change, filter.tag())
            && (text == null
                || text.fits(
                    change.id(), change.type(), change.tags(), null, change.key(), change.error()));
  }

  /** What a task died of is a tag that no news have: all are told then. */
  private static boolean hasTag(TaskChange change, @Nullable String tag) {
    return tag == null || tag.startsWith(ErrorGroup.TAG) || change.tags().contains(tag);
  }

  private final class Watch implements TaskWatch {
    private final Predicate<TaskChange> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /** The latest news of each task; guarded by the lock, as all below. */
    private final Map<TaskId, TaskChange> unread = new LinkedHashMap<>();

    private boolean missed;
    private boolean closed;

    Watch(Predicate<TaskChange> wanted) {
      this.wanted = wanted;
    }

    void tell(TaskChange change) {
      if (!wanted.test(change)) {
        return;
      }
      lock.lock();
      try {
        if (unread.size() >= BUFFER && !unread.containsKey(change.id())) {
          missed = true;
          return;
        }
        unread.put(change.id(), change);
        news.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public List<TaskChange> take(Duration timeout) throws InterruptedException {
      long nanos = timeout.toNanos();
      lock.lock();
      try {
        while (unread.isEmpty() && !closed && nanos > 0) {
          nanos = news.awaitNanos(nanos);
        }
        var taken = new ArrayList<>(unread.values());
        unread.clear();
        return taken;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean missed() {
      lock.lock();
      try {
        boolean was = missed;
        missed = false;
        return was;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      open.remove(this);
      lock.lock();
      try {
        closed = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
