package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  private final ByteSource content = ByteSource.generated(200_000, 1);
  private final WebServer server = WebServer.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void servesAllAndCounts() throws Exception {
    server.serve("/a", Reply.of(content).type("video/mp4").etag("\"v1\""));
    var answer = get("/a?x=1");
    assertThat(answer.body()).isEqualTo(content.toArray());
    assertThat(answer.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(server.requests("/a")).isOne();
    assertThat(server.bytesSent("/a")).isEqualTo(200_000);
    assertThat(server.log("/a").getFirst().query()).isEqualTo("x=1");
    assertThat(get("/none").statusCode()).isEqualTo(404);
    assertThat(get("/a", "If-None-Match", "\"v1\"").statusCode()).isEqualTo(304);
  }

  @Test
  void servesRangesUnlessTheContentChanged() throws Exception {
    server.serve("/a", Reply.of(content).etag("\"v1\"").lastModified(Instant.EPOCH));
    var answer = get("/a", "Range", "bytes=150001-", "If-Range", "\"v1\"");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 150001-199999/200000");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content.toArray(), 150_001, 200_000));
    assertThat(get("/a", "Range", "bytes=5-9", "If-Range", "\"v2\"").statusCode()).isEqualTo(200);
    assertThat(get("/a", "Range", "bytes=200000-").statusCode()).isEqualTo(416);
    server.serve("/a", Reply.of(content).withoutRanges());
    assertThat(get("/a", "Range", "bytes=5-9").statusCode()).isEqualTo(200);
  }

  @Test
  void playsRepliesInTurn() throws Exception {
    server.serveAfterFailures("/a", 2, 503, Reply.of(content).chunked());
    assertThat(get("/a").statusCode()).isEqualTo(503);
    assertThat(get("/a").statusCode()).isEqualTo(503);
    assertThat(get("/a").body()).hasSize(200_000);
    assertThat(get("/a").body()).hasSize(200_000);
  }

  @Test
  void breaksItsWord() {
    server.serve("/drop", Reply.of(content).droppingAt(70_000));
    server.serve("/cut", Reply.of(content).truncatedTo(70_000));
    server.serve("/lie", Reply.of(content).declaring(300_000));
    server.serve("/noise", Reply.garbage());
    for (String path : new String[] {"/drop", "/cut", "/lie", "/noise"}) {
      assertThatThrownBy(() -> get(path)).as(path).isInstanceOf(IOException.class);
    }
    assertThat(server.bytesSent("/drop")).isEqualTo(70_000);
    assertThat(server.bytesSent("/cut")).isEqualTo(70_000);
  }

  @Test
  void waitsForTheTestsSignal() throws Exception {
    var go = new Signal("go");
    server.serve("/a", Reply.of(content).stallingAt(1_000, go).untilClose());
    var answer = client.sendAsync(request("/a"), BodyHandlers.ofByteArray());
    server.awaitBytes("/a", 1_000);
    assertThat(answer).isNotDone();
    assertThat(server.bytesSent("/a")).isEqualTo(1_000);
    go.raise();
    assertThat(answer.get().body()).isEqualTo(content.toArray());
    assertThat(server.peakConcurrency()).isOne();
  }

  @Test
  void redirectsAnywhere() throws Exception {
    server.serve("/a", Reply.redirect(302, "http://10.0.0.1/x"));
    assertThat(get("/a").headers().firstValue("Location")).contains("http://10.0.0.1/x");
  }

  @Test
  void speaksTlsUnderItsName(@TempDir Path folder) throws Exception {
    var identity = TlsIdentity.of("localhost", folder);
    try (var secure = WebServer.startTls(identity);
        var trusting = HttpClient.newBuilder().sslContext(identity.context()).build()) {
      secure.serve("/a", Reply.of(content));
      var request = HttpRequest.newBuilder(secure.url("localhost", "/a")).build();
      assertThat(trusting.send(request, BodyHandlers.ofByteArray()).body()).hasSize(200_000);
    }
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return client.send(request(path, headers), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String path, String... headers) {
    URI url = server.url(path);
    var builder = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder.build();
  }
}
