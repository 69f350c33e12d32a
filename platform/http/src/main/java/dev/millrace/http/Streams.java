package dev.millrace.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The event streams that are open, so that the server can end them when it stops. Thread-safe. */
final class Streams {
  static final int MOST = 2000;

  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Streams(MeterRegistry meters) {
    Gauge.builder("http.server.streams", open, Set::size)
        .description("Event streams that are open")
        .register(meters);
  }

  void add(EventStream stream) {
    if (open.size() >= MOST) {
      throw HttpProblems.STREAMS_FULL.because("There are " + MOST + " event streams open already.");
    }
    open.add(stream);
    if (stopping) {
      stream.close();
    }
  }

  void remove(EventStream stream) {
    open.remove(stream);
  }

  void closeAll() {
    stopping = true;
    open.forEach(EventStream::close);
  }
}
