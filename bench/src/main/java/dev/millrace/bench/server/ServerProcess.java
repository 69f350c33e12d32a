package dev.millrace.bench.server;

import dev.millrace.bench.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server started by {@code ./millrace up} on a built tree, as a child process. The launcher ends
 * in {@code exec}, so the process is the server's virtual machine itself.
 */
public final class ServerProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String LISTENING = "listening on ";

  private final Process process;
  private final URI address;
  private final long startNanos;
  private final long answerNanos;

  private ServerProcess(Process process, URI address, long startNanos, long answerNanos) {
    this.process = process;
    this.address = address;
    this.startNanos = startNanos;
    this.answerNanos = answerNanos;
  }

  /** Builds what is missing, so that a later start measures the start and nothing else. */
  public static void build() throws IOException, InterruptedException {
    Process build =
        new ProcessBuilder(launcher(), "build")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (build.waitFor() != 0) {
      throw new IOException("'./millrace build' failed; run it to see why");
    }
  }

  /** Starts a server on a free port and returns when it has answered its first request. */
  public static ServerProcess start(Path data, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of(launcher(), "up", "--port", "0"));
    words.addAll(List.of("--samples", "--data", data.toString()));
    words.addAll(List.of(options));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words)
            .directory(Workplace.root().toFile())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    URI address = awaitAddress(process);
    ServerProcess server = new ServerProcess(process, address, start, 0);
    server.get("/health");
    return new ServerProcess(process, address, start, System.nanoTime());
  }

  private static String launcher() {
    return Workplace.root().resolve("millrace").toString();
  }

  /** Reads the server's output up to the line with its address, and the rest in the background. */
  private static URI awaitAddress(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder before = new StringBuilder();
    for (String line; (line = lines.readLine()) != null; ) {
      int at = line.indexOf(LISTENING);
      if (at >= 0) {
        Thread.ofVirtual().start(() -> skip(lines));
        return URI.create(line.substring(at + LISTENING.length()).strip());
      }
      before.append(line).append('\n');
    }
    throw new IOException("The server ended without listening:\n" + before);
  }

  private static void skip(BufferedReader lines) {
    try (lines) {
      while (lines.readLine() != null) {
        // A full pipe would stop the server.
      }
    } catch (IOException e) {
      // The process has ended and took its pipe along.
    }
  }

  public int port() {
    return address.getPort();
  }

  /** From the start of the launcher to the first answer. */
  public Duration startTime() {
    return Duration.ofNanos(answerNanos - startNanos);
  }

  /** The moment of the first answer, to compare with the times of other processes. */
  public Instant answeredAt() {
    return Instant.now().minusNanos(System.nanoTime() - answerNanos);
  }

  public JsonNode get(String path) throws IOException {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  public JsonNode post(String path, Object body) throws IOException {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private static JsonNode send(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.timeout(Duration.ofSeconds(60)).build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(
            request.uri() + " answered " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  /** Resident memory in MB (1,000,000 bytes), as the kernel counts it. */
  public double residentMegabytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      long kibibytes =
          lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow(() -> new IOException("No VmRSS of process " + process.pid()));
      return kibibytes * 1024 / 1e6;
    }
  }

  /** SIGKILL: nothing is flushed, nothing is said. Returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
