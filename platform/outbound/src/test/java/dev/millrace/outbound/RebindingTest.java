package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.TlsIdentity;
import dev.millrace.testkit.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 127.0.0.1 plays the public address here, 127.0.0.2 the private one behind it. */
class RebindingTest {
  private static final InetAddress GOOD = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress PRIVATE = InetAddress.ofLiteral("127.0.0.2");

  @TempDir Path folder;
  private final ByteSource content = ByteSource.generated(10_000, 1);

  @Test
  void connectsToTheAddressThatWasChecked() throws Exception {
    var lookUps = new AtomicInteger();
    NameResolver flipping = _ -> List.of(lookUps.getAndIncrement() == 0 ? GOOD : PRIVATE);
    try (var rig = Rig.light(folder, Rig.CONFIG, builder -> builder.resolver(flipping));
        var secret = new ServerSocket()) {
      secret.bind(new InetSocketAddress(PRIVATE, rig.server.port()));
      secret.setSoTimeout(1);
      rig.server.serve("/a", Reply.of(content));
      String url = rig.server.url("flip.example", "/a").toString();
      var request = DownloadRequest.of(url, folder.resolve("a"));
      assertThat(rig.downloads().fetch(request).path()).hasBinaryContent(content.toArray());
      assertThat(lookUps).as("one look-up for check and connection").hasValue(1);
      assertThat(rig.server.log("/a").getFirst().header("Host"))
          .contains("flip.example:" + rig.server.port());
      assertNothingCame(secret);
    }
  }

  @Test
  void refusesANameThatHasBecomePrivate() throws Exception {
    NameResolver turned = _ -> List.of(PRIVATE);
    try (var rig = Rig.light(folder, Rig.CONFIG, builder -> builder.resolver(turned));
        var secret = new ServerSocket()) {
      secret.bind(new InetSocketAddress(PRIVATE, rig.server.port()));
      String url = rig.server.url("flip.example", "/a").toString();
      var e =
          catchThrowableOfType(
              DownloadException.class,
              () -> rig.downloads().fetch(DownloadRequest.of(url, folder.resolve("a"))));
      assertThat(e.reason()).isEqualTo(FailureReason.ADDRESS_REFUSED);
      assertThat(e).hasMessageContaining("127.0.0.2").hasMessageContaining("loopback");
      assertNothingCame(secret);
    }
  }

  @Test
  void checksTheCertificateForTheName() throws Exception {
    var identity = TlsIdentity.of("media.example", folder);
    NameResolver loopback = _ -> List.of(GOOD);
    try (var secure = WebServer.startTls(identity);
        var rig =
            Rig.light(
                folder, Rig.CONFIG, builder -> builder.resolver(loopback).tls(identity.context()));
        var distrusting =
            Outbound.builder(Rig.CONFIG, folder.resolve("other")).resolver(loopback).build()) {
      secure.serve("/a", Reply.of(content));
      String good = secure.url("media.example", "/a").toString();
      String wrong = secure.url("elsewhere.example", "/a").toString();
      assertThat(rig.downloads().fetch(DownloadRequest.of(good, folder.resolve("a"))).path())
          .hasBinaryContent(content.toArray());
      assertThat(tlsFailure(rig.downloads(), wrong)).isEqualTo(FailureReason.TLS);
      assertThat(tlsFailure(distrusting.downloads(), good)).isEqualTo(FailureReason.TLS);
    }
  }

  @Test
  void givesUpOnADeadNameServer() throws Exception {
    var stuck = new CountDownLatch(1);
    NameResolver dead =
        host -> {
          try {
            stuck.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new UnknownHostException(host);
          }
          return List.of(GOOD);
        };
    var config =
        Rig.CONFIG.withTimes(
            new TimeLimits(
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)));
    try (var rig = Rig.light(folder, config, builder -> builder.resolver(dead))) {
      String url = rig.server.url("slow.example", "/a").toString();
      var e =
          catchThrowableOfType(
              DownloadException.class,
              () -> rig.downloads().fetch(DownloadRequest.of(url, folder.resolve("a"))));
      assertThat(e.reason()).isEqualTo(FailureReason.NAME_UNKNOWN);
      assertThat(e).hasMessageContaining("slow.example").hasMessageContaining("100 ms");
    }
  }

  private FailureReason tlsFailure(Downloads downloads, String url) {
    return catchThrowableOfType(
            DownloadException.class,
            () -> downloads.fetch(DownloadRequest.of(url, folder.resolve("x"))))
        .reason();
  }

  private static void assertNothingCame(ServerSocket secret) throws Exception {
    secret.setSoTimeout(1);
    try (var _ = secret.accept()) {
      throw new AssertionError("the private address was asked");
    } catch (java.net.SocketTimeoutException nobody) {
      // As it should be.
    }
  }
}
