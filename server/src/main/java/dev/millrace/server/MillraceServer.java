package dev.millrace.server;

import dev.millrace.app.App;
import dev.millrace.app.AppParts;
import dev.millrace.app.HealthCheck;
import dev.millrace.app.PartHealth;
import dev.millrace.app.Platform;
import dev.millrace.http.About;
import dev.millrace.http.Endpoint;
import dev.millrace.http.HttpConfig;
import dev.millrace.http.HttpServer;
import dev.millrace.http.StaticFiles;
import dev.millrace.server.apps.Apps;
import dev.millrace.server.config.ConfigEndpoint;
import dev.millrace.server.config.Configuration;
import dev.millrace.server.events.EventEndpoints;
import dev.millrace.server.events.FollowerHealth;
import dev.millrace.server.health.DiskHealth;
import dev.millrace.server.health.HealthEndpoints;
import dev.millrace.server.health.MetricsEndpoint;
import dev.millrace.server.limits.LimitEndpoints;
import dev.millrace.server.limits.TenantEndpoints;
import dev.millrace.server.live.Latest;
import dev.millrace.server.live.LiveEndpoint;
import dev.millrace.server.live.Sampler;
import dev.millrace.server.live.Topic;
import dev.millrace.server.log.LogSettings;
import dev.millrace.server.log.Logging;
import dev.millrace.server.samples.SampleTasks;
import dev.millrace.server.schedules.ScheduleEndpoints;
import dev.millrace.server.store.StoreEndpoints;
import dev.millrace.server.store.StoreHealth;
import dev.millrace.server.tasks.AdaptiveEndpoint;
import dev.millrace.server.tasks.BatchEndpoints;
import dev.millrace.server.tasks.BulkRun;
import dev.millrace.server.tasks.EncryptionEndpoints;
import dev.millrace.server.tasks.ErrorEndpoints;
import dev.millrace.server.tasks.PoolEndpoints;
import dev.millrace.server.tasks.QueueEndpoints;
import dev.millrace.server.tasks.QuietEndpoints;
import dev.millrace.server.tasks.ReencryptRun;
import dev.millrace.server.tasks.TaskEndpoints;
import dev.millrace.server.tasks.TaskStreams;
import dev.millrace.server.tasks.TypeEndpoints;
import dev.millrace.server.webhooks.WebhookEndpoints;
import dev.millrace.server.webhooks.WebhookSettings;
import dev.millrace.server.webhooks.Webhooks;
import dev.millrace.server.workflows.WorkflowEndpoints;
import dev.millrace.store.Finding;
import dev.millrace.store.Instruments;
import dev.millrace.store.Store;
import dev.millrace.store.journal.Journal;
import dev.millrace.store.journal.JournalConfig;
import dev.millrace.tasks.Tasks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All parts of one process, put together by their constructors and taken apart in reverse.
 * Thread-safe.
 *
 * <p>Order of start: store, tables, applications, tasks, HTTP. A request comes only when everything
 * behind it works; a task runs only when its type is known.
 */
