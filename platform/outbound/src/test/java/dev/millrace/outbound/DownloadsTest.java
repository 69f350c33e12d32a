package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;
  private final ByteSource content = ByteSource.generated(300_000, 1);
  private final ManualClock clock = new ManualClock(NOON);
  private Rig rig;

  @BeforeEach
  void start() {
    rig = Rig.durable(folder, Rig.CONFIG, builder -> builder.clock(clock));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void bringsAFileToItsTarget() throws Exception {
    rig.server.serve("/a/b.png", Reply.of(content).type("image/png").etag("\"v1\""));
    Downloaded file = rig.fetch("/a/b.png");
    assertThat(file.path())
        .isEqualTo(folder.resolve("out/a/b.png"))
        .hasBinaryContent(content.toArray());
    assertThat(file.sha256()).isEqualTo(sha256(content));
    assertThat(file.bytes()).isEqualTo(300_000);
    assertThat(file.bytesFetched()).isEqualTo(300_000);
    assertThat(file.contentType()).isEqualTo("image/png");
    assertThat(file.etag()).isEqualTo("\"v1\"");
    assertThat(file.fromCache()).isFalse();
    assertThat(rig.parts()).isEmpty();
    assertThat(rig.server.log("/a/b.png").getFirst().header("User-Agent")).contains("Millrace");
  }

  @Test
  void usesAFreshFileWithoutAsking() throws Exception {
    rig.server.serve("/a", Reply.of(content).type("image/png"));
    rig.fetch("/a");
    var again =
        rig.downloads()
            .fetch(DownloadRequest.of(rig.server.url("/a").toString(), folder.resolve("2")));
    assertThat(again.fromCache()).isTrue();
    assertThat(again.bytesFetched()).isZero();
    assertThat(again.contentType()).isEqualTo("image/png");
    assertThat(again.path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void asksWhetherAnOldFileChanged() throws Exception {
    rig.server.serve("/a", Reply.of(content).etag("\"v1\""));
    rig.fetch("/a");
    clock.advance(Duration.ofHours(1));
    Downloaded same = rig.fetch("/a");
    assertThat(same.fromCache()).isTrue();
    assertThat(rig.server.log("/a").getLast().header("If-None-Match")).contains("\"v1\"");
    assertThat(rig.server.bytesSent("/a")).isEqualTo(300_000);

    assertThat(rig.fetch("/a").fromCache()).isTrue();
    assertThat(rig.server.requests("/a")).as("the confirmation makes it fresh").isEqualTo(2);

    clock.advance(Duration.ofHours(1));
    byte[] other = {1, 2, 3};
    rig.server.serve("/a", Reply.of(other).etag("\"v2\""));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(other);
  }

  @Test
  void asksByDateWhereThereIsNoTag() throws Exception {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    rig.server.serve("/a", Reply.of(content).withoutValidators().lastModified(then));
    rig.fetch("/a");
    Downloaded again = rig.downloads().fetch(rig.request("/a").withFresh(Duration.ZERO));
    assertThat(again.fromCache()).isTrue();
    assertThat(rig.server.requests("/a")).isEqualTo(2);
    assertThat(rig.server.bytesSent("/a")).isEqualTo(300_000);
  }

  @Test
  void loadsAgainWhatTheServerForbidsToStore() throws Exception {
    rig.server.serve("/a", Reply.of(content).header("Cache-Control", "private, No-Store"));
    rig.fetch("/a");
    assertThat(rig.fetch("/a").fromCache()).isFalse();
    assertThat(rig.server.requests("/a")).isEqualTo(2);
  }

  @Test
  void needsNoServerForContentWhoseDigestItHas() throws Exception {
    rig.server.serve("/a", Reply.of(content));
    rig.fetch("/a");
    Downloaded file = rig.downloads().fetch(rig.request("/elsewhere").withSha256(sha256(content)));
    assertThat(file.fromCache()).isTrue();
    assertThat(file.path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.requests("/elsewhere")).isZero();
  }

  @Test
  void refusesContentOfAnotherDigest() throws Exception {
    rig.server.serve("/a", Reply.of(content));
    String expected = "0".repeat(64);
    assertThatThrownBy(() -> rig.downloads().fetch(rig.request("/a").withSha256(expected)))
        .isInstanceOfSatisfying(
            DownloadException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.DIGEST_MISMATCH))
        .hasMessageContaining(expected)
        .hasMessageContaining(sha256(content));
    assertThat(rig.server.requests("/a")).isOne();
    assertThat(folder.resolve("out/a")).doesNotExist();
    assertThat(rig.parts()).isEmpty();
  }

  @Test
  void loadsOnceForManyWhoAsk() throws Exception {
    var go = new Signal("all have asked");
    rig.server.serve("/a", Reply.of(content).stallingAt(1_000, go));
    var callers = new ArrayList<CompletableFuture<Downloaded>>();
    for (int i = 0; i < 20; i++) {
      var request = DownloadRequest.of(rig.server.url("/a").toString(), folder.resolve("copy" + i));
      callers.add(async(() -> rig.downloads().fetch(request)));
    }
    rig.server.awaitBytes("/a", 1_000);
    go.raise();
    for (int i = 0; i < 20; i++) {
      assertThat(callers.get(i).get().path()).hasBinaryContent(content.toArray());
    }
    assertThat(rig.server.requests("/a")).isOne();
    assertThat(rig.cached()).hasSize(1);
  }

  @Test
  void keepsRequestsWithOtherHeadersApart() throws Exception {
    rig.server.serve("/a", Reply.of(content));
    rig.downloads().fetch(rig.request("/a").withHeaders(Map.of("Authorization", "Bearer one")));
    rig.downloads().fetch(rig.request("/a").withHeaders(Map.of("Authorization", "Bearer two")));
    assertThat(rig.server.log("/a"))
        .extracting(request -> request.header("Authorization").orElse(""))
        .containsExactly("Bearer one", "Bearer two");
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    var half = new Signal("half");
    rig.server.serve("/a", Reply.of(content).stallingAt(150_000, half));
    var seen = new ArrayList<DownloadProgress>();
    rig.downloads()
        .fetch(
            DownloadRequest.of(rig.server.url("/a") + "?token=secret", folder.resolve("a")),
            now -> {
              seen.add(now);
              if (now.bytes() == 150_000) {
                half.raise();
              }
            });
    assertThat(seen)
        .anySatisfy(now -> {
          assertThat(now.phase()).isEqualTo(DownloadProgress.Phase.ACTIVE);
          assertThat(now.bytes()).isEqualTo(150_000);
          assertThat(now.total()).hasValue(300_000);
          assertThat(now.attempt()).isOne();
        });
    DownloadProgress last = seen.getLast();
    assertThat(last.phase()).isEqualTo(DownloadProgress.Phase.COMPLETE);
    assertThat(last.bytes()).isEqualTo(300_000);
    assertThat(last.url()).endsWith("/a?…").doesNotContain("secret");
  }

  @Test
  void endsForACallerWhoseCallbackFails() throws Exception {
    var never = new Signal("never");
    rig.server.serve("/a", Reply.of(content).stallingAt(1_000, never));
    assertThatThrownBy(() ->
            rig.downloads()
                .fetch(
                    rig.request("/a"),
                    _ -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    Signal.awaitUntil("the download ends", () -> rig.downloads().active() == 0);
    never.raise();
  }

  @Test
  void interruptionLeavesAPartThatIsResumed() throws Exception {
    var never = new Signal("never");
    rig.server.serve(
        "/a",
        Reply.of(content).etag("\"v\"").stallingAt(200_000, never),
        Reply.of(content).etag("\"v\""));
    var received = new Signal("200,000 bytes are here");
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                rig.downloads()
                    .fetch(
                        rig.request("/a"),
                        now -> {
                          if (now.bytes() == 200_000) {
                            received.raise();
                          }
                        });
              } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
              } catch (DownloadException e) {
                throw new IllegalStateException(e);
              }
            });
    received.await();
    caller.interrupt();
    caller.join();
    Downloaded file = rig.fetch("/a");
    assertThat(rig.server.log("/a").getLast().header("Range")).contains("bytes=200000-");
    assertThat(file.bytesFetched()).isEqualTo(100_000);
    assertThat(file.path()).hasBinaryContent(content.toArray());
    never.raise();
  }

  @Test
  void oneCallersInterruptionDoesNotStopTheOthers() throws Exception {
    var go = new Signal("go");
    rig.server.serve("/a", Reply.of(content).stallingAt(1_000, go));
    var first = Thread.ofVirtual().unstarted(() -> swallow(() -> rig.fetch("/a")));
    first.start();
    rig.server.awaitBytes("/a", 1_000);
    var joined = new Signal("joined");
    var request = DownloadRequest.of(rig.server.url("/a").toString(), folder.resolve("other"));
    var second = async(() -> rig.downloads().fetch(request, _ -> joined.raise()));
    joined.await();
    first.interrupt();
    first.join();
    go.raise();
    assertThat(second.get().path()).hasBinaryContent(content.toArray());
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void closingEndsDownloadsWithAWordAndKeepsTheirParts() throws Exception {
    var never = new Signal("never");
    rig.server.serve("/a", Reply.of(content).etag("\"v\"").stallingAt(200_000, never));
    var received = new Signal("some bytes are here");
    var caller =
        async(() ->
            rig.downloads()
                .fetch(
                    rig.request("/a"),
                    now -> {
                      if (now.bytes() > 0) {
                        received.raise();
                      }
                    }));
    received.await();
    rig.outbound.close();
    assertThatThrownBy(caller::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            DownloadException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.CANCELLED));
    assertThat(rig.parts()).hasSize(2);
    assertThatThrownBy(() -> rig.fetch("/b")).hasMessageContaining("stopped");
    never.raise();
  }

  @Test
  void unpacksGzipThatNobodyAskedFor() throws Exception {
    rig.server.serve("/a", Reply.of(gzip(content.toArray())).header("Content-Encoding", "gzip"));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(content.toArray());
    rig.server.serve("/b", Reply.of(content).header("Content-Encoding", "gzip"));
    assertThatThrownBy(() -> rig.fetch("/b")).hasMessageContaining("broken gzip");
    rig.server.serve("/c", Reply.of(content).header("Content-Encoding", "br"));
    assertThatThrownBy(() -> rig.fetch("/c")).hasMessageContaining("'br'");
  }

  @Test
  void loadsAnEmptyFile() throws Exception {
    rig.server.serve("/a", Reply.of(new byte[0]));
    assertThat(rig.fetch("/a").path()).isEmptyFile();
  }

  @Test
  void countsWhatItDoes() throws Exception {
    rig.server.serve("/a", Reply.status(503), Reply.of(content));
    rig.fetch("/a");
    rig.fetch("/a");
    assertThatThrownBy(() -> rig.fetch("/none"));
    assertThat(rig.meters.get("millrace.outbound.download.bytes").counter().count())
        .isEqualTo(300_000);
    assertThat(
            rig.meters
                .get("millrace.outbound.retries")
                .tag("reason", "http-status")
                .counter()
                .count())
        .isOne();
    for (String outcome : List.of("fetched", "cached", "not-found")) {
      assertThat(
              rig.meters.get("millrace.outbound.downloads").tag("outcome", outcome).timer().count())
          .as(outcome)
          .isOne();
    }
    assertThat(rig.meters.get("millrace.outbound.cache.bytes").gauge().value()).isEqualTo(300_000);
  }

  interface Work<T> {
    T run() throws Exception;
  }

  static <T> CompletableFuture<T> async(Work<T> work) {
    var result = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(work.run());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static void swallow(Work<?> work) {
    try {
      work.run();
    } catch (Exception expected) {
      // The test looks at what the others see.
    }
  }

  static String sha256(ByteSource content) {
    var sha = new Sha256();
    sha.update(content.toArray(), (int) content.length());
    return sha.hex();
  }

  private static byte[] gzip(byte[] plain) throws Exception {
    var out = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
