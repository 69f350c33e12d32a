package dev.millrace.server.command;

import dev.millrace.app.PartHealth;
import dev.millrace.app.SettingException;
import dev.millrace.server.RunningServer;
import dev.millrace.server.ServerSettings;
import dev.millrace.server.StoreFile;
import dev.millrace.server.config.Configuration;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Checks what a server needs and says what to do: a line a check, a status of 1 if one failed.
 * Tools, disk and folder are checked by the launcher, which can do so before anything is built;
 * this goes on with what needs the program.
 */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Option(names = "--port", paramLabel = "PORT")
  private @Nullable Integer port;

  private boolean failed;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    Optional<RunningServer> running = RunningServer.find(options.data);
    if (running.isPresent()) {
      report("server", answers(running.get()));
    } else {
      report("port", portIsFree(configuration));
      report("database", database());
    }
    return failed ? MillraceCommand.FAILED : 0;
  }

  private Configuration configuration() {
    try {
      Configuration configuration = options.configuration();
      report("configuration", PartHealth.ok(configuration.entries().size() + " keys"));
      return configuration;
    } catch (SettingException wrong) {
      report("configuration", PartHealth.failed(String.valueOf(wrong.getMessage())));
      throw wrong;
    }
  }

  private PartHealth portIsFree(Configuration configuration) {
    ServerSettings settings = configuration.settings().bind("server", ServerSettings.class);
    int wanted = port != null ? port : settings.port();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), wanted));
      return PartHealth.ok(settings.host() + ":" + socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      return PartHealth.failed(
          settings.host()
              + ":"
              + wanted
              + " cannot be listened on ("
              + taken.getMessage()
              + "); stop what uses it, or choose another --port");
    }
  }

  private PartHealth database() throws IOException {
    Path file = StoreFile.in(options.data);
    if (!Files.exists(file)) {
      return PartHealth.ok("none yet; the first start makes " + file);
    }
    try (NativeFolder _ = NativeFolder.in(options.data);
        Store store = Store.open(StoreConfig.defaults(file))) {
      List<String> damage = store.check();
      return damage.isEmpty()
          ? PartHealth.ok(file + " is sound, position " + store.position())
          : PartHealth.failed(
              file + " is damaged: " + String.join("; ", damage) + "; restore a backup");
    } catch (StoreException refused) {
      return PartHealth.failed(String.valueOf(refused.getMessage()));
    }
  }

  private static PartHealth answers(RunningServer server) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(server.url().resolve("/health"))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String text = server.url() + ", process " + server.pid() + ": " + response.body();
      return response.statusCode() == 200 ? PartHealth.ok(text) : PartHealth.failed(text);
    } catch (IOException silent) {
      return PartHealth.failed(
          "process " + server.pid() + " does not answer at " + server.url() + ": " + silent);
    }
  }

  private void report(String what, PartHealth health) {
    failed |= health.state() == PartHealth.State.FAILED;
    String mark =
        switch (health.state()) {
          case OK -> "ok    ";
          case DEGRADED -> "look  ";
          case FAILED -> "FAILED";
        };
    System.out.printf("%s  %-14s %s%n", mark, what, health.detail());
  }
}
