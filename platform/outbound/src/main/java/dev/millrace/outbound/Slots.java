package dev.millrace.outbound;

import java.util.concurrent.Semaphore;

/** Fair permits whose number can be changed while some are taken. Thread-safe. */
final class Slots extends Semaphore {
  private static final long serialVersionUID = 1L;

  private int size;

  Slots(int size) {
    super(size, true);
    this.size = size;
  }

  synchronized int size() {
    return size;
  }

  /** Fewer take effect as those that are taken come back. */
  synchronized void resize(int wanted) {
    if (wanted > size) {
      release(wanted - size);
    } else {
      reducePermits(size - wanted);
    }
    size = wanted;
  }
}
