package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebClientTest {
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = Rig.light(folder, Rig.CONFIG, _ -> {});
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void sendsAndReads() throws Exception {
    byte[] latin = "größer".getBytes(StandardCharsets.ISO_8859_1);
    rig.server.serve(
        "/hook", Reply.of("text/plain; charset=iso-8859-1", latin).header("X-Id", "7"));
    var request =
        WebRequest.post(url("/hook"), "{\"a\":\"字\"}").withHeaders(Map.of("X-Signature", "abc"));
    WebAnswer answer = rig.outbound.web().send(request);
    assertThat(answer.isSuccess()).isTrue();
    assertThat(answer.body()).isEqualTo("größer");
    assertThat(answer.header("x-id")).contains("7");
    var sent = rig.server.log("/hook").getFirst();
    assertThat(sent.method()).isEqualTo("POST");
    assertThat(sent.body()).isEqualTo("{\"a\":\"字\"}");
    assertThat(sent.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(sent.header("X-Signature")).contains("abc");
    assertThat(rig.meters.get("millrace.outbound.requests").tag("outcome", "2xx").timer().count())
        .isOne();
  }

  @Test
  void answersAreNotExceptions() throws Exception {
    rig.server.serve("/a", Reply.of("oops".getBytes(StandardCharsets.UTF_8)).withStatus(422));
    WebAnswer answer = rig.outbound.web().send(WebRequest.get(url("/a")));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo("oops");
    assertThat(answer.isSuccess()).isFalse();
  }

  @Test
  void repeatsOnlyWhatMayBeRepeated() throws Exception {
    rig.server.serveAfterFailures("/get", 2, 503, Reply.of("ok".getBytes(StandardCharsets.UTF_8)));
    WebAnswer answer = rig.outbound.web().send(WebRequest.get(url("/get")));
    assertThat(answer.attempts()).isEqualTo(3);
    assertThat(answer.status()).isEqualTo(200);

    rig.server.serveAfterFailures("/post", 2, 503, Reply.status(200));
    assertThat(rig.outbound.web().send(WebRequest.post(url("/post"), "{}")).status())
        .isEqualTo(503);
    assertThat(rig.server.requests("/post")).isOne();
    var repeatable = WebRequest.post(url("/post"), "{}").withRepeatable(true);
    assertThat(rig.outbound.web().send(repeatable).status()).isEqualTo(200);
  }

  @Test
  void refusesPrivateAddressesAndLongAnswers() {
    assertThatThrownBy(() -> rig.outbound.web().send(WebRequest.get("http://127.0.0.2/")))
        .isInstanceOfSatisfying(
            OutboundException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ADDRESS_REFUSED));
    rig.server.serve("/a", Reply.of(new byte[100]));
    assertThatThrownBy(() -> rig.outbound.web().send(WebRequest.get(url("/a")).withMaxBytes(99)))
        .hasMessageContaining("99 bytes");
  }

  @Test
  void keepsSecretsFromOtherOrigins() throws Exception {
    try (var other = WebServer.start()) {
      other.serve("/b", Reply.status(200));
      rig.server.serve("/a", Reply.redirect(307, other.url("/b").toString()));
      rig.server.serve("/same", Reply.redirect(302, "/c"));
      rig.server.serve("/c", Reply.status(200));
      var headers = Map.of("Authorization", "Bearer x", "X-Trace", "t");
      rig.outbound.web().send(WebRequest.post(url("/a"), "{}").withHeaders(headers));
      rig.outbound.web().send(WebRequest.post(url("/same"), "{}").withHeaders(headers));
      var elsewhere = other.log("/b").getFirst();
      assertThat(elsewhere.method()).isEqualTo("POST");
      assertThat(elsewhere.body()).isEqualTo("{}");
      assertThat(elsewhere.header("Authorization")).isEmpty();
      assertThat(elsewhere.header("X-Trace")).contains("t");
      var same = rig.server.log("/c").getFirst();
      assertThat(same.method()).isEqualTo("GET");
      assertThat(same.body()).isEmpty();
      assertThat(same.header("Authorization")).contains("Bearer x");
    }
  }

  @Test
  void endsInTimeAndOnInterruption() throws Exception {
    var never = new Signal("never");
    rig.server.serve("/a", Reply.status(200).silentUntil(never));
    var hurried = WebRequest.get(url("/a")).withTotal(Duration.ofMillis(200));
    assertThatThrownBy(() -> rig.outbound.web().send(hurried))
        .isInstanceOfSatisfying(
            OutboundException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    var outcome = new java.util.concurrent.CompletableFuture<Throwable>();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                rig.outbound.web().send(WebRequest.get(url("/a")));
              } catch (Exception e) {
                outcome.complete(e);
              }
            });
    rig.server.awaitRequests("/a", 2);
    caller.interrupt();
    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    never.raise();
  }

  @Test
  void saysSoWhenThereIsNoTimeAtAll() {
    rig.server.serve("/a", Reply.status(200));
    var hopeless = WebRequest.get(url("/a")).withTotal(Duration.ofNanos(1));
    assertThatThrownBy(() -> rig.outbound.web().send(hopeless))
        .isInstanceOfSatisfying(
            OutboundException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
  }

  @Test
  void endsWithTheServer() throws Exception {
    var never = new Signal("never");
    rig.server.serve("/a", Reply.status(200).silentUntil(never));
    var waiting = DownloadsTest.async(() -> rig.outbound.web().send(WebRequest.get(url("/a"))));
    rig.server.awaitRequests("/a", 1);
    rig.outbound.close();
    assertThatThrownBy(waiting::get)
        .cause()
        .isInstanceOfSatisfying(
            OutboundException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.CANCELLED));
    assertThatThrownBy(() -> rig.outbound.web().send(WebRequest.get(url("/b"))))
        .hasMessageContaining("stopped");
    assertThat(rig.server.requests("/a")).isOne();
    never.raise();
  }

  @Test
  void doesNotQueueForEver() throws Exception {
    rig.close();
    rig = Rig.light(folder, Rig.CONFIG.withConcurrency(50, 1), _ -> {});
    var go = new Signal("go");
    rig.server.serve("/slow", Reply.of(new byte[100]).stallingAt(10, go));
    var slow = DownloadsTest.async(() -> rig.fetch("/slow"));
    rig.server.awaitBytes("/slow", 10);
    var hurried = WebRequest.get(url("/a")).withTotal(Duration.ofMillis(100));
    assertThatThrownBy(() -> rig.outbound.web().send(hurried))
        .hasMessageContaining("its turn")
        .isInstanceOfSatisfying(
            OutboundException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TIMEOUT));
    assertThat(rig.server.requests("/a")).isZero();
    go.raise();
    slow.get();
  }

  private String url(String path) {
    return rig.server.url(path).toString();
  }
}
