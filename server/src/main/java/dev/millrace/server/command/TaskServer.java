package dev.millrace.server.command;

import dev.millrace.http.Json;
import dev.millrace.server.RunningServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server that a command talks to, over HTTP; its refusals become the command's. */
final class TaskServer {
  private static final String API = "/api/v1";
  private static final int ID_LENGTH = 36;

  /** Pages of one look; each takes up to half a second. */
  private static final int PAGES = 60;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(names = "--data", defaultValue = "data", paramLabel = "DIR")
  private Path data = Path.of("data");

  @Option(names = "--server", paramLabel = "URL")
  private @Nullable URI server;

  @Option(names = "--json")
  boolean json;

  /** Made when it is needed: every command is set up before one of them runs. */
  private @Nullable HttpClient client;

  private HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
      client = made;
    }
    return made;
  }

  private URI url() throws CommandException {
    URI named = server;
    if (named != null) {
      return named;
    }
    return RunningServer.find(data)
        .map(RunningServer::url)
        .orElseThrow(() ->
            new CommandException(
                "no server runs on "
                    + data.toAbsolutePath().normalize()
                    + "\nStart one with './millrace up', name its folder by --data, or its address"
                    + " by --server."));
  }

  /** The answer to a GET, such as {@code get("/tasks", "limit", "5")}; null values are left out. */
  JsonNode get(String path, @Nullable String... query) throws CommandException {
    var parameters = new ArrayList<String>();
    for (int i = 0; i < query.length; i += 2) {
      String value = query[i + 1];
      if (value != null) {
        parameters.add(query[i] + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    String asked = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return send(HttpRequest.newBuilder(address(path + asked)).timeout(PATIENCE).build());
  }

  /**
   * The first tasks of a list, as one page of it. A page of the server only looks through so many
   * tasks and may hold none of what is looked for, so they are read on until there are enough, or
   * the look has gone on for long.
   *
   * @param enough as many are waited for; up to {@code limit} are answered
   */
  ObjectNode list(int limit, int enough, @Nullable String... query) throws CommandException {
    var asked = new ArrayList<>(Arrays.asList(query));
    asked.addAll(Arrays.asList("limit", null, "cursor", null));
    var items = new ArrayList<JsonNode>();
    ObjectNode page;
    int pages = 0;
    do {
      asked.set(asked.size() - 3, String.valueOf(limit - items.size()));
      page = (ObjectNode) get("/tasks", asked.toArray(String[]::new));
      page.path("items").forEach(items::add);
      asked.set(asked.size() - 1, page.path("next").asString(null));
    } while (items.size() < enough && !page.path("next").isNull() && ++pages < PAGES);
    items.forEach(page.putArray("items")::add);
    return page;
  }

  /** The answer to a POST. */
  JsonNode post(String path, String body) throws CommandException {
    return send(
        HttpRequest.newBuilder(address(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** The answer to a PATCH. */
  JsonNode patch(String path, String body) throws CommandException {
    return send(
        HttpRequest.newBuilder(address(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Deletes what stands there. */
  void delete(String path) throws CommandException {
    JsonNode _ = send(HttpRequest.newBuilder(address(path)).timeout(PATIENCE).DELETE().build());
  }

  /** The lines of a stream of events, as they come; the caller closes it. */
  Stream<String> lines(String path) throws CommandException {
    HttpRequest request =
        HttpRequest.newBuilder(address(path)).header("Accept", "text/event-stream").build();
    HttpResponse<Stream<String>> answer = exchange(request, HttpResponse.BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      try (Stream<String> body = answer.body()) {
        throw refused(answer.statusCode(), String.join("\n", body.toList()));
      }
    }
    return answer.body();
  }

  private URI address(String path) throws CommandException {
    return url().resolve(API + path);
  }

  private JsonNode send(HttpRequest request) throws CommandException {
    HttpResponse<String> answer = exchange(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer.statusCode(), answer.body());
    }
    return Json.mapper().readTree(answer.body());
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws CommandException {
    try {
      return client().send(request, handler);
    } catch (ConnectException unreachable) {
      throw new CommandException(
          "no server answers at "
              + request.uri().resolve("/")
              + "\nStart one with './millrace up', or name another address by --server.");
    } catch (IOException broken) {
      throw new CommandException("the server did not answer: " + broken.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  private static CommandException refused(int status, String body) {
    JsonNode problem;
    try {
      problem = Json.mapper().readTree(body);
    } catch (JacksonException noJson) {
      return new CommandException("the server answered " + status + "; is it Millrace?");
    }
    var lines = new ArrayList<String>();
    lines.add(
        problem.path("detail").asString(problem.path("title").asString("answered " + status)));
    for (JsonNode fault : problem.path("errors")) {
      String detail = fault.path("detail").asString("");
      if (!lines.getFirst().contains(detail)) {
        lines.add("  " + fault.path("pointer").asString("") + ": " + detail);
      }
    }
    lines.add(problem.path("remedy").asString(""));
    return new CommandException(String.join("\n", lines).strip());
  }

  /**
   * The whole id of a task, of which its beginning or its last characters may be given, as the
   * console shows them.
   */
  String id(String given) throws CommandException {
    String part = given.strip().toLowerCase(java.util.Locale.ROOT);
    if (part.length() >= ID_LENGTH) {
      return part;
    }
    List<String> found =
        list(200, 1, "text", part)
            .path("items")
            .valueStream()
            .map(task -> task.path("id").asString())
            .filter(id -> id.startsWith(part) || id.endsWith(part))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CommandException(
        found.isEmpty()
            ? "there is no task whose id begins or ends with '" + given + "'"
            : found.size()
                + " tasks have '"
                + given
                + "' in their ids:\n"
                + String.join("\n", found));
  }

  /** Prints an answer as it came, or what {@code plain} makes of it. */
  void print(JsonNode answer, Plain plain) {
    if (json) {
      System.out.println(answer.toPrettyString());
    } else {
      plain.print();
    }
  }

  /** What people are shown. */
  interface Plain {
    void print();
  }
}
