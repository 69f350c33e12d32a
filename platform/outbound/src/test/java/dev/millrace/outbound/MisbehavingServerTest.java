package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehavingServerTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;
  private final ByteSource content = ByteSource.generated(300_000, 1);
  private final ByteSource other = ByteSource.generated(300_000, 2);
  private final Signal never = new Signal("the end of the test");
  private Rig rig;

  @BeforeEach
  void start() {
    rig = Rig.light(folder, Rig.CONFIG, _ -> {});
  }

  @AfterEach
  void stop() {
    never.raise();
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void triesAgainAfterAPassingStatus(int status) throws Exception {
    rig.server.serveAfterFailures("/a", 2, status, Reply.of(content));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.requests("/a")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 451, 501})
  void givesUpAtOnceAfterALastingStatus(int status) {
    rig.server.serve("/a", Reply.status(status));
    DownloadException e = failure("/a");
    boolean gone = status == 404 || status == 410;
    assertThat(e.reason()).isEqualTo(gone ? FailureReason.NOT_FOUND : FailureReason.HTTP_STATUS);
    assertThat(e.status()).hasValue(status);
    assertThat(e.isRetryable()).isFalse();
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void givesUpAfterTheLastAttempt() {
    rig.server.serve("/a", Reply.status(503));
    DownloadException e = failure("/a");
    assertThat(e.reason()).isEqualTo(FailureReason.HTTP_STATUS);
    assertThat(e.isRetryable()).isTrue();
    assertThat(e.attempts()).isEqualTo(3);
    assertThat(e).hasMessageContaining("503").hasMessageContaining("attempt 3");
    assertThat(rig.server.requests("/a")).isEqualTo(3);
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    rig.server.serve("/a", Reply.status(429).retryAfter(Duration.ofSeconds(1)), Reply.of(content));
    long start = System.nanoTime();
    rig.fetch("/a");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void doesNotWaitForEver() {
    rig.server.serve("/a", Reply.status(503).retryAfter(Duration.ofHours(2)));
    DownloadException e = failure("/a");
    assertThat(e.retryAfter()).contains(Duration.ofHours(2));
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    rig.server.serve(
        "/a", Reply.of(content).etag("\"v\"").droppingAt(200_000), Reply.of(content).etag("\"v\""));
    Downloaded file = rig.fetch("/a");
    assertThat(file.path()).hasBinaryContent(content.toArray());
    var second = rig.server.log("/a").get(1);
    assertThat(second.header("Range").orElse("")).startsWith("bytes=").isNotEqualTo("bytes=0-");
    assertThat(second.header("If-Range")).contains("\"v\"");
    assertThat(file.bytesFetched()).isEqualTo(300_000);
  }

  @Test
  void goesOnBehindATruncatedAnswer() throws Exception {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    rig.server.serve(
        "/a",
        Reply.of(content).withoutValidators().lastModified(then).truncatedTo(200_000),
        Reply.of(content).withoutValidators().lastModified(then));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.log("/a").get(1).header("Range")).contains("bytes=200000-");
    assertThat(rig.server.log("/a").get(1).header("If-Range"))
        .contains("Fri, 2 Jan 2026 03:04:05 GMT");
    assertThat(rig.server.bytesSent("/a")).isEqualTo(300_000);
  }

  @Test
  void saysThatItWasTruncated() {
    rig.server.serve("/a", Reply.of(content).withoutValidators().truncatedTo(200_000));
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.TRUNCATED);
    rig.server.serve("/b", Reply.of(content).withoutValidators().chunked().truncatedTo(200_000));
    assertThat(failure("/b").reason()).isEqualTo(FailureReason.TRUNCATED);
    rig.server.serve("/c", Reply.of(content).withoutValidators().declaring(400_000));
    assertThat(failure("/c").reason()).isEqualTo(FailureReason.TRUNCATED);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void beginsAnewWhereNothingVouchesForTheParts() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(content).withoutValidators().truncatedTo(200_000),
        Reply.of(other).withoutValidators());
    assertThat(rig.fetch("/a").path()).hasBinaryContent(other.toArray());
    assertThat(rig.server.log("/a").get(1).header("Range")).isEmpty();
  }

  @Test
  void letsTheDigestVouchWhereThereIsNoValidator() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(content).withoutValidators().truncatedTo(200_000),
        Reply.of(content).withoutValidators());
    var request = rig.request("/a").withSha256(DownloadsTest.sha256(content));
    assertThat(rig.downloads().fetch(request).path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.bytesSent("/a")).isEqualTo(300_000);
  }

  @Test
  void startsOverOnceWhenThePartsDoNotFit() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(other).withoutValidators().truncatedTo(200_000),
        Reply.of(content).withoutValidators());
    var request = rig.request("/a").withSha256(DownloadsTest.sha256(content));
    assertThat(rig.downloads().fetch(request).path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.requests("/a")).isEqualTo(3);
    assertThat(rig.server.log("/a").get(2).header("Range")).isEmpty();
  }

  @Test
  void takesTheWholeFromAServerWithoutRanges() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v\"").truncatedTo(200_000),
        Reply.of(content).etag("\"v\"").withoutRanges());
    assertThat(rig.fetch("/a").path()).hasBinaryContent(content.toArray());
  }

  @Test
  void takesNewContentThatReplacedTheOldMidway() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v1\"").truncatedTo(200_000),
        Reply.of(other).etag("\"v2\""));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(other.toArray());
  }

  @Test
  void leavesNothingOfLongerContentBehindShorter() throws Exception {
    byte[] shorter = {1, 2, 3};
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v1\"").truncatedTo(200_000),
        Reply.of(shorter).etag("\"v2\""));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(shorter);
  }

  @Test
  void letsASlowBodyTakeItsTime() throws Exception {
    var limit = Duration.ofSeconds(1);
    reopen(
        Rig.CONFIG.withTimes(
            new TimeLimits(
                Duration.ofSeconds(5), Duration.ofSeconds(15), limit, Duration.ofSeconds(60))));
    rig.server.serve("/a", Reply.of(new byte[50_000]).slow(20_000));
    assertThat(rig.fetch("/a").bytes()).isEqualTo(50_000);
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void seesThroughAServerThatIgnoresTheCondition() throws Exception {
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v1\"").truncatedTo(200_000),
        Reply.of(other).etag("\"v2\"").ignoringIfRange());
    assertThat(rig.fetch("/a").path()).hasBinaryContent(other.toArray());
    assertThat(rig.server.requests("/a")).isEqualTo(3);
  }

  @Test
  void startsOverWhenTheFileHasBecomeShorter() throws Exception {
    byte[] shorter = {1, 2, 3};
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v\"").truncatedTo(200_000),
        Reply.of(shorter).etag("\"v\"").ignoringIfRange());
    assertThat(rig.fetch("/a").path()).hasBinaryContent(shorter);
  }

  @Test
  void takesContentOfUnknownLength() throws Exception {
    rig.server.serve("/chunked", Reply.of(content).chunked());
    rig.server.serve("/close", Reply.of(content).untilClose());
    assertThat(rig.fetch("/chunked").path()).hasBinaryContent(content.toArray());
    assertThat(rig.fetch("/close").path()).hasBinaryContent(content.toArray());
  }

  @Test
  void takesNoMoreThanWasAnnounced() throws Exception {
    rig.server.serve("/a", Reply.of(content).declaring(1_000));
    assertThat(rig.fetch("/a").bytes()).isEqualTo(1_000);
    rig.server.serve("/b", Reply.of(content));
    assertThat(rig.fetch("/b").path())
        .as("what came behind it is not read as the next answer")
        .hasBinaryContent(content.toArray());
  }

  @Test
  void cutsABodyThatStalls() {
    reopen(
        Rig.CONFIG
            .withRetries(new RetryRules(2, Duration.ofMillis(1), Duration.ofSeconds(2)))
            .withTimes(
                new TimeLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30))));
    rig.server.serve("/a", Reply.of(content).etag("\"v\"").stallingAt(200_000, never));
    DownloadException e = failure("/a");
    assertThat(e.reason()).isEqualTo(FailureReason.STALLED);
    assertThat(e).hasMessageContaining("is kept");
    assertThat(rig.server.log("/a").get(1).header("Range")).contains("bytes=200000-");
  }

  @Test
  void cutsAHeadThatDoesNotCome() {
    reopen(
        Rig.CONFIG.withTimes(
            new TimeLimits(
                Duration.ofSeconds(5), SHORT, Duration.ofSeconds(15), Duration.ofSeconds(30))));
    rig.server.serve("/a", Reply.of(content).silentUntil(never));
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.TIMEOUT);
  }

  @Test
  void cutsABodyThatDripsForEver() {
    reopen(
        Rig.CONFIG
            .withRetries(new RetryRules(1, Duration.ofMillis(1), Duration.ofMillis(1)))
            .withTimes(
                new TimeLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(700))));
    rig.server.serve("/a", Reply.of(content).slow(2_000));
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.TIMEOUT);
  }

  @Test
  void refusesMoreThanTheLimit() {
    var limited = rig.request("/a").withMaxBytes(299_999);
    rig.server.serve("/a", Reply.of(content));
    assertThatThrownBy(() -> rig.downloads().fetch(limited))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.TOO_LARGE))
        .hasMessageContaining("299999");
    rig.server.serve("/a", Reply.of(content).chunked());
    assertThatThrownBy(() -> rig.downloads().fetch(limited)).hasMessageContaining("299999");
    assertThat(rig.server.requests("/a")).isEqualTo(2);
    assertThat(folder.resolve("downloads/parts")).isEmptyDirectory();
  }

  @Test
  void followsRedirects() throws Exception {
    rig.server.serve("/a/b", Reply.redirect(302, "../c?x=1"));
    rig.server.serve("/c", Reply.redirect(308, rig.server.url("/d") + "#part"));
    rig.server.serve("/d", Reply.of(content));
    assertThat(rig.fetch("/a/b").path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.log("/c").getFirst().query()).isEqualTo("x=1");
  }

  @Test
  void leavesACircleOfRedirects() {
    rig.server.serve("/a", Reply.redirect(301, "/b"));
    rig.server.serve("/b", Reply.redirect(301, "/a"));
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.REDIRECTS);
    assertThat(rig.server.requests()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/",
        "http://10.0.0.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "//192.168.1.1/",
        "http://0x7f.0.0.2/"
      })
  void refusesARedirectToAPrivateAddress(String location) {
    rig.server.serve("/a", Reply.redirect(302, location));
    DownloadException e = failure("/a");
    assertThat(e.reason()).isIn(FailureReason.ADDRESS_REFUSED, FailureReason.NAME_UNKNOWN);
    assertThat(rig.server.requests("/a")).isBetween(1, 3);
  }

  @Test
  void refusesARedirectToAFile() {
    rig.server.serve("/a", Reply.redirect(302, "file:///etc/passwd"));
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.URL_INVALID);
  }

  @Test
  void saysThatItIsNoWebServer() {
    rig.server.serve("/a", Reply.garbage());
    assertThat(failure("/a").reason()).isIn(FailureReason.PROTOCOL, FailureReason.CONNECTION);
  }

  @Test
  void saysThatNobodyListens() {
    rig.server.close();
    assertThat(failure("/a").reason()).isEqualTo(FailureReason.CONNECTION);
  }

  private void reopen(OutboundConfig config) {
    rig.close();
    rig = Rig.light(folder, config, _ -> {});
  }

  private DownloadException failure(String path) {
    return catchThrowableOfType(DownloadException.class, () -> rig.fetch(path));
  }
}
