package dev.millrace.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What can be seen of a store from outside while it is open. */
final class StoreGauges implements AutoCloseable {
  private final MeterRegistry meters;
  private final List<Meter> registered;

  StoreGauges(MeterRegistry meters, Writer writer, Readers readers, StoreFiles files) {
    this.meters = meters;
    this.registered =
        List.of(
            gauge("millrace.store.queue", "writes that wait", writer, Writer::queued),
            gauge("millrace.store.readers.busy", "reads under way", readers, Readers::busy),
            gauge("millrace.store.readers.queue", "reads that wait", readers, Readers::queued),
            gauge("millrace.store.log.bytes", "write-ahead log", files, StoreFiles::logBytes),
            gauge("millrace.store.file.bytes", "database file", files, StoreFiles::fileBytes));
  }

  private <T> Meter gauge(String name, String what, T of, ToDoubleFunction<T> value) {
    return Gauge.builder(name, of, value).description(what).strongReference(true).register(meters);
  }

  @Override
  public void close() {
    registered.forEach(meters::remove);
  }
}
