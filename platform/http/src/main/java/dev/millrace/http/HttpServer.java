package dev.millrace.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one HTTP server: endpoints under {@code /api}, {@code /health} and {@code /metrics}, their
 * document at {@code /openapi.json}, a page to try them at {@code /api}, and the console's files
 * everywhere else. Every request runs on a virtual thread of its own. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int PLATFORM_THREADS = 16;
  private static final int MOST_CONNECTIONS = 20_000;
  private static final int IDLE_THREAD_MILLIS = 60_000;

  /** How long handlers have to end after the stop has interrupted them. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

  private final HttpConfig config;
  private final Engine engine;
  private final Server jetty;
  private final ServerConnector connector;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpServer(Builder builder) {
    this.config = builder.config;
    List<Route> routes = new ArrayList<>();
    for (Endpoint endpoint : BuiltIn.with(builder.endpoints, builder.about, builder.mapper)) {
      var timers = new Timers(builder.meters, endpoint.method().name(), endpoint.path());
      routes.add(new Route(endpoint, config, builder.mapper, timers));
    }
    this.engine =
        new Engine(config, builder.mapper, routes, builder.keys, builder.files, builder.meters);
    // A queue of the JDK: the pool's own asks the platform's MBean server for the size of a cache
    // line, which sets up every MBean there is, Flight Recorder included, at each start.
    var threads =
        new QueuedThreadPool(
            PLATFORM_THREADS, 4, IDLE_THREAD_MILLIS, new LinkedBlockingQueue<Runnable>());
    threads.setName("http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    this.jetty = new Server(threads);
    jetty.setHandler(engine);
    jetty.setErrorHandler(new ErrorAnswers(builder.mapper));
    this.connector = connector(jetty, config);
    jetty.addConnector(connector);
    // At the limit no more connections are accepted until others close; they wait in the queue.
    jetty.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
  }

  private static ServerConnector connector(Server jetty, HttpConfig config) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(config.maxHeader());
    http.setIdleTimeout(config.idleTimeout().toMillis());
    // No thread of its own to accept: the selector does it.
    var connector = new ServerConnector(jetty, 0, 1, new HttpConnectionFactory(http));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setAcceptQueueSize(config.acceptQueue());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setReuseAddress(true);
    return connector;
  }

  /**
   * Sets up what is needed once in a process, above all every language that the JDK knows, which
   * Jetty asks for. It takes some ten ms of one core and may be called beside other work before the
   * first server starts; without it that server does the same.
   */
  public static void prepare() {
    var _ = MimeTypes.DEFAULTS;
  }

  /** Starts to describe a server. */
  public static Builder builder(HttpConfig config) {
    return new Builder(config);
  }

  private void start() {
    try {
      jetty.start();
    } catch (Exception failure) {
      stopJetty();
      throw new UncheckedIOException(
          "cannot listen on "
              + config.host()
              + ":"
              + config.port()
              + " ("
              + failure.getMessage()
              + "); choose another port, or 0 for a free one",
          failure instanceof IOException io ? io : new IOException(failure));
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The address to name to people. */
  public URI uri() {
    String host = config.host();
    String shown = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + port());
  }

  /**
   * Stops in order: takes no more requests, ends the event streams, gives running requests the
   * grace period of the configuration, interrupts the handlers that are not done then, gives them
   * another second, and closes all connections. What still runs is named in the log and in {@link
   * #unfinished}. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    engine.streams.closeAll();
    try {
      if (!engine.inFlight.drain(config.stopGrace().toNanos())) {
        hurry();
      }
    } catch (InterruptedException hurried) {
      engine.inFlight.interrupt();
      Thread.currentThread().interrupt();
    }
    stopJetty();
  }

  private void hurry() throws InterruptedException {
    int interrupted = engine.inFlight.interrupt();
    LOG.warn(
        "{} requests were still running {} after the stop; their handlers are interrupted",
        interrupted,
        config.stopGrace());
    if (!engine.inFlight.drain(AFTER_INTERRUPT.toNanos())) {
      LOG.warn(
          "these requests do not end and lose their connections: {}",
          String.join("; ", unfinished()));
    }
  }

  /**
   * The requests that are running, each as method, path and age; after a stop those whose handlers
   * did not end although they were interrupted.
   */
  public List<String> unfinished() {
    return engine.inFlight.left();
  }

  private void stopJetty() {
    try {
      jetty.stop();
    } catch (Exception failure) {
      LOG.warn("the HTTP server did not stop cleanly", failure);
    }
  }

  /** What a server consists of. Not thread-safe. */
  public static final class Builder {
    private final HttpConfig config;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable StaticFiles files;
    private MeterRegistry meters = new SimpleMeterRegistry();
    private JsonMapper mapper = Json.mapper();
    private Keys keys = Keys.none();
    private About about = About.DEFAULT;

    private Builder(HttpConfig config) {
      this.config = config;
    }

    public Builder endpoints(Collection<Endpoint> more) {
      endpoints.addAll(more);
      return this;
    }

    /** What is served at every address that no endpoint has. */
    public Builder files(StaticFiles value) {
      this.files = value;
      return this;
    }

    /** Where requests are counted and timed. */
    public Builder meters(MeterRegistry value) {
      this.meters = value;
      return this;
    }

    /** Another mapper, made from {@link Json#builder()}. */
    public Builder mapper(JsonMapper value) {
      this.mapper = value;
      return this;
    }

    /** What the API document says of the server. */
    public Builder about(About value) {
      this.about = value;
      return this;
    }

    /** Who may call what. */
    public Builder keys(Keys value) {
      this.keys = value;
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException if two endpoints answer the same requests, or two problem
     *     types have the same code
     * @throws IllegalStateException if others than this machine could reach it and there are no
     *     keys
     * @throws UncheckedIOException if it cannot listen there
     */
    public HttpServer start() {
      if (keys instanceof Unlocked && !isLoopback(config.host())) {
        throw new IllegalStateException(
            "host "
                + config.host()
                + " can be reached from other machines, and there is no key;"
                + " create one first, or listen on 127.0.0.1");
      }
      var server = new HttpServer(this);
      server.start();
      return server;
    }

    private static boolean isLoopback(String host) {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException unknown) {
        throw new IllegalStateException("the host '" + host + "' is not known here", unknown);
      }
    }
  }
}
