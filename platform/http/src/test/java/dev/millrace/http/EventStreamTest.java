package dev.millrace.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final HttpConfig CONFIG =
      HttpConfig.defaults()
          .withPort(0)
          .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMillis(50));

  private static Endpoint stream(EventSource source) {
    return streamOf(_ -> Reply.stream(source));
  }

  private static Endpoint streamOf(EndpointHandler<Void, Void> handler) {
    return Endpoint.get("/api/v1/stream")
        .summary("Streams")
        .tags("live")
        .answersStream("ticks", "id: 1\n")
        .handle(handler);
  }

  private static HttpServer server(Endpoint endpoint) {
    return HttpServer.builder(CONFIG).endpoints(List.of(endpoint)).start();
  }

  private static Socket open(Client client, String... headers) throws Exception {
    var socket = client.connect();
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    socket
        .getOutputStream()
        .write(
            ("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n").getBytes(UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void sendsEventsWithIdsAndResumesAfterTheLastOne() throws Exception {
    var endpoint =
        streamOf(request ->
            Reply.stream(stream -> {
              long from = request.lastEventId().map(Long::parseLong).orElse(0L);
              for (long n = from + 1; n <= 5; n++) {
                stream.send(Long.toString(n), "tick", Map.of("n", n));
              }
              stream.send(null, "end", "多行\nno break");
            }));
    try (var server = server(endpoint);
        var client = new Client(server)) {
      var all =
          client.get(
              "/api/v1/stream", "Accept", "text/event-stream", "Accept-Encoding", "gzip, br");
      assertThat(all.headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(all.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(all.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(all.body())
          .startsWith("retry: 1000\n\nid: 1\nevent: tick\ndata: {\"n\":1}\n\nid: 2\n")
          .endsWith("data: {\"n\":5}\n\nevent: end\ndata: \"多行\\nno break\"\n\n");
      assertThat(client.get("/api/v1/stream", "Last-Event-ID", "4").body())
          .isEqualTo(
              "retry: 1000\n\n"
                  + "id: 5\n"
                  + "event: tick\n"
                  + "data: {\"n\":5}\n\n"
                  + "event: end\n"
                  + "data: \"多行\\nno break\"\n\n");
    }
  }

  @Test
  void showsThatItLivesWhileNothingHappens() throws Exception {
    try (var server = server(stream(EventStream::awaitClosed));
        var client = new Client(server);
        var socket = open(client)) {
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      int beats = 0;
      while (beats < 3) {
        String line = lines.readLine();
        assertThat(line).isNotNull();
        beats += line.equals(":") ? 1 : 0;
      }
    }
  }

  @Test
  void noticesThatTheClientIsGone() throws Exception {
    var gone = new Signal("the source saw the end");
    var meters = new SimpleMeterRegistry();
    var endpoint =
        stream(stream -> {
          try {
            stream.awaitClosed();
          } finally {
            gone.raise();
          }
        });
    try (var server =
            HttpServer.builder(CONFIG).meters(meters).endpoints(List.of(endpoint)).start();
        var client = new Client(server)) {
      try (var socket = open(client)) {
        socket.getInputStream().read();
        assertThat(meters.get("http.server.streams").gauge().value()).isEqualTo(1);
      }
      gone.await();
      Signal.awaitUntil(
          "the stream is counted out",
          () -> meters.get("http.server.streams").gauge().value() == 0);
      assertThat(meters.find("http.server.requests").tag("uri", "/api/v1/stream").timers())
          .isEmpty();
    }
  }

  @Test
  void noticesAtOnceThatTheClientClosedItsConnection() throws Exception {
    var rare =
        HttpConfig.defaults()
            .withPort(0)
            .withTimes(Duration.ofSeconds(100), Duration.ofSeconds(2), Duration.ofSeconds(90));
    var gone = new Signal("the source saw the end");
    var endpoint =
        stream(stream -> {
          try {
            stream.awaitClosed();
          } finally {
            gone.raise();
          }
        });
    try (var server = HttpServer.builder(rare).endpoints(List.of(endpoint)).start();
        var client = new Client(server)) {
      try (var socket = open(client)) {
        socket.getInputStream().read();
      }
      gone.await(); // long before the first heartbeat
    }
  }

  @Test
  void answersMoreRequestsOnTheConnectionOfAStreamThatEnded() throws Exception {
    try (var server = server(stream(stream -> stream.send("1", "tick", 1)));
        var client = new Client(server);
        var socket = open(client)) {
      var in = socket.getInputStream();
      var first = new StringBuilder();
      while (first.indexOf("\r\n0\r\n\r\n") < 0) {
        first.append((char) in.read());
      }
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      assertThat(new String(in.readAllBytes(), UTF_8)).contains("event: tick");
    }
  }

  @Test
  void endsTheStreamOfAClientThatIsTooSlowForOffers() throws Exception {
    var refused = new Signal("an offer was refused");
    var taken = new AtomicInteger();
    var endpoint =
        stream(stream -> {
          String much = "x".repeat(100_000);
          while (stream.offer(null, "much", much)) {
            taken.incrementAndGet();
          }
          assertThat(stream.isOpen()).isFalse();
          assertThat(stream.offer(null, "more", much)).isFalse();
          assertThatThrownBy(() -> stream.send(null, "more", much)).hasMessageContaining("closed");
          refused.raise();
        });
    try (var server = server(endpoint);
        var client = new Client(server);
        var socket = open(client, "Connection: close")) {
      refused.await();
      assertThat(taken.get()).isBetween(8, 1000);
      // What was taken still arrives, in full and in order.
      String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(all.split("event: much", -1)).hasSize(taken.get() + 1);
      assertThat(all).contains("x\"\n\n");
    }
  }

  @Test
  void makesSendersWaitForASlowClient() throws Exception {
    var sent = new AtomicInteger();
    var endpoint =
        stream(stream -> {
          String much = "x".repeat(10_000);
          for (int i = 0; i < 2000; i++) {
            stream.send(null, "much", much);
            sent.incrementAndGet();
          }
        });
    try (var server = server(endpoint);
        var client = new Client(server)) {
      assertThat(client.get("/api/v1/stream").body().split("event: much", -1)).hasSize(2001);
      assertThat(sent.get()).isEqualTo(2000);
    }
  }

  @Test
  void tellsOfProblemsInsideTheStream() throws Exception {
    var problem =
        stream(_ -> {
          throw TestApi.ORDER_UNKNOWN.because("gone");
        });
    try (var server = server(problem);
        var client = new Client(server)) {
      assertThat(client.get("/api/v1/stream").body())
          .contains("event: problem\ndata: {")
          .contains("order-unknown");
    }
    var failure =
        stream(_ -> {
          throw new IllegalStateException("secret");
        });
    try (var server = server(failure);
        var client = new Client(server)) {
      assertThat(client.get("/api/v1/stream").body())
          .contains("internal-error")
          .doesNotContain("secret");
    }
    var bad = stream(stream -> stream.send("a\nb", "x", 1));
    try (var server = server(bad);
        var client = new Client(server)) {
      assertThat(client.get("/api/v1/stream").body()).contains("internal-error");
    }
  }

  @Test
  void endsStreamsWhenTheServerStops() throws Exception {
    var interrupted = new Signal("the source was told");
    var open = new Signal("the stream is open");
    var endpoint =
        stream(stream -> {
          stream.send("1", "hello", "x");
          open.raise();
          try {
            stream.awaitClosed();
          } finally {
            interrupted.raise(); // by the closing or by the interrupt, whichever it meets first
          }
        });
    var server = server(endpoint);
    try (var client = new Client(server);
        var socket = open(client)) {
      open.await();
      long start = System.nanoTime();
      server.close();
      server.close();
      interrupted.await();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains("event: hello")
          .endsWith("0\r\n\r\n");
    }
  }

  @Test
  void limitsHowManyStreamsAreOpen() {
    var streams = new Streams(new SimpleMeterRegistry());
    for (int i = 0; i < Streams.MOST; i++) {
      streams.add(new EventStream(Json.mapper().writer()));
    }
    var one = new EventStream(Json.mapper().writer());
    assertThatThrownBy(() -> streams.add(one)).isInstanceOf(ProblemException.class);
    streams.closeAll();
  }

  @Test
  void closesStreamsThatOpenDuringTheStop() {
    var streams = new Streams(new SimpleMeterRegistry());
    streams.closeAll();
    var late = new AtomicReference<>(new EventStream(Json.mapper().writer()));
    streams.add(late.get());
    assertThat(late.get().isOpen()).isFalse();
  }
}
