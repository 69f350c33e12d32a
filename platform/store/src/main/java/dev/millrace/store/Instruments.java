package dev.millrace.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a store measures with. Immutable.
 *
 * @param clock wall time, for what is kept
 * @param ticker elapsed time in nanoseconds, for what is measured
 * @param meters where gauges and timers are registered
 */
public record Instruments(InstantSource clock, LongSupplier ticker, MeterRegistry meters) {

  /** The system's clocks and the global registry. */
  public static Instruments system() {
    return new Instruments(InstantSource.system(), System::nanoTime, Metrics.globalRegistry);
  }

  public Instruments withClock(InstantSource value) {
    return new Instruments(value, ticker, meters);
  }

  public Instruments withTicker(LongSupplier value) {
    return new Instruments(clock, value, meters);
  }

  public Instruments withMeters(MeterRegistry value) {
    return new Instruments(clock, ticker, value);
  }
}
