package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.ManualClock;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCacheTest {
  private static final int SIZE = 100_000;

  @TempDir Path folder;
  private final ByteSource content = ByteSource.generated(SIZE, 1);
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  private Rig rig;

  @AfterEach
  void stop() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dropsWhatWasNotUsedForLongest(boolean durable) throws Exception {
    open(durable, new CacheRules(3 * SIZE, Duration.ofDays(1), Duration.ofDays(1)));
    for (String path : new String[] {"/a", "/b", "/c"}) {
      rig.server.serve(path, Reply.of(ByteSource.generated(SIZE, path.hashCode())));
      rig.fetch(path);
      clock.advance(Duration.ofSeconds(1));
    }
    rig.fetch("/a");
    clock.advance(Duration.ofSeconds(1));
    rig.server.serve("/d", Reply.of(ByteSource.generated(SIZE, 4)));
    rig.fetch("/d");

    assertThat(rig.cached()).hasSize(3);
    assertThat(rig.fetch("/a").fromCache()).isTrue();
    assertThat(rig.fetch("/d").fromCache()).isTrue();
    assertThat(rig.fetch("/b").fromCache()).as("was dropped").isFalse();
    assertThat(folder.resolve("out/c")).as("a dropped file stays at its target").hasSize(SIZE);
  }

  @Test
  void bringsFilesThatAreLargerThanTheCache() throws Exception {
    open(false, new CacheRules(10, Duration.ofDays(1), Duration.ofDays(1)));
    rig.server.serve("/a", Reply.of(content));
    assertThat(rig.fetch("/a").path()).hasBinaryContent(content.toArray());
    assertThat(rig.cached()).isEmpty();
    assertThat(rig.fetch("/a").fromCache()).isFalse();
  }

  @Test
  void keepsAFileUntilAllWhoWaitedHaveIt() throws Exception {
    open(false, new CacheRules(10, Duration.ofDays(1), Duration.ofDays(1)));
    var go = new Signal("all have asked");
    rig.server.serve("/a", Reply.of(content).stallingAt(1_000, go));
    var callers = new ArrayList<CompletableFuture<Downloaded>>();
    var joined = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      var first = new AtomicBoolean(true);
      var request = DownloadRequest.of(rig.server.url("/a").toString(), folder.resolve("t" + i));
      callers.add(
          DownloadsTest.async(() ->
              rig.downloads()
                  .fetch(
                      request,
                      _ -> {
                        if (first.getAndSet(false)) {
                          joined.countDown();
                        }
                      })));
    }
    joined.await();
    go.raise();
    for (var caller : callers) {
      assertThat(caller.get().path()).hasBinaryContent(content.toArray());
    }
    assertThat(rig.server.requests("/a")).isOne();
    assertThat(rig.cached()).isEmpty();
  }

  @Test
  void outlivesTheProcessWithAStore() throws Exception {
    open(true, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content).type("image/png"));
    rig.fetch("/a");
    String url = rig.server.url("/a").toString();
    rig.outbound.close();
    try (var next =
        Outbound.builder(Rig.CONFIG, folder.resolve("downloads"))
            .store(rig.store)
            .clock(clock)
            .build()) {
      Downloaded file = next.downloads().fetch(DownloadRequest.of(url, folder.resolve("again")));
      assertThat(file.fromCache()).isTrue();
      assertThat(file.contentType()).isEqualTo("image/png");
    }
    assertThat(rig.server.requests("/a")).isOne();
  }

  @Test
  void forgetsWithoutAStore() throws Exception {
    open(false, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    rig.fetch("/a");
    rig.outbound.close();
    try (var _ = Outbound.builder(Rig.CONFIG, folder.resolve("downloads")).build()) {
      assertThat(rig.cached()).isEmpty();
    }
  }

  @Test
  void keepsOneFileForTheSameContentOfTwoUrls() throws Exception {
    open(true, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    rig.server.serve("/b", Reply.of(content));
    assertThat(rig.fetch("/a").sha256()).isEqualTo(rig.fetch("/b").sha256());
    assertThat(rig.cached()).hasSize(1);
    assertThat(rig.parts()).isEmpty();
    rig.fetch("/a");
    rig.fetch("/b");
    assertThat(rig.server.requests()).isEqualTo(2);
  }

  @Test
  void loadsAgainWhatSomebodyChanged() throws Exception {
    open(true, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    rig.fetch("/a");
    Path file = rig.cached().getFirst();
    Files.delete(file);
    Files.write(file, new byte[SIZE]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Downloaded again = rig.fetch("/a");
    assertThat(again.fromCache()).isFalse();
    assertThat(again.path()).hasBinaryContent(content.toArray());
  }

  @Test
  void loadsAgainWhatSomebodyDeleted() throws Exception {
    open(true, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    rig.fetch("/a");
    Files.delete(rig.cached().getFirst());
    assertThat(rig.fetch("/a").fromCache()).isFalse();
    assertThat(rig.fetch("/a").fromCache()).isTrue();
  }

  @Test
  void sharesBytesUnlessTheTargetMustBeWritable() throws Exception {
    open(false, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    Path shared = rig.fetch("/a").path();
    Path own =
        rig.downloads()
            .fetch(
                DownloadRequest.of(rig.server.url("/a").toString(), folder.resolve("own"))
                    .withWritable(true))
            .path();
    assertThat(Files.getAttribute(shared, "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(own, "unix:nlink")).isEqualTo(1);
    Files.write(own, new byte[] {1});
    assertThat(rig.cached().getFirst()).hasBinaryContent(content.toArray());
    assertThat(Files.getPosixFilePermissions(shared)).noneMatch(it -> it.name().contains("WRITE"));
  }

  @Test
  void replacesAFileThatIsThere() throws Exception {
    open(false, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    Path target = folder.resolve("out/a");
    Files.createDirectories(target.getParent());
    Files.write(target, new byte[] {1});
    rig.fetch("/a");
    rig.fetch("/a");
    assertThat(target).hasBinaryContent(content.toArray());
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void saysThatATargetCannotBeWritten() throws Exception {
    open(false, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    var request = DownloadRequest.of(rig.server.url("/a").toString(), file.resolve("below"));
    assertThatThrownBy(() -> rig.downloads().fetch(request))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.FILE))
        .hasMessageContaining(file.toString());
  }

  @Test
  void saysThatTheIndexFailed() throws Exception {
    open(true, CacheRules.defaults());
    rig.server.serve("/a", Reply.of(content));
    rig.store.close();
    assertThatThrownBy(() -> rig.fetch("/a"))
        .isInstanceOfSatisfying(
            DownloadException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.FILE))
        .hasMessageContaining("index");
  }

  @Test
  void deletesPartsThatNobodyCameBackFor() throws Exception {
    open(false, CacheRules.defaults());
    for (String name : new String[] {"old.part", "old.part.json"}) {
      Path file = Files.write(folder.resolve("downloads/parts").resolve(name), new byte[1]);
      Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofDays(8))));
    }
    for (String name : new String[] {"fresh.part", "fresh.part.json"}) {
      Path file = Files.write(folder.resolve("downloads/parts").resolve(name), new byte[1]);
      Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofDays(6))));
    }
    for (String half : new String[] {"a.part", "b.part.json", "c.part.json.new"}) {
      Files.write(folder.resolve("downloads/parts").resolve(half), new byte[1]);
    }
    rig.outbound.close();
    try (var _ = Outbound.builder(Rig.CONFIG, folder.resolve("downloads")).clock(clock).build()) {
      assertThat(rig.parts()).containsExactly("fresh.part", "fresh.part.json");
    }
  }

  @Test
  void keepsASecondOneOutOfTheFolder() {
    open(false, CacheRules.defaults());
    assertThatThrownBy(() -> Outbound.builder(Rig.CONFIG, folder.resolve("downloads")).build())
        .hasMessageContaining("another process")
        .hasMessageContaining(folder.resolve("downloads").toString());
  }

  private void open(boolean durable, CacheRules rules) {
    var config = Rig.CONFIG.withCache(rules);
    rig =
        durable
            ? Rig.durable(folder, config, builder -> builder.clock(clock))
            : Rig.light(folder, config, builder -> builder.clock(clock));
  }
}
