package dev.millrace.apps.draft;

import dev.millrace.app.AppParts;
import dev.millrace.app.Platform;
import dev.millrace.app.Settings;
import dev.millrace.http.HttpConfig;
import dev.millrace.http.HttpServer;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Tasks;
import dev.millrace.tasks.TasksConfig;
import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The application on real parts: a store, tasks, downloads and HTTP. */
public final class DraftServer implements AutoCloseable {
  public final Path folder;
  public final Store store;
  private final Journal journal;
  public final Tasks tasks;
  private final AppParts parts;
  private final HttpServer http;
  private final HttpClient client = HttpClient.newHttpClient();

  public DraftServer(Path folder, Map<String, String> settings) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("draft"));
    store = Store.open(StoreConfig.defaults(folder.resolve("millrace.db")));
    journal = Journal.open(store);
    DraftApp app = new DraftApp();
    app.migrations().forEach(store::migrate);
    tasks =
        Tasks.on(store, folder)
            .journal(journal)
            .config(TasksConfig.defaults().withStopGrace(Duration.ofMillis(200)))
            .build();
    Map<String, Settings.Given> given = new HashMap<>();
    given.put("draft.downloads.allow-private-addresses", new Settings.Given("true", "test"));
    given.put("draft.downloads.attempts", new Settings.Given("2", "test"));
    given.put("draft.downloads.stall-limit", new Settings.Given("500ms", "test"));
    settings.forEach((key, value) -> given.put(key, new Settings.Given(value, "test")));
    parts =
        app.open(
            new Platform(
                store,
                journal,
                tasks,
                new Settings(given),
                folder.resolve("draft"),
                InstantSource.system(),
                new SimpleMeterRegistry()));
    parts.taskTypes().forEach(tasks::register);
    tasks.start();
    http =
        HttpServer.builder(HttpConfig.defaults().withPort(0)).endpoints(parts.endpoints()).start();
  }

  public AppParts parts() {
    return parts;
  }

  /** Where finished drafts are. */
  public Path drafts() {
    return folder.resolve("draft/drafts");
  }

  public static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public URI uri(String path) {
    return http.uri().resolve("/api/v1/draft/drafts" + path).normalize();
  }

  public HttpResponse<byte[]> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  public JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(
          path + " answered " + response.statusCode() + " " + new String(response.body()));
    }
    return Recipes.JSON.readTree(response.body());
  }

  public HttpResponse<String> post(String recipe) throws Exception {
    return post("", "application/json", recipe.getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Calls a path below {@code /api/v1/draft} and returns the answer, which must have this status.
   */
  public JsonNode call(String method, String path, String body, int status) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(http.uri().resolve("/api/v1/draft" + path))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != status) {
      throw new AssertionError(
          method + " " + path + " answered " + response.statusCode() + " " + response.body());
    }
    return response.body().isEmpty()
        ? Recipes.JSON.missingNode()
        : Recipes.JSON.readTree(response.body());
  }

  /** What a path answers now, whatever the status; for conditions that are waited for. */
  public JsonNode look(String path) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(http.uri().resolve("/api/v1/draft" + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return Recipes.JSON.readTree(response.body());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Submits and returns the answer, which must be an acceptance. */
  public JsonNode submit(JsonNode recipe) throws Exception {
    HttpResponse<String> response = post(recipe.toString());
    if (response.statusCode() != 202) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return Recipes.JSON.readTree(response.body());
  }

  public TaskView awaitEnd(JsonNode accepted) throws Exception {
    TaskId id = TaskId.parse(accepted.path("taskId").stringValue());
    return tasks
        .await(id, Signal.LIMIT)
        .orElseThrow(() -> new AssertionError("not over: " + tasks.find(id)));
  }

  /** Submits, waits for the end, and returns the draft as the server shows it. */
  public JsonNode make(JsonNode recipe) throws Exception {
    JsonNode accepted = submit(recipe);
    awaitEnd(accepted);
    return json("/" + escaped(accepted.path("name").stringValue()));
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
