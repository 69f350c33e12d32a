package dev.millrace.outbound;

import dev.millrace.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Everything that leaves the process: one guarded client, and downloads on top of it. Thread-safe.
 * Close it to end what is under way; unfinished downloads are resumed by the next process.
 */
public final class Outbound implements AutoCloseable {
  private final AddressGuard guard;
  private final BoundedResolver resolver;
  private final GuardedClient client;
  private final Downloads downloads;
  private final WebClient web;
  private final DownloadFolder folder;

  private Outbound(Builder from) throws IOException {
    OutboundConfig config = from.config;
    folder = DownloadFolder.open(from.folder, config.cache(), from.clock, from.store == null);
    resolver = new BoundedResolver(from.resolver, config.times().connect());
    guard = new AddressGuard(resolver, config);
    var hosts = new Hosts(config.maxPerHost(), config.breaker(), from.ticker);
    client = new GuardedClient(config, guard, hosts, from::tls);
    DownloadIndex index = from.store == null ? new MemoryIndex() : new StoreIndex(from.store);
    var cache = new ContentCache(folder.contents(), index, config.cache(), from.clock);
    var metrics = new OutboundMetrics(from.registry);
    var slots = new Slots(config.maxDownloads());
    var speed = new SpeedLimit();
    Aria2Config aria2 = from.aria2;
    downloads =
        new Downloads(
            new FetchTools(
                config,
                client,
                cache,
                slots,
                speed,
                folder.parts(),
                Boot.id(),
                from.clock,
                from.random,
                metrics,
                aria2 == null
                    ? null
                    : new Aria2Transfer(
                        aria2,
                        from.folder.resolve("aria2"),
                        config,
                        guard,
                        hosts,
                        slots,
                        speed,
                        cache,
                        from.clock,
                        metrics)));
    web = new WebClient(config, client, from.clock, from.random, metrics);
    metrics.gauge("millrace.outbound.downloads.active", "Downloads under way", downloads::active);
    metrics.gauge("millrace.outbound.cache.bytes", "Size of the download cache", cache::bytes);
    metrics.gauge("millrace.outbound.hosts.resting", "Hosts left alone", hosts::resting);
  }

  /**
   * Starts to describe one.
   *
   * @param folder for the cache and unfinished downloads; belongs to it alone
   */
  public static Builder builder(OutboundConfig config, Path folder) {
    return new Builder(config, folder);
  }

  public Downloads downloads() {
    return downloads;
  }

  /** For requests with small answers: web hooks, remote services. */
  public WebClient web() {
    return web;
  }

  /** Tells beforehand what is wrong with a URL. */
  public AddressGuard guard() {
    return guard;
  }

  @Override
  public void close() {
    try {
      downloads.close();
    } finally {
      client.close();
      resolver.close();
      folder.close();
    }
  }

  /** What an {@link Outbound} is made of; each piece has a default. Confined to one thread. */
  public static final class Builder {
    private final OutboundConfig config;
    private final Path folder;
    private @Nullable Store store;
    private MeterRegistry registry = new SimpleMeterRegistry();
    private NameResolver resolver = NameResolver.system();
    private InstantSource clock = InstantSource.system();
    private LongSupplier ticker = System::nanoTime;
    private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private @Nullable SSLContext tls;
    private @Nullable Aria2Config aria2;

    private Builder(OutboundConfig config, Path folder) {
      this.config = config;
      this.folder = folder;
    }

    /**
     * Where the cache keeps its index; its tables are made or brought up to date. Without a store
     * the cache starts empty with each process.
     */
    public Builder store(Store database) {
      store = database;
      return this;
    }

    public Builder metrics(MeterRegistry meters) {
      registry = meters;
      return this;
    }

    /** Another way to resolve names; what it answers is checked all the same. */
    public Builder resolver(NameResolver names) {
      resolver = names;
      return this;
    }

    /** Whom to trust, instead of the JDK's trust store. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /** Has aria2 do the downloads that need no headers; it is started with the first of them. */
    public Builder aria2(Aria2Config program) {
      aria2 = program;
      return this;
    }

    /** Wall time, for ages in the cache. */
    public Builder clock(InstantSource wall) {
      clock = wall;
      return this;
    }

    /** Elapsed nanoseconds, for the rest of failing hosts. */
    public Builder ticker(LongSupplier nanos) {
      ticker = nanos;
      return this;
    }

    /** For the jitter of pauses; must be thread-safe. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    /**
     * Opens the folder and clears away what no process will come back for.
     *
     * @throws UncheckedIOException if the folder cannot be written or another process has it
     */
    public Outbound build() {
      try {
        return new Outbound(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private SSLContext tls() {
      try {
        return tls != null ? tls : SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("the JDK's trust store cannot be read", e);
      }
    }
  }
}
