package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.outbound.groups.DownloadGroup;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.outbound.groups.GroupFile;
import dev.millrace.outbound.groups.GroupOutcome;
import dev.millrace.outbound.groups.GroupProgress;
import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine does, seen through groups; run for each of them. */
@ParameterizedClass
@EnumSource(EngineKind.class)
class DownloadEngineContractTest {
  private static final Duration LOOK = Duration.ofMillis(10);

  @Parameter EngineKind kind;
  @TempDir Path folder;

  private final Signal never = new Signal("the end of the test");
  private Rig rig;
  private DownloadGroups groups;

  @BeforeEach
  void start() {
    open(Rig.CONFIG);
  }

  @AfterEach
  void stop() {
    never.raise();
    rig.close();
  }

  private void open(OutboundConfig config) {
    rig = Rig.durable(folder, config, kind::addTo);
    groups = new DownloadGroups(rig.downloads());
  }

  private DownloadGroup submit(String... paths) {
    return groups.submit(
        "group", List.of(paths).stream().map(path -> rig.request(path)).toList(), false);
  }

  private List<GroupOutcome> run(String... paths) throws Exception {
    try (DownloadGroup group = submit(paths)) {
      return group.await(LOOK, _ -> {});
    }
  }

  private DownloadException failure(String path) throws Exception {
    GroupOutcome outcome = run(path).getFirst();
    assertThat(outcome).isInstanceOf(GroupOutcome.Failed.class);
    assertThat(rig.request(path).target()).as("no half of a file").doesNotExist();
    return ((GroupOutcome.Failed) outcome).failure();
  }

  private static ByteSource bytes(int size) {
    return ByteSource.generated(size, size);
  }

  @Test
  void bringsAGroupOfFilesAndTellsHowFarItIs() throws Exception {
    List<String> paths = IntStream.range(0, 60).mapToObj(i -> "/f" + i).toList();
    for (int i = 0; i < paths.size(); i++) {
      rig.server.serve(paths.get(i), Reply.of(bytes(20_000 + i)));
    }
    List<GroupProgress> seen = new ArrayList<>();
    try (DownloadGroup group = submit(paths.toArray(String[]::new))) {
      assertThat(groups.find("group")).contains(group);
      List<GroupOutcome> outcomes = group.await(LOOK, seen::add);
      assertThat(outcomes).hasSize(60).allMatch(GroupOutcome.Done.class::isInstance);
      for (int i = 0; i < paths.size(); i++) {
        Downloaded file = ((GroupOutcome.Done) outcomes.get(i)).file();
        assertThat(file.path()).hasBinaryContent(bytes(20_000 + i).toArray());
        assertThat(file.sha256()).isEqualTo(DownloadsTest.sha256(bytes(20_000 + i)));
      }
      assertThat(group.files()).allMatch(file -> file.state() == GroupFile.State.DONE);
    }
    GroupProgress last = seen.getLast();
    assertThat(last.done()).isEqualTo(60);
    assertThat(last.isOver()).isTrue();
    assertThat(last.bytes()).isEqualTo(last.knownBytes()).isEqualTo(60 * 20_000 + 59 * 30);
    assertThat(groups.all()).isEmpty();
  }

  @Test
  void tellsSizeSpeedAndTheTimeThatIsLeft() throws Exception {
    rig.server.serve("/slow", Reply.of(bytes(900_000)).slow(300_000));
    try (DownloadGroup group = submit("/slow")) {
      Signal.awaitUntil(
          "speed and time are told",
          () -> {
            GroupFile file = group.files().getFirst();
            return file.state() == GroupFile.State.ACTIVE
                && file.totalBytes() == 900_000
                && file.bytes() > 0
                && file.bytesPerSecond() > 10_000
                && file.eta().isPresent()
                && group.progress().eta().isPresent();
          });
    }
  }

  @Test
  void goesOnWhereACutConnectionEnded() throws Exception {
    ByteSource body = bytes(600_000);
    rig.server.serve(
        "/cut", Reply.of(body).etag("\"v\"").droppingAt(400_000), Reply.of(body).etag("\"v\""));
    assertThat(run("/cut")).allMatch(GroupOutcome.Done.class::isInstance);
    assertThat(rig.request("/cut").target()).hasBinaryContent(body.toArray());
    assertThat(rig.server.log("/cut").getLast().header("Range")).isPresent();
  }

