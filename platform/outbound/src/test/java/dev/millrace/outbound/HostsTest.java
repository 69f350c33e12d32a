package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
  private static final BreakerRules RULES = new BreakerRules(3, Duration.ofSeconds(10));

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final Hosts hosts = new Hosts(2, RULES, nanos::get);
  private final Semaphore slots = new Semaphore(10);

  @Test
  void restsAHostThatKeepsFailingThenLetsOneTry() throws Exception {
    for (int i = 0; i < 3; i++) {
      fail("http://bad.example/");
    }
    var e = catchThrowableOfType(OutboundException.class, () -> enter("http://bad.example/x"));
    assertThat(e.reason()).isEqualTo(FailureReason.HOST_RESTING);
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(10));
    assertThat(hosts.resting()).isOne();
    enter("http://good.example/").close();

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    try (var probe = enter("http://bad.example/")) {
      assertThatThrownBy(() -> enter("http://bad.example/")).hasMessageContaining("bad.example");
      probe.failed();
    }
    assertThatThrownBy(() -> enter("http://bad.example/")).isInstanceOf(OutboundException.class);

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    try (var probe = enter("http://bad.example/")) {
      probe.succeeded();
    }
    enter("http://bad.example/").close();
    assertThat(hosts.resting()).isZero();
  }

  @Test
  void aProbeThatWasGivenUpLeavesTheTurnToTheNext() throws Exception {
    for (int i = 0; i < 3; i++) {
      fail("http://bad.example/");
    }
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    enter("http://bad.example/").close();
    enter("http://bad.example/").close();
  }

  @Test
  void aSuccessForgivesEarlierFailures() throws Exception {
    for (int i = 0; i < 10; i++) {
      fail("http://x.example/");
      try (var pass = enter("http://x.example/")) {
        pass.succeeded();
      }
    }
    assertThat(hosts.resting()).isZero();
  }

  @Test
  void forgetsHostsWithNothingToRemember() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (var pass = enter("http://h" + i + ".example/")) {
        pass.succeeded();
      }
    }
    assertThat(hosts.known()).isZero();
    for (int i = 0; i < 5_000; i++) {
      fail("http://h" + i + ".example/");
    }
    assertThat(hosts.known()).isLessThan(4_200);
    assertThat(slots.availablePermits()).isEqualTo(10);
  }

  @Test
  void doesNotLetOneSlowHostHoldWhatOthersCouldUse() throws Exception {
    var narrow = new Semaphore(3);
    var first = hosts.enter(WebUrl.parse("http://slow.example/"), narrow, Long.MAX_VALUE);
    var second = hosts.enter(WebUrl.parse("http://slow.example/"), narrow, Long.MAX_VALUE);
    var third =
        DownloadsTest.async(
            () -> hosts.enter(WebUrl.parse("http://slow.example/"), narrow, Long.MAX_VALUE));
    hosts.enter(WebUrl.parse("http://fast.example/"), narrow, Long.MAX_VALUE).close();
    assertThat(third).isNotDone();
    first.close();
    third.get().close();
    second.close();
    assertThat(narrow.availablePermits()).isEqualTo(3);
  }

  @Test
  void asksOneHostOnlySoOftenAtATime() throws Exception {
    var config = Rig.CONFIG.withConcurrency(50, 4);
    var go = new Signal("go");
    try (var rig = Rig.light(folder, config, _ -> {})) {
      var requests =
          IntStream.range(0, 12)
              .mapToObj(i -> {
                String path = "/f" + i;
                rig.server.serve(
                    path, Reply.of(ByteSource.generated(5_000, i)).stallingAt(1_000, go));
                return rig.request(path);
              })
              .toList();
      var all = DownloadsTest.async(() -> rig.downloads().fetchAll(requests, _ -> {}));
      Signal.awaitUntil("four are asked for", () -> rig.server.requests() == 4);
      go.raise();
      assertThat(all.get()).allMatch(DownloadOutcome.Done.class::isInstance);
      assertThat(rig.server.peakConcurrency()).isEqualTo(4);
    }
  }

  @Test
  void doesNotCountTheWaitForTheirTurn() throws Exception {
    var times =
        new TimeLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
    var config = Rig.CONFIG.withConcurrency(50, 1).withTimes(times);
    try (var rig = Rig.light(folder, config, _ -> {})) {
      var requests =
          IntStream.range(0, 7)
              .mapToObj(i -> {
                rig.server.serve("/f" + i, Reply.of(new byte[40_000]).slow(100_000));
                return rig.request("/f" + i);
              })
              .toList();
      long start = System.nanoTime();
      assertThat(rig.downloads().fetchAll(requests, _ -> {}))
          .allMatch(DownloadOutcome.Done.class::isInstance);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(times.total());
    }
  }

  @Test
  void leavesADeadHostAloneWhileOthersGoOn() throws Exception {
    var config =
        Rig.CONFIG
            .withBreaker(new BreakerRules(2, Duration.ofMinutes(5)))
            .withRetries(new RetryRules(5, Duration.ofMillis(1), Duration.ofSeconds(2)));
    NameResolver loopback = _ -> List.of(InetAddress.ofLiteral("127.0.0.1"));
    try (var rig = Rig.light(folder, config, builder -> builder.resolver(loopback))) {
      rig.server.serve("/bad", Reply.status(500));
      rig.server.serve("/good", Reply.of(new byte[10]));
      String bad = rig.server.url("bad.example", "/bad").toString();
      String good = rig.server.url("good.example", "/good").toString();
      assertThatThrownBy(
              () -> rig.downloads().fetch(DownloadRequest.of(bad, folder.resolve("bad"))))
          .isInstanceOfSatisfying(
              DownloadException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.HOST_RESTING));
      assertThat(rig.server.requests("/bad")).isEqualTo(2);
      assertThat(rig.downloads().fetch(DownloadRequest.of(good, folder.resolve("good"))).bytes())
          .isEqualTo(10);
    }
  }

  private Hosts.Pass enter(String url) throws Exception {
    return hosts.enter(WebUrl.parse(url), slots, Long.MAX_VALUE);
  }

  private void fail(String url) throws Exception {
    try (var pass = enter(url)) {
      pass.failed();
    }
  }
}
