package dev.millrace.apps.crew;

import dev.millrace.app.AppParts;
import dev.millrace.app.Platform;
import dev.millrace.app.Settings;
import dev.millrace.http.HttpConfig;
import dev.millrace.http.HttpServer;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.Tasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application on real parts: a store, the journal, tasks and HTTP. */
final class CrewServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  final Path folder;
  final Store store;
  final Journal journal;
  final Tasks tasks;
  final AppParts parts;
  final HttpServer http;
  private final HttpClient client = HttpClient.newHttpClient();

  /** What a request was answered with. */
  record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {}

  CrewServer(Path folder, Map<String, String> settings) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("crew"));
    store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    journal = Journal.open(store);
    CrewApp app = new CrewApp();
    app.migrations().forEach(store::migrate);
    tasks = Tasks.on(store, folder).journal(journal).build();
    Map<String, Settings.Given> given = new HashMap<>();
    settings.forEach((key, value) -> given.put(key, new Settings.Given(value, "test")));
    parts =
        app.open(
            new Platform(
                store,
                journal,
                tasks,
                new Settings(given),
                folder.resolve("crew"),
                InstantSource.system(),
                new SimpleMeterRegistry()));
    parts.taskTypes().forEach(tasks::register);
    tasks.start();
    http =
        HttpServer.builder(HttpConfig.defaults().withPort(0)).endpoints(parts.endpoints()).start();
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Answer get(String path) throws Exception {
    return send("GET", path, null);
  }

  Answer post(String path, Object body) throws Exception {
    return send("POST", path, body);
  }

  /** Sends a request; texts go as they are, everything else as JSON. */
  Answer send(String method, String path, Object body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(
                body instanceof String text ? text : JSON.writeValueAsString(body));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.uri().resolve("/api/v1/crew/") + path))
            .method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode json = type.contains("json") ? JSON.readTree(answer.body()) : null;
    return new Answer(answer.statusCode(), json, answer);
  }

  @Override
  public void close() {
    http.close();
    tasks.close();
    parts.close().run();
    journal.close();
    store.close();
  }
}