public final class MillraceServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MillraceServer.class);

  /** Actions on many tasks that run side by side. */
  private static final int BULK_ACTIONS = 4;

  private final Path data;
  private final List<Closing> closings = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean ready;
  private URI url = URI.create("about:blank");

  /** A part and how to stop it. */
  private record Closing(String name, Runnable close) {}

  private MillraceServer(Path data) {
    this.data = data;
  }

  /**
   * Starts a server on a data folder, which is made if it is missing.
   *
   * @throws dev.millrace.app.SettingException if the configuration is refused
   * @throws dev.millrace.store.StoreException if the database cannot be opened
   */
  public static MillraceServer start(Configuration configuration, Path data) throws Exception {
    MillraceServer server = new MillraceServer(data.toAbsolutePath().normalize());
    try {
      server.open(configuration);
      return server;
    } catch (Exception | Error failure) {
      server.close();
      throw failure;
    }
  }

  private void open(Configuration configuration) throws Exception {
    // Most of what comes first waits for the disk.
    Thread.ofPlatform().daemon().name("http-prepare").start(HttpServer::prepare);
    Files.createDirectories(data);
    configuration.writeTemplate(data);
    ServerSettings settings = configuration.settings().bind("server", ServerSettings.class);
    Logging.apply(configuration.settings().bind("log", LogSettings.class));
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    InstantSource clock = InstantSource.system();
    Map<String, HealthCheck> health = new LinkedHashMap<>();

    Instruments instruments = Instruments.system().withMeters(meters);
    Store store = store(configuration, instruments);
    closeLater("store", store::close);
    Journal journal = Journal.open(store, JournalConfig.defaults(), instruments);
    closeLater("journal", journal::close);
    Tasks tasks = tasks(configuration, settings, store, journal, meters, clock);
    closeLater("tasks", tasks::close);

    health.put("store", new StoreHealth(store));
    health.put("journal", new FollowerHealth(journal));
    health.put("tasks", () -> health(tasks));
    health.put("disk", new DiskHealth(data));
    List<Endpoint> ofApps = new ArrayList<>();
    for (App app : Apps.find(data)) {
      AppParts parts =
          open(
              app,
              new Platform(
                  store, journal, tasks, configuration.settings(), folder(app), clock, meters));
      parts.taskTypes().forEach(tasks::register);
      ofApps.addAll(parts.endpoints());
      health.put(app.name(), parts.health());
      closeLater(app.name(), parts.close());
    }
    if (settings.samples()) {
      SampleTasks.all().forEach(tasks::register);
    }
    tasks.defaultConcurrency(BulkRun.QUEUE, BULK_ACTIONS);
    tasks.register(new BulkRun(tasks).type());
    tasks.register(new ReencryptRun(tasks).type());
    Webhooks webhooks =
        new Webhooks(
            store,
            journal,
            tasks,
            configuration.settings().bind("webhooks", WebhookSettings.class),
            data,
            clock);
    List<Endpoint> endpoints = new ArrayList<>(new TaskEndpoints(tasks).all());
    endpoints.addAll(new WebhookEndpoints(webhooks).all());
    endpoints.addAll(new TaskStreams(tasks).all());
    endpoints.addAll(new EncryptionEndpoints(tasks).all());
    QueueEndpoints queues = new QueueEndpoints(tasks);
    endpoints.addAll(queues.all());
    BatchEndpoints batches = new BatchEndpoints(tasks);
    endpoints.addAll(batches.all());
    ErrorEndpoints errors = new ErrorEndpoints(tasks);
    endpoints.addAll(errors.all());
    ScheduleEndpoints schedules = new ScheduleEndpoints(tasks.schedules());
    endpoints.addAll(schedules.all());
    WorkflowEndpoints workflows = new WorkflowEndpoints(tasks);
    endpoints.addAll(workflows.all());
    QuietEndpoints quiet = new QuietEndpoints(tasks);
    endpoints.addAll(quiet.all());
    PoolEndpoints pools = new PoolEndpoints(tasks);
    endpoints.addAll(pools.all());
    AdaptiveEndpoint adaptive = new AdaptiveEndpoint(tasks);
    endpoints.add(adaptive.endpoint());
    LimitEndpoints limits = new LimitEndpoints(tasks.limits());
    endpoints.addAll(limits.all());
    TenantEndpoints tenants = new TenantEndpoints(tasks.tenants());
    endpoints.addAll(tenants.all());
    endpoints.addAll(new TypeEndpoints(tasks.typeRules()).all());
    EventEndpoints events = new EventEndpoints(journal, store);
    endpoints.addAll(events.all());
    StoreEndpoints storage = new StoreEndpoints(store, StoreFile.in(data), meters);
    endpoints.addAll(storage.all());
    endpoints.add(ConfigEndpoint.of(configuration));
    endpoints.addAll(
        new HealthEndpoints(health, () -> ready, Version.CURRENT, Instant.now()).all());
    endpoints.add(MetricsEndpoint.of(meters));

    tasks.start();
    closeLater("webhooks", webhooks::close);
    webhooks.start();
    var approvals = new Latest<>(store::position, workflows::waitingNow);
    Sampler sampler =
        new Sampler(
            tasks,
            store,
            StoreFile.in(data),
            clock,
            System::nanoTime,
            () -> approvals.get().items().size());
    closeLater("live", sampler::close);
    endpoints.add(
        LiveEndpoint.of(
            sampler,
            Map.ofEntries(
                Map.entry(Topic.QUEUES, queues::now),
                Map.entry(Topic.STORE, storage::now),
                Map.entry(Topic.STATEMENTS, storage::top),
                Map.entry(Topic.SLOW, storage::slow),
                Map.entry(Topic.FOLLOWERS, events::followersNow),
                Map.entry(Topic.SCHEDULES, schedules::now),
                Map.entry(Topic.BATCHES, new Latest<>(store::position, batches::now)),
                Map.entry(Topic.ERRORS, new Latest<>(store::position, errors::now)),
                Map.entry(Topic.WORKFLOWS, new Latest<>(store::position, workflows::now)),
                Map.entry(Topic.APPROVALS, approvals),
                Map.entry(Topic.POOLS, pools::now),
                Map.entry(Topic.QUIET, quiet::now),
                Map.entry(Topic.LIMITS, limits::now),
                Map.entry(Topic.ADAPTIVE, adaptive::now),
                Map.entry(Topic.TENANTS, tenants::now))));
    // Behind the others, so that no application's names push those of the platform aside.
    endpoints.addAll(ofApps);
    HttpServer http = http(settings, endpoints, meters);
    closeLater("http", http::close);
    url = http.uri();
    new RunningServer(url, ProcessHandle.current().pid()).announce(data);
    ready = true;
  }

  private Store store(Configuration configuration, Instruments instruments) {
    Store store =
        Store.open(
            configuration.settings().bind("store", StoreSettings.class).config(StoreFile.in(data)),
            instruments);
    for (App app : Apps.find(data)) {
      app.migrations().forEach(store::migrate);
    }
    return store;
  }

  private Tasks tasks(
      Configuration configuration,
      ServerSettings settings,
      Store store,
      Journal journal,
      PrometheusMeterRegistry meters,
      InstantSource clock) {
    TaskSettings of = configuration.settings().bind("tasks", TaskSettings.class);
    return Tasks.on(store, data)
        .config(of.config(settings.gracePeriod()))
        .encryption(of.encryption().encryption())
        .journal(journal)
        .meters(meters)
        .clock(clock)
        .build();
  }

  private static PartHealth health(Tasks tasks) {
    return tasks
        .trouble()
        .map(PartHealth::degraded)
        .orElseGet(() -> {
          int count = tasks.types().size();
          return PartHealth.ok(
              new Finding("task-types", Map.of("count", count), count + " task types"));
        });
  }

  private static AppParts open(App app, Platform platform) throws Exception {
    return Apps.check(app, app.open(platform));
  }

  private Path folder(App app) throws IOException {
    return Files.createDirectories(data.resolve(app.name()));
  }

  private static HttpServer http(
      ServerSettings settings, List<Endpoint> endpoints, PrometheusMeterRegistry meters) {
    HttpConfig config =
        HttpConfig.defaults()
            .withHost(settings.host())
            .withPort(settings.port())
            .withMaxBody(settings.maxBody().bytes())
            .withStopGrace(settings.gracePeriod())
            .withAllowed(Set.copyOf(settings.allowedHosts()), Set.of());
    var builder =
        HttpServer.builder(config)
            .endpoints(endpoints.stream().map(Refusals::answered).toList())
            .about(
                new About(
                    "Millrace",
                    Version.CURRENT,
                    "Durable tasks, events, drafts and the state of this server. Every endpoint"
                        + " answers refusals with a problem as of RFC 9457."))
            .meters(meters);
    String home = System.getProperty("millrace.home");
    if (home != null && Files.isDirectory(Path.of(home, "console"))) {
      builder.files(StaticFiles.folder(Path.of(home, "console")));
    }
    return builder.start();
  }

  private void closeLater(String name, Runnable close) {
    closings.add(new Closing(name, close));
  }

  /** Where it answers, such as {@code http://127.0.0.1:8080}. */
  public URI url() {
    return url;
  }

  /** Returns when the server is closed. */
  public void awaitClosed() throws InterruptedException {
    gone.await();
  }

  /** Stops the parts in the reverse order of their start. A second call does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    ready = false;
    for (Closing closing : closings.reversed()) {
      long started = System.nanoTime();
      try {
        closing.close.run();
      } catch (RuntimeException failure) {
        LOG.warn("{} did not stop cleanly", closing.name, failure);
      }
      LOG.debug("{} stopped in {}", closing.name, Duration.ofNanos(System.nanoTime() - started));
    }
    try {
      RunningServer.withdraw(data);
    } catch (IOException failure) {
      LOG.warn("the note of this server's address stays behind", failure);
    }
    gone.countDown();
  }
}
