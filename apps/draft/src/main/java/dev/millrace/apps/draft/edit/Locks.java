package dev.millrace.apps.draft.edit;

import java.util.concurrent.locks.ReentrantLock;

/** One piece of work at a time for each draft. Names share locks, so hold one at a time. */
final class Locks {
  private static final int COUNT = 64;

  private final ReentrantLock[] locks = new ReentrantLock[COUNT];

  Locks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** What is done under a lock. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T run() throws java.io.IOException, InterruptedException, X;
  }

  <T, X extends Exception> T hold(String name, Work<T, X> work)
      throws java.io.IOException, InterruptedException, X {
    ReentrantLock lock = locks[Math.floorMod(name.hashCode(), COUNT)];
    lock.lockInterruptibly();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
