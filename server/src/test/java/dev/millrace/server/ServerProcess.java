package dev.millrace.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real server in a process of its own, as its user starts it, on a free port and a data folder
 * of the test's. Ended with {@link #stop} (SIGTERM) or {@link #kill} (SIGKILL).
 */
final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final URI url;
  private final Path output;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private ServerProcess(Process process, URI url, Path output) {
    this.process = process;
    this.url = url;
    this.output = output;
  }

  /** Starts a server on {@code data} and returns once it says that it listens. */
  static ServerProcess start(Path data, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
    arguments.addAll(List.of(options));
    Path output = Files.createTempFile("millrace-server", ".log");
    Process process = launch(output, arguments);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      String text = Files.readString(output, StandardCharsets.UTF_8);
      var listening = LISTENING.matcher(text);
      if (listening.find()) {
        return new ServerProcess(process, URI.create(listening.group(1)), output);
      }
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + text);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Runs another command to its end and returns its status and all that it printed. */
  static Finished run(String... arguments) throws Exception {
    Path output = Files.createTempFile("millrace-command", ".log");
    Process process = launch(output, List.of(arguments));
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + List.of(arguments));
    }
    String text = Files.readString(output);
    Files.delete(output);
    return new Finished(process.exitValue(), text);
  }

  /** How a command ended. */
  record Finished(int status, String output) {}

  private static Process launch(Path output, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dmillrace.launcher=./millrace",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.millrace.server.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  URI url(String path) {
    return url.resolve(path);
  }

  HttpClient client() {
    return client;
  }

  /** What the server has printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(url(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The body of a GET that must answer 200. */
  JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** The body of a POST that must answer 2xx. */
  JsonNode send(String path, String body) throws Exception {
    HttpResponse<String> response = post(path, body);
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  static JsonNode parse(String body) {
    return JSON.readTree(body);
  }

  /** Ends the process at once, as a power cut of the process would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop and returns its exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the server did not stop within 30 s of SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    kill();
    Files.deleteIfExists(output);
  }
}
