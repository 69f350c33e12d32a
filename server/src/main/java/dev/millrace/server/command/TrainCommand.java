package dev.millrace.server.command;

import dev.millrace.server.MillraceServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Starts a server, sends it the requests of a first visit and some seconds of load, and stops it:
 * what the start-up cache is recorded from. The load matters: the cache keeps what the virtual
 * machine learnt about hot methods, so that a server that is met by a thousand clients right after
 * its start compiles the right ones at once. Part of the build, not meant for people.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int ROUNDS = 30;
  private static final int CLIENTS = 64;

  /** Requests of the load, in all; some seconds of two cores. */
  private static final int LOAD = 20_000;

  private static final List<String> PAGES =
      List.of("/", "/health", "/openapi.json", "/api/v1/tasks", "/api/v1/queues", "/metrics");

  private static final String NOOP = "{\"type\":\"sample.noop\"}";

  private static final List<String> TASKS =
      List.of(
          NOOP,
          "{\"type\":\"sample.steps\",\"input\":{\"steps\":2,\"ms\":1}}",
          // What a mistaken client sends.
          "{\"type\":\"sample.steps\",\"input\":{\"steps\":\"two\"}}",
          "{\"type\":\"sample.steps\",\"inputs\":{},\"priority\":12}",
          "{\"type\":\"sample.unknown\"}");

  @Mixin private DataOptions options = new DataOptions();

  @Override
  public Integer call() throws Exception {
    var configuration = options.configuration("server.port=0", "server.samples=true");
    try (MillraceServer server = MillraceServer.start(configuration, options.data);
        HttpClient client = HttpClient.newHttpClient()) {
      URI tasks = server.url().resolve("/api/v1/tasks");
      for (int i = 0; i < ROUNDS; i++) {
        for (String task : TASKS) {
          post(client, tasks, task);
        }
        for (String page : PAGES) {
          get(client, server.url().resolve(page));
        }
      }
      load(client, tasks);
    }
    return 0;
  }

  private static void load(HttpClient client, URI tasks) throws Exception {
    AtomicInteger left = new AtomicInteger(LOAD);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ends.add(
            clients.submit(() -> {
              for (int n = left.decrementAndGet(); n >= 0; n = left.decrementAndGet()) {
                post(client, tasks, n % 16 == 0 ? TASKS.get(n / 16 % TASKS.size()) : NOOP);
              }
              return null;
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static void get(HttpClient client, URI url) throws Exception {
    client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void post(HttpClient client, URI url, String body) throws Exception {
    client.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }
}
