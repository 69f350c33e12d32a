package dev.millrace.apps.crew;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of a run as a client hears them. */
final class Told implements AutoCloseable {
  private final HttpURLConnection connection;
  private final BufferedReader lines;
  private String id;

  Told(CrewServer server, String run, String lastId) throws IOException {
    URI address = server.http.uri().resolve("/api/v1/crew/workflows/" + run + "/stream");
    connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setReadTimeout(10_000);
    if (lastId != null) {
      connection.setRequestProperty("Last-Event-ID", lastId);
    }
    lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The data of the next event of that name; others are passed over. */
  JsonNode next(String name) throws IOException {
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ") && event.equals(name)) {
        return JsonMapper.shared().readTree(line.substring(6));
      }
    }
    throw new AssertionError("the stream ended without " + name);
  }

  String lastId() {
    return id;
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
