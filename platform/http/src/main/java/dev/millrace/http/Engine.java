package dev.millrace.http;

import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** What all requests of one server share, and the place where Jetty hands them over. */
final class Engine extends Handler.Abstract {
  final HttpConfig config;
  final JsonMapper mapper;
  final ObjectWriter writer;
  final Router router;
  final Gate gate;
  final Keys keys;
  final boolean keyed;
  final @Nullable StaticFiles files;
  final ApiPage apiPage = new ApiPage();
  final Timers unrouted;
  final Timers pages;
  final Streams streams;
  final InFlight inFlight = new InFlight();

  Engine(
      HttpConfig config,
      JsonMapper mapper,
      List<Route> routes,
      Keys keys,
      @Nullable StaticFiles files,
      io.micrometer.core.instrument.MeterRegistry meters) {
    this.config = config;
    this.mapper = mapper;
    this.writer = mapper.writer();
    this.router = new Router(routes);
    this.gate = new Gate(config);
    this.keys = keys;
    this.keyed = !(keys instanceof Unlocked);
    this.files = files;
    this.unrouted = new Timers(meters, "ANY", "none");
    this.pages = new Timers(meters, "GET", "static");
    this.streams = new Streams(meters);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    new Exchange(this, request, response, callback).run();
    return true;
  }

  /** Whether a path belongs to the API, where an unknown address is a problem and not a page. */
  static boolean isReserved(String path) {
    return under(path, "/api")
        || under(path, "/health")
        || under(path, "/metrics")
        || path.equals("/openapi.json");
  }

  private static boolean under(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
