package dev.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifeTest {
  private static Endpoint slow(Signal reached, Signal goOn) {
    return Endpoint.get("/api/v1/slow")
        .summary("Slow")
        .answers(200, Map.class, Map.of())
        .handle(_ -> {
          reached.raise();
          goOn.await();
          return Reply.ok(Map.of("done", Thread.currentThread().isVirtual()));
        });
  }

  private static CompletableFuture<HttpResponse<String>> inBackground(Client client, String path) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return client.get(path);
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    });
  }

  @Test
  void letsRunningRequestsEndBeforeItStops() throws Exception {
    var reached = new Signal("the handler runs");
    var goOn = new Signal("the handler may end");
    var server =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .endpoints(List.of(slow(reached, goOn)))
            .start();
    try (var client = new Client(server)) {
      var answer = inBackground(client, "/api/v1/slow");
      reached.await();
      var stopped = CompletableFuture.runAsync(server::close);
      Signal.awaitUntil(
          "new requests are refused",
          () -> {
            try {
              return client.get("/api/problems").statusCode() == 503;
            } catch (Exception failure) {
              return false;
            }
          });
      assertThat(client.get("/api/problems").headers().firstValue("Retry-After")).contains("2");
      goOn.raise();
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).isEqualTo("{\"done\":true}");
      stopped.get();
      assertThatThrownBy(() -> client.get("/api/problems")).isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void saysWhenToTryAgainWhateverIsUnavailable() throws Exception {
    var full = new ProblemType("memory-full", 503, "Memory is full", "Try again later.");
    var endpoint =
        Endpoint.get("/api/v1/full")
            .summary("Full")
            .answers(200, Map.class, Map.of())
            .problems(full)
            .handle(_ -> {
              throw full.because("There is no room.");
            });
    try (var server =
            HttpServer.builder(HttpConfig.defaults().withPort(0))
                .endpoints(List.of(endpoint))
                .start();
        var client = new Client(server)) {
      var answer = client.get("/api/v1/full");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }
  }

  private static HttpServer hasty(EndpointHandler<Void, Void> handler) {
    var config = HttpConfig.defaults().withPort(0).withStopGrace(Duration.ofMillis(100));
    var endpoint =
        Endpoint.get("/api/v1/slow")
            .summary("Slow")
            .answers(200, Map.class, Map.of())
            .handle(handler);
    return HttpServer.builder(config).endpoints(List.of(endpoint)).start();
  }

  @Test
  void interruptsHandlersAfterTheGracePeriod() throws Exception {
    var reached = new Signal("the handler runs");
    var interrupted = new Signal("the handler was interrupted");
    var never = new CountDownLatch(1);
    var server =
        hasty(request -> {
          assertThat(request.cancelled()).isFalse();
          reached.raise();
          try {
            never.await();
          } catch (InterruptedException stopped) {
            assertThat(request.cancelled()).isTrue();
            interrupted.raise();
            throw stopped;
          }
          return Reply.ok(Map.of());
        });
    try (var client = new Client(server)) {
      var answer = inBackground(client, "/api/v1/slow");
      reached.await();
      server.close();
      interrupted.await();
      assertThat(answer.get().statusCode()).isEqualTo(503);
      assertThat(answer.get().body()).contains("\"stopping\"");
      assertThat(server.unfinished()).isEmpty();
    }
  }

  @Test
  void namesHandlersThatDoNotEnd() throws Exception {
    var reached = new Signal("the handler runs");
    var released = new CountDownLatch(1);
    var server =
        hasty(_ -> {
          reached.raise();
          while (released.getCount() > 0) {
            java.util.concurrent.locks.LockSupport.park(released);
            Thread.interrupted();
          }
          return Reply.ok(Map.of());
        });
    try (var client = new Client(server)) {
      var answer = inBackground(client, "/api/v1/slow");
      reached.await();
      long start = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(server.unfinished())
          .singleElement()
          .asString()
          .matches("GET /api/v1/slow, running for PT[0-9.]+S");
      assertThatThrownBy(answer::get).hasRootCauseInstanceOf(java.io.IOException.class);
    } finally {
      released.countDown();
    }
  }

  @Test
  void tellsHandlersThatTheirClientIsGone() throws Exception {
    var reached = new Signal("the handler runs");
    var noticed = new Signal("the handler knows that nobody waits");
    try (var server =
            hasty(request -> {
              assertThat(request.cancelled()).isFalse();
              reached.raise();
              Signal.awaitUntil("the client is gone", request::cancelled);
              noticed.raise();
              return Reply.ok(Map.of());
            });
        var client = new Client(server)) {
      try (var socket = client.connect()) {
        socket
            .getOutputStream()
            .write("GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
        reached.await();
      }
      noticed.await();
    }
  }

  /** The byte by which a client shows that it is there belongs to its next request. */
  @Test
  void losesNothingOfTheNextRequestsOfAClientThatIsWatched() throws Exception {
    var reached = new java.util.concurrent.Semaphore(0);
    var goOn = new java.util.concurrent.Semaphore(0);
    int rounds = 200;
    try (var server =
            hasty(request -> {
              assertThat(request.cancelled()).isFalse();
              reached.release();
              goOn.acquire();
              return Reply.ok(Map.of("cancelled", request.cancelled()));
            });
        var client = new Client(server);
        var socket = client.connect()) {
      String next = "GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n";
      var out = socket.getOutputStream();
      out.write((next + "\r\n").getBytes());
      for (int i = 1; i <= rounds; i++) {
        reached.acquire();
        out.write((next + (i == rounds ? "Connection: close\r\n\r\n" : "\r\n")).getBytes());
        goOn.release();
      }
      goOn.release();
      String all = new String(socket.getInputStream().readAllBytes());
      assertThat(all.split("HTTP/1.1 200 OK", -1)).hasSize(rounds + 2);
      assertThat(all.split("\\{\"cancelled\":false}", -1)).hasSize(rounds + 2);
    }
  }

  @Test
  void leavesHandlersTimeBeyondTheIdleTimeout() throws Exception {
    var quick =
        HttpConfig.defaults()
            .withPort(0)
            .withTimes(Duration.ofMillis(150), Duration.ofSeconds(1), Duration.ofMillis(50));
    var never = new CountDownLatch(1);
    var slow =
        Endpoint.post("/api/v1/slow")
            .summary("Slow")
            .answers(200, Map.class, Map.of())
            .handle(request -> {
              assertThat(request.cancelled()).isFalse();
              boolean ended = never.await(600, java.util.concurrent.TimeUnit.MILLISECONDS);
              return Reply.ok(Map.of("waited", ended || request.cancelled()));
            });
    try (var server = HttpServer.builder(quick).endpoints(List.of(slow)).start();
        var client = new Client(server)) {
      assertThat(
              client
                  .send(
                      client
                          .to("/api/v1/slow")
                          .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
                  .body())
          .isEqualTo("{\"waited\":false}");
    }
  }

  @Test
  void givesUpOnAClientThatStopsReading() throws Exception {
    var quick =
        HttpConfig.defaults()
            .withPort(0)
            .withTimes(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofMillis(50));
    var ended = new Signal("the writer gave up");
    var much =
        Endpoint.get("/api/v1/much")
            .summary("Much")
            .answersContent(200, "application/zip", "x", null)
            .handle(_ ->
                Reply.download(
                    "x.zip",
                    "application/zip",
                    out -> {
                      try {
                        while (true) {
                          out.write(new byte[1 << 16]);
                        }
                      } finally {
                        ended.raise();
                      }
                    }));
    try (var server = HttpServer.builder(quick).endpoints(List.of(much)).start();
        var client = new Client(server);
        var socket = client.connect()) {
      socket
          .getOutputStream()
          .write("GET /api/v1/much HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
      ended.await();
    }
  }

  @Test
  void keepsWhatTheHandlerSaysOfCaching() throws Exception {
    var cached =
        Endpoint.get("/api/v1/cached")
            .summary("Cached")
            .answers(200, Map.class, Map.of())
            .handle(_ -> Reply.ok(Map.of()).header("Cache-Control", "max-age=60"));
    try (var server =
            HttpServer.builder(HttpConfig.defaults().withPort(0))
                .endpoints(List.of(cached))
                .start();
        var client = new Client(server)) {
      assertThat(client.get("/api/v1/cached").headers().allValues("Cache-Control"))
          .containsExactly("max-age=60");
    }
  }

  @Test
  void timesRequestsByTheirTemplate() throws Exception {
    var meters = new SimpleMeterRegistry();
    try (var server =
            HttpServer.builder(HttpConfig.defaults().withPort(0))
                .meters(meters)
                .endpoints(TestApi.all())
                .start();
        var client = new Client(server)) {
      client.get("/api/v1/orders/a");
      client.get("/api/v1/orders/b");
      client.get("/api/v1/orders/none");
      client.get("/nothing");
      client.get("/api");
      Signal.awaitUntil(
          "all requests are counted",
          () ->
              meters.find("http.server.requests").timers().stream().mapToLong(t -> t.count()).sum()
                  == 5);
      assertThat(
              meters
                  .get("http.server.requests")
                  .tags("method", "GET", "uri", "/api/v1/orders/{id}", "status", "200")
                  .timer()
                  .count())
          .isEqualTo(2);
      assertThat(
              meters
                  .get("http.server.requests")
                  .tags("uri", "/api/v1/orders/{id}", "status", "404")
                  .timer()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("http.server.requests")
                  .tags("uri", "none", "status", "404")
                  .timer()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("http.server.requests")
                  .tags("uri", "static", "status", "200")
                  .timer()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("http.server.requests")
                  .tag("status", "200")
                  .timer()
                  .takeSnapshot()
                  .histogramCounts())
          .hasSize(11);
    }
  }

  @Test
  void repliesWithWhatItIsGiven() throws Exception {
    var endpoints =
        List.of(
            Endpoint.get("/metrics")
                .summary("Metrics")
                .answersContent(200, "text/plain", "x", null)
                .handle(_ -> Reply.text(200, "a 1\n")),
            Endpoint.post("/api/v1/made")
                .summary("Made")
                .answers(201, Map.class, Map.of())
                .handle(r ->
                    Reply.created(
                            "/api/v1/made/1",
                            Map.of("from", r.remoteAddress(), "role", r.role(), "id", r.id()))
                        .header("X-More", "1")),
            Endpoint.delete("/api/v1/made")
                .summary("Gone")
                .answersEmpty(204)
                .handle(r -> {
                  assertThatThrownBy(r::body).hasMessageContaining("declares no body");
                  assertThatThrownBy(r::query).hasMessageContaining("declares no query");
                  assertThatThrownBy(() -> r.path("x")).hasMessageContaining("no {x}");
                  assertThat(r.header("X-Mine")).contains("5");
                  return Reply.noContent();
                }),
            Endpoint.patch("/api/v1/made")
                .summary("Teapot")
                .answers(200, String.class, "x")
                .noEtag()
                .handle(_ -> Reply.json(418, "short and stout")));
    try (var server =
            HttpServer.builder(HttpConfig.defaults().withPort(0))
                .mapper(Json.builder().build())
                .endpoints(endpoints)
                .start();
        var client = new Client(server)) {
      assertThat(server.uri().toString()).isEqualTo("http://127.0.0.1:" + server.port());
      var text = client.get("/metrics");
      assertThat(text.body()).isEqualTo("a 1\n");
      assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
      var made =
          client.send(
              client.to("/api/v1/made").POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
      assertThat(made.statusCode()).isEqualTo(201);
      assertThat(made.headers().firstValue("Location")).contains("/api/v1/made/1");
      assertThat(made.headers().firstValue("X-More")).contains("1");
      assertThat(made.body()).contains("127.0.0.1").contains("admin");
      assertThat(client.send(client.to("/api/v1/made").header("X-Mine", "5").DELETE()).statusCode())
          .isEqualTo(204);
      assertThat(
              client
                  .send(
                      client
                          .to("/api/v1/made")
                          .method("PATCH", java.net.http.HttpRequest.BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(418);
    }
  }

  @Test
  void letsNoValueBreakOutOfItsHeader() throws Exception {
    var echo =
        Endpoint.get("/api/v1/echo/{name}")
            .summary("Echo")
            .path("name", "A name", "x")
            .answersEmpty(204)
            .handle(r -> Reply.noContent().header("X-Name", r.path("name")));
    try (var server =
            HttpServer.builder(HttpConfig.defaults().withPort(0)).endpoints(List.of(echo)).start();
        var client = new Client(server)) {
      String answer =
          client.raw(
              "GET /api/v1/echo/a%0d%0aX-Evil:%201 HTTP/1.1\r\n"
                  + "Host: localhost\r\n"
                  + "Connection: close\r\n\r\n");
      assertThat(answer).doesNotContain("\nX-Evil");
    }
  }

  @Test
  void refusesConfigurationThatCannotWork() {
    var good = HttpConfig.defaults();
    assertThatThrownBy(() -> good.withPort(70_000)).hasMessageContaining("70000");
    assertThatThrownBy(() -> good.withMaxBody(0)).hasMessageContaining("max-body");
    assertThatThrownBy(() -> good.withTimes(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("idle-timeout");
    assertThatThrownBy(
            () -> good.withTimes(Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(5)))
        .hasMessageContaining("heartbeat");
    assertThatThrownBy(() -> HttpServer.builder(good.withHost("no.such.host.invalid")).start())
        .hasMessageContaining("not known here");
  }
}
