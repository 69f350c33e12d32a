package dev.millrace.outbound;

import java.util.concurrent.Semaphore;

/** What is kept about one host while it is asked: its slots and its breaker. */
final class HostGate {
  final Semaphore slots;
  final Breaker breaker;

  /** Requests that hold or wait for a slot. Guarded by the map that holds this gate. */
  int users;

  HostGate(int slots, Breaker breaker) {
    this.slots = new Semaphore(slots, true);
    this.breaker = breaker;
  }
}
