package dev.millrace.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Leaves a host alone that fails again and again. Thread-safe; guarded by itself.
 *
 * <pre>
 * CLOSED  --too many failures in a row--> OPEN
 * OPEN    --rest is over, one request is let through--> PROBING
 * PROBING --it succeeds--> CLOSED
 * PROBING --it fails--> OPEN
 * PROBING --it is given up--> OPEN, with no rest left
 * </pre>
 */
final class Breaker {
  enum State {
    CLOSED,
    OPEN,
    PROBING
  }

  /** While a probe is out, others look again after this share of the rest. */
  private static final int PROBE_SHARE = 10;

  private final BreakerRules rules;
  private final LongSupplier ticker;
  private State state = State.CLOSED;
  private int failures;
  private long restUntil;

  Breaker(BreakerRules rules, LongSupplier ticker) {
    this.rules = rules;
    this.ticker = ticker;
  }

  /** How long to wait before asking again, or empty if the request may go out. */
  synchronized Optional<Duration> enter() {
    return switch (state) {
      case CLOSED -> Optional.empty();
      case PROBING -> Optional.of(rules.rest().dividedBy(PROBE_SHARE));
      case OPEN -> {
        long left = restUntil - ticker.getAsLong();
        if (left > 0) {
          yield Optional.of(Duration.ofNanos(left));
        }
        state = State.PROBING;
        yield Optional.empty();
      }
    };
  }

  synchronized void succeeded() {
    state = State.CLOSED;
    failures = 0;
  }

  synchronized void failed() {
    failures++;
    if (state == State.PROBING || failures >= rules.failures()) {
      state = State.OPEN;
      restUntil = ticker.getAsLong() + rules.rest().toNanos();
    }
  }

  /** A request that went out ended without saying anything about the host. */
  synchronized void gaveUp() {
    if (state == State.PROBING) {
      state = State.OPEN;
      restUntil = ticker.getAsLong();
    }
  }

  synchronized State state() {
    return state;
  }

  /** Whether nothing would be forgotten by forgetting this breaker. */
  synchronized boolean isSpotless() {
    return state == State.CLOSED && failures == 0;
  }
}
