package dev.millrace.server.command;

import dev.millrace.server.MillraceServer;
import dev.millrace.store.SqliteLibrary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Starts a server, sends it the requests of a first visit, and stops it: what the start-up cache is
 * recorded from. Part of the build, not meant for people.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int ROUNDS = 30;

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
    unpackSqlite();
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
    }
    return 0;
  }

  /** Beside the jars, where the launcher lets each later start find it. */
  private static void unpackSqlite() throws IOException {
    String home = System.getProperty("millrace.home");
    if (home != null) {
      Path folder = Path.of(home, "native");
      SqliteLibrary.unpack(folder);
      System.setProperty(SqliteLibrary.PLACE, folder.toString());
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
