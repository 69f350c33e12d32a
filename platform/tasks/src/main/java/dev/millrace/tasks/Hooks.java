package dev.millrace.tasks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of ends, each by a thread of its own, so that no commit waits. Thread-safe. */
final class Hooks {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
  private static final int MOST = 100_000;
  private static final Duration LAST = Duration.ofSeconds(5);

  private final List<Hook> open = new CopyOnWriteArrayList<>();

  TaskHook open(TaskListener listener) {
    var hook = new Hook(listener);
    open.add(hook);
    hook.thread.start();
    return hook;
  }

  /** Whether anybody listens; saves making news for nobody. */
  boolean areAny() {
    return !open.isEmpty();
  }

  void tell(TaskChange end) {
    open.forEach(hook -> hook.tell(end));
  }

  /** Tells what is left to be told, for some seconds at most. */
  void close() {
    open.forEach(Hook::end);
    try {
      for (Hook hook : open) {
        if (!hook.thread.join(LAST)) {
          LOG.warn("a listener of tasks does not come to its end");
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Hook implements TaskHook {
    private final TaskListener listener;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /** Guarded by the lock, as all below. */
    private final Deque<TaskChange> untold = new ArrayDeque<>();

    private long missed;
    private boolean ending;
    private boolean closed;

    Hook(TaskListener listener) {
      this.listener = listener;
      thread = Thread.ofVirtual().name("tasks-listener").unstarted(this::run);
    }

    void tell(TaskChange end) {
      lock.lock();
      try {
        if (untold.size() < MOST) {
          untold.add(end);
        } else {
          missed++;
        }
        news.signal();
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ending = true;
        news.signal();
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
        untold.clear();
        news.signal();
      } finally {
        lock.unlock();
      }
    }

    private void run() {
      try {
        for (TaskChange end = next(); end != null; end = next()) {
          tellNow(end);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /** Null when there is no more to come. */
    private @Nullable TaskChange next() throws InterruptedException {
      long lost = 0;
      TaskChange end;
      lock.lock();
      try {
        while (untold.isEmpty() && !ending && !closed) {
          news.await();
        }
        end = closed ? null : untold.poll();
        lost = missed;
        missed = 0;
      } finally {
        lock.unlock();
      }
      if (lost > 0) {
        LOG.warn("a listener of tasks is too slow, {} ends are not told", lost);
        listener.missed(lost);
      }
      return end;
    }

    private void tellNow(TaskChange end) throws InterruptedException {
      try {
        listener.ended(end);
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failure) {
        LOG.warn("a listener failed at the end of task {}", end.id(), failure);
      }
    }
  }
}
