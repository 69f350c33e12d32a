package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxy word by word, as a program on this machine would speak to it. */
class GuardedProxyTest {
  private final WebServer server = WebServer.start();
  private final AtomicInteger lookups = new AtomicInteger();
  private final NameResolver names =
      host ->
          switch (host) {
            case "good.example" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
            // Public at the first look, private at the second: a name that changes its mind.
            case "turning.example" ->
                List.of(
                    InetAddress.ofLiteral(
                        lookups.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"));
            case "bad.example" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
            default -> List.of(InetAddress.ofLiteral(host));
          };
  private final SpeedLimit speed = new SpeedLimit();
  private final GuardedProxy proxy =
      GuardedProxy.open(new AddressGuard(names, Rig.CONFIG), Rig.CONFIG.times(), speed);
  private final GuardedProxy.Ticket ticket = proxy.admit("me");

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(proxy.url()).getPort())) {
      socket.setSoTimeout((int) Signal.LIMIT.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private String signed(String first) {
    return signed(first, ticket.user() + ":" + ticket.password());
  }

  private static String signed(String first, String pair) {
    return first
        + " HTTP/1.1\r\nProxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        + "\r\nX-Mine: yes\r\n\r\n";
  }

  @Test
  void passesOnWhatIsAllowed() throws Exception {
    server.serve("/a", Reply.of("hello".getBytes(StandardCharsets.UTF_8)));
    String answer = ask(signed("GET " + server.url("good.example", "/a")));
    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nhello");
    var request = server.log("/a").getFirst();
    assertThat(request.header("Host")).contains("good.example:" + server.port());
    assertThat(request.header("X-Mine")).contains("yes");
    assertThat(request.header("Proxy-Authorization")).isEmpty();
    assertThat(ticket.failure()).isEmpty();
  }

  @Test
  void tunnelsToTheAddressThatPassed() throws Exception {
    server.serve("/a", Reply.of("hello".getBytes(StandardCharsets.UTF_8)));
    String target = "turning.example:" + server.port();
    String inner = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assertThat(ask(signed("CONNECT " + target) + inner))
        .startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200")
        .endsWith("hello");
    assertThat(lookups).as("looked up once a connection").hasValue(1);
    assertThat(ask(signed("CONNECT " + target) + inner)).startsWith("HTTP/1.1 403");
    assertThat(ticket.failure().orElseThrow().reason()).isEqualTo(FailureReason.ADDRESS_REFUSED);
  }

  @Test
  void refusesPrivateAddressesAndWhatIsNoDownload() throws Exception {
    for (String target :
        List.of("http://bad.example/", "http://169.254.169.254/latest", "http://[::1]/")) {
      assertThat(ask(signed("GET " + target))).as(target).startsWith("HTTP/1.1 403");
    }
    assertThat(ask(signed("CONNECT 192.168.1.1:22"))).startsWith("HTTP/1.1 403");
    assertThat(ask(signed("POST http://good.example/"))).startsWith("HTTP/1.1 405");
    assertThat(ask(signed("GET ftp://good.example/"))).startsWith("HTTP/1.1 400");
    assertThat(ask(signed("GET /etc/passwd"))).startsWith("HTTP/1.1 400");
    assertThat(ask(signed("GET https://good.example/"))).startsWith("HTTP/1.1 400");
    assertThat(ask("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(server.requests()).isZero();
  }

  @Test
  void letsNobodyInWithoutATicket() throws Exception {
    String target = "GET " + server.url("good.example", "/a");
    assertThat(ask(target + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 407");
    assertThat(ask(signed(target, "me:wrong"))).startsWith("HTTP/1.1 407");
    assertThat(ask(signed(target, "you:" + ticket.password()))).startsWith("HTTP/1.1 407");
    ticket.close();
    assertThat(ask(signed(target))).startsWith("HTTP/1.1 407");
    assertThat(server.requests()).isZero();
  }

  @Test
  void tellsTheTicketWhatWentWrong() throws Exception {
    server.serve("/busy", Reply.status(503).retryAfter(java.time.Duration.ofSeconds(7)));
    ask(signed("GET " + server.url("good.example", "/busy")));
    OutboundException busy = ticket.failure().orElseThrow();
    assertThat(busy.status()).hasValue(503);
    assertThat(busy.retryAfter()).contains(java.time.Duration.ofSeconds(7));

    server.serve("/noise", Reply.garbage());
    assertThat(ask(signed("GET " + server.url("good.example", "/noise"))))
        .startsWith("HTTP/1.1 502");
    try (Socket bound = new Socket()) { // Nobody listens there, and nobody else will.
      bound.bind(new InetSocketAddress(0));
      String nobody = "http://good.example:" + bound.getLocalPort() + "/a";
      assertThat(ask(signed("GET " + nobody))).startsWith("HTTP/1.1 502");
    }
    assertThat(ticket.failure().orElseThrow().reason()).isEqualTo(FailureReason.CONNECTION);
  }

  @Test
  void givesEveryConnectionBack() throws Exception {
    server.serve("/a", Reply.of(new byte[10]));
    for (int i = 0; i < 20; i++) {
      ask(signed("GET " + server.url("good.example", "/a")));
    }
    // One permit is held by the thread that waits for the next connection.
    Signal.awaitUntil("all are back", () -> proxy.connections() == 1);
  }
}
