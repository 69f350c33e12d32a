package dev.millrace.outbound;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Limits what goes to each host at one time, and rests those that fail. Thread-safe. */
final class Hosts {
  private static final int MANY = 4_096;

  private final ConcurrentHashMap<String, HostGate> gates = new ConcurrentHashMap<>();
  private final int slotsPerHost;
  private final BreakerRules rules;
  private final LongSupplier ticker;

  Hosts(int slotsPerHost, BreakerRules rules, LongSupplier ticker) {
    this.slotsPerHost = slotsPerHost;
    this.rules = rules;
    this.ticker = ticker;
  }

  /**
   * Waits for a slot of the URL's host, then for one of {@code slots}: in this order, so that many
   * requests for one slow host do not hold what others could use.
   *
   * @param patience how long to wait at most, in nanoseconds
   * @throws OutboundException with {@link FailureReason#HOST_RESTING} while its breaker is open,
   *     with {@link FailureReason#TIMEOUT} if no slot came free in time
   */
  Pass enter(WebUrl url, Semaphore slots, long patience)
      throws OutboundException, InterruptedException {
    String key = url.host() + ":" + url.port();
    HostGate gate = join(key);
    boolean entered = false;
    try {
      long start = System.nanoTime();
      acquire(gate.slots, patience, url);
      try {
        Optional<Duration> wait = gate.breaker.enter();
        if (wait.isPresent()) {
          throw resting(url, wait.get());
        }
        acquire(slots, patience - (System.nanoTime() - start), url);
        entered = true;
      } finally {
        if (!entered) {
          gate.slots.release();
        }
      }
    } finally {
      if (!entered) {
        leave(key);
      }
    }
    return new Pass(this, key, gate, slots);
  }

  /** Hosts whose breaker is not closed. */
  int resting() {
    return (int)
        gates.values().stream()
            .filter(gate -> gate.breaker.state() != Breaker.State.CLOSED)
            .count();
  }

  /** Hosts that something is kept about. */
  int known() {
    return gates.size();
  }

  void leave(String key) {
    gates.computeIfPresent(
        key, (_, gate) -> --gate.users == 0 && gate.breaker.isSpotless() ? null : gate);
  }

  private static void acquire(Semaphore slots, long patience, WebUrl url)
      throws OutboundException, InterruptedException {
    if (!slots.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
      throw new OutboundException(
          FailureReason.TIMEOUT,
          url.shown() + " had to wait too long for its turn among other requests");
    }
  }

  private HostGate join(String key) {
    if (gates.size() > MANY) {
      forgetIdle();
    }
    HostGate joined =
        gates.compute(
            key,
            (_, known) -> {
              HostGate gate =
                  known != null ? known : new HostGate(slotsPerHost, new Breaker(rules, ticker));
              gate.users++;
              return gate;
            });
    return Objects.requireNonNull(joined);
  }

  private void forgetIdle() {
    for (String key : gates.keySet()) {
      gates.computeIfPresent(key, (_, gate) -> gate.users == 0 ? null : gate);
    }
  }

  private static OutboundException resting(WebUrl url, Duration wait) {
    return new OutboundException(
        FailureReason.HOST_RESTING,
        url.shown() + " is not asked for another " + wait.toMillis() + " ms: its host kept failing",
        true,
        0,
        wait,
        null);
  }

  /** The right to ask a host once; say how it went, then close it. Confined to one request. */
  static final class Pass implements AutoCloseable {
    private final Hosts hosts;
    private final String key;
    private final HostGate gate;
    private final Semaphore slots;
    private boolean judged;
    private boolean closed;

    private Pass(Hosts hosts, String key, HostGate gate, Semaphore slots) {
      this.hosts = hosts;
      this.key = key;
      this.gate = gate;
      this.slots = slots;
    }

    void succeeded() {
      judged = true;
      gate.breaker.succeeded();
    }

    void failed() {
      judged = true;
      gate.breaker.failed();
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      if (!judged) {
        gate.breaker.gaveUp();
      }
      slots.release();
      gate.slots.release();
      hosts.leave(key);
    }
  }
}