  @Test
  void triesPassingFailuresAgain() throws Exception {
    rig.server.serveAfterFailures("/busy", 2, 503, Reply.of(bytes(1_000)));
    assertThat(run("/busy")).allMatch(GroupOutcome.Done.class::isInstance);
    assertThat(rig.server.requests("/busy")).isEqualTo(3);
  }

  @Test
  void saysWhyAFileCannotBeHad() throws Exception {
    DownloadException missing = failure("/missing");
    assertThat(missing.reason()).isEqualTo(FailureReason.NOT_FOUND);
    assertThat(missing).hasMessageContaining("/missing").hasMessageContaining("404");
    assertThat(rig.server.requests("/missing")).as("no use asking again").isOne();

    rig.server.serve("/forbidden", Reply.status(403));
    DownloadException forbidden = failure("/forbidden");
    assertThat(forbidden.reason()).isEqualTo(FailureReason.HTTP_STATUS);
    assertThat(forbidden.status()).hasValue(403);

    rig.server.serve("/circle", Reply.redirect(302, "/circle"));
    assertThat(failure("/circle").reason()).isEqualTo(FailureReason.REDIRECTS);
  }

  @Test
  void takesAnAnswerThatIsTooShortForNoFile() throws Exception {
    rig.server.serve("/short", Reply.of(bytes(1_000)).declaring(5_000));
    DownloadException failure = failure("/short");
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.attempts()).isEqualTo(3);
  }

  @Test
  void givesUpOnAServerThatFallsSilent() throws Exception {
    rig.close();
    open(
        Rig.CONFIG
            .withTimes(
                new TimeLimits(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30)))
            .withRetries(new RetryRules(1, Duration.ofMillis(1), Duration.ofMillis(1))));
    rig.server.serve("/silent", Reply.of(bytes(100_000)).stallingAt(50_000, never));
    rig.server.serve("/mute", Reply.of(bytes(100_000)).silentUntil(never));
    assertThat(failure("/silent").reason())
        .isIn(FailureReason.STALLED, FailureReason.TIMEOUT, FailureReason.TRUNCATED);
    assertThat(failure("/mute").reason()).isIn(FailureReason.STALLED, FailureReason.TIMEOUT);
  }

  @Test
  void keepsToTheSizeAndTheDigestThatWereAskedFor() throws Exception {
    rig.server.serve("/big", Reply.of(bytes(300_000)));
    var small = rig.request("/big").withMaxBytes(10_000);
    var other = rig.request("/big").withSha256("0".repeat(64));
    try (var group = groups.submit("limits", List.of(small, other), false)) {
      assertThat(group.await(LOOK, _ -> {}))
          .extracting(outcome -> ((GroupOutcome.Failed) outcome).failure().reason())
          .containsExactly(FailureReason.TOO_LARGE, FailureReason.DIGEST_MISMATCH);
    }
  }

  @Test
  void stopsAFileAndGoesOnWithIt() throws Exception {
    ByteSource body = bytes(2_000_000);
    rig.server.serve(
        "/long",
        Reply.of(body).etag("\"v\"").stallingAt(1_200_000, never),
        Reply.of(body).etag("\"v\""));
    rig.server.serve("/other", Reply.of(bytes(1_000)));
    try (DownloadGroup group = submit("/long", "/other")) {
      Signal.awaitUntil("the piece is here", () -> group.files().getFirst().bytes() >= 1_000_000);
      assertThat(group.pause(0)).isTrue();
      assertThat(group.pause(0)).as("twice").isFalse();
      List<GroupOutcome> outcomes = group.await(LOOK, _ -> {});
      assertThat(outcomes.getFirst()).isInstanceOf(GroupOutcome.Paused.class);
      assertThat(outcomes.getLast()).isInstanceOf(GroupOutcome.Done.class);
      assertThat(group.progress().paused()).isOne();
      assertThat(group.progress().isOver()).isFalse();

      assertThat(group.resume()).isOne();
      assertThat(group.await(LOOK, _ -> {})).allMatch(GroupOutcome.Done.class::isInstance);
      assertThat(rig.request("/long").target()).hasBinaryContent(body.toArray());
      assertThat(rig.server.log("/long").getLast().header("Range").orElse(""))
          .as("not from the start")
          .matches("bytes=\\d{5,}-.*");
    }
  }

  @Test
  void deletesFilesAndTriesFailedOnesAgain() throws Exception {
    rig.server.serve("/endless", Reply.of(bytes(100_000)).stallingAt(10, never));
    try (DownloadGroup group = submit("/endless", "/late")) {
      Signal.awaitUntil(
          "one failed", () -> group.files().getLast().state() == GroupFile.State.FAILED);
      assertThat(group.files().getLast().code()).isEqualTo("not-found");
      assertThat(group.delete(0)).isTrue();
      assertThat(group.await(LOOK, _ -> {}).getFirst()).isInstanceOf(GroupOutcome.Deleted.class);

      rig.server.serve("/late", Reply.of(bytes(500)));
      assertThat(group.retryFailed()).isOne();
      assertThat(group.await(LOOK, _ -> {}).getLast()).isInstanceOf(GroupOutcome.Done.class);
      assertThat(group.progress().isOver()).isTrue();
    }
    assertThat(rig.request("/endless").target()).doesNotExist();
  }

  @Test
  void keepsToLimitsThatAreChangedMeanwhile() throws Exception {
    for (int i = 0; i < 8; i++) {
      rig.server.serve("/f" + i, Reply.of(bytes(40_000 + i)));
    }
    groups.limit(new DownloadLimits(2, 160_000));
    assertThat(groups.limits()).isEqualTo(new DownloadLimits(2, 160_000));
    long start = System.nanoTime();
    String[] paths = IntStream.range(0, 8).mapToObj(i -> "/f" + i).toArray(String[]::new);
    assertThat(run(paths)).allMatch(GroupOutcome.Done.class::isInstance);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("320 kB at 160 kB a second, less a tenth of a second that may be caught up with")
        .isGreaterThan(Duration.ofMillis(1_500));
    assertThat(rig.server.peakConcurrency()).isLessThanOrEqualTo(2);
  }

  @Test
  void refusesPrivateAddressesAlsoBehindRedirects() throws Exception {
    rig.server.serve("/away", Reply.redirect(302, "http://127.0.0.2:" + rig.server.port() + "/x"));
    rig.server.serve("/meta", Reply.redirect(307, "http://169.254.169.254/latest"));
    rig.server.serve("/x", Reply.of(bytes(10)));
    for (String path : List.of("/away", "/meta")) {
      DownloadException refused = failure(path);
      assertThat(refused.reason()).as("%s", refused).isEqualTo(FailureReason.ADDRESS_REFUSED);
    }
    assertThat(rig.server.requests("/x")).isZero();
    var direct =
        DownloadRequest.of("http://127.0.0.3:" + rig.server.port() + "/x", folder.resolve("x"));
    try (var group = groups.submit("direct", List.of(direct), false)) {
      assertThat(((GroupOutcome.Failed) group.await(LOOK, _ -> {}).getFirst()).failure().reason())
          .isEqualTo(FailureReason.ADDRESS_REFUSED);
    }
    assertThat(rig.server.requests("/x")).isZero();
  }

  @Test
  void goesOnAfterAnOrderlyEndWhereItWas() throws Exception {
    ByteSource body = bytes(2_000_000);
    WebServer server = rig.server;
    server.serve(
        "/long",
        Reply.of(body).etag("\"v\"").stallingAt(1_200_000, never),
        Reply.of(body).etag("\"v\""));
    DownloadRequest request = rig.request("/long");
    DownloadGroup first = submit("/long");
    Signal.awaitUntil("the piece is here", () -> first.files().getFirst().bytes() >= 1_000_000);
    first.close();
    rig.outbound.close();
    rig.store.close();
    try (var store =
            dev.millrace.store.Store.open(
                dev.millrace.store.StoreConfig.defaults(folder.resolve("store.db")));
        var again = reopened(store);
        var group = new DownloadGroups(again.downloads()).submit("g", List.of(request), false)) {
      assertThat(group.await(LOOK, _ -> {})).allMatch(GroupOutcome.Done.class::isInstance);
    }
    assertThat(request.target()).hasBinaryContent(body.toArray());
    assertThat(server.log("/long").getLast().header("Range").orElse(""))
        .matches("bytes=\\d{5,}-.*");
  }

  private Outbound reopened(dev.millrace.store.Store store) {
    var builder = Outbound.builder(Rig.CONFIG, folder.resolve("downloads")).store(store);
    kind.addTo(builder);
    return builder.build();
  }

  @Test
  void usesTheCacheOfEarlierDownloads() throws Exception {
    rig.server.serve("/one", Reply.of(bytes(5_000)));
    run("/one");
    Files.delete(rig.request("/one").target());
    var outcome = (GroupOutcome.Done) run("/one").getFirst();
    assertThat(outcome.file().fromCache()).isTrue();
    assertThat(rig.server.requests("/one")).isOne();
  }
}
