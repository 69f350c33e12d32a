package dev.millrace.outbound;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.WebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A web server, a store and an outbound part over it, that may ask 127.0.0.1 and nothing else. */
final class Rig implements AutoCloseable {
  static final OutboundConfig CONFIG =
      OutboundConfig.defaults()
          .withAllowedNetworks(List.of("127.0.0.1/32"))
          .withTimes(
              new TimeLimits(
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(60)))
          .withRetries(new RetryRules(3, Duration.ofMillis(2), Duration.ofSeconds(2)))
          .withProgressEvery(Duration.ofMillis(5));

  final WebServer server = WebServer.start();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Path folder;
  final @Nullable Store store;
  final Outbound outbound;

  private Rig(
      Path folder, OutboundConfig config, @Nullable Store store, Consumer<Outbound.Builder> more) {
    this.folder = folder;
    this.store = store;
    var builder = Outbound.builder(config, folder.resolve("downloads")).metrics(meters);
    if (store != null) {
      builder.store(store);
    }
    more.accept(builder);
    outbound = builder.build();
  }

  /** With a store, so that the cache outlives the outbound part. */
  static Rig durable(Path folder, OutboundConfig config, Consumer<Outbound.Builder> more) {
    var store = Store.open(StoreConfig.defaults(folder.resolve("store.db")));
    return new Rig(folder, config, store, more);
  }

  /** Without a store. */
  static Rig light(Path folder, OutboundConfig config, Consumer<Outbound.Builder> more) {
    return new Rig(folder, config, null, more);
  }

  Downloads downloads() {
    return outbound.downloads();
  }

  /** A download of {@code path} of the server to a file of the same name. */
  DownloadRequest request(String path) {
    return DownloadRequest.of(server.url(path).toString(), folder.resolve("out" + path));
  }

  Downloaded fetch(String path) throws Exception {
    return downloads().fetch(request(path));
  }

  /** The names of the files that unfinished downloads left. */
  List<String> parts() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("downloads/parts"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The finished files of the cache. */
  List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("downloads/sha256"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public void close() {
    outbound.close();
    if (store != null) {
      store.close();
    }
    server.close();
  }
}
