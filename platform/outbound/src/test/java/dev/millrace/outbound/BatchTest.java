package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final int FILES = 200;
  private static final int SIZE = 20_000;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = Rig.durable(folder, Rig.CONFIG.withConcurrency(50, 50), _ -> {});
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void brings200FilesInParallelAndSaysWhichFailed() throws Exception {
    var requests = new ArrayList<DownloadRequest>();
    for (int i = 0; i < FILES; i++) {
      String path = "/file" + i;
      if (i % 50 != 7) {
        rig.server.serveAfterFailures(path, i % 3 == 0 ? 1 : 0, 503, Reply.of(content(i)));
      }
      requests.add(rig.request(path));
    }
    var seen = new ArrayList<BatchProgress>();
    List<DownloadOutcome> outcomes = rig.downloads().fetchAll(requests, seen::add);
    for (int i = 0; i < FILES; i++) {
      assertThat(outcomes.get(i).request()).isEqualTo(requests.get(i));
      switch (outcomes.get(i)) {
        case DownloadOutcome.Done done ->
            assertThat(done.file().path()).hasBinaryContent(content(i).toArray());
        case DownloadOutcome.Failed failed -> {
          assertThat(i % 50).isEqualTo(7);
          assertThat(failed.failure().reason()).isEqualTo(FailureReason.NOT_FOUND);
        }
      }
    }
    BatchProgress last = seen.getLast();
    assertThat(last.totalFiles()).isEqualTo(FILES);
    assertThat(last.completed()).isEqualTo(FILES - 4);
    assertThat(last.failed()).isEqualTo(4);
    assertThat(last.bytes()).isEqualTo((FILES - 4L) * SIZE);
    assertThat(last.knownBytes()).isEqualTo(last.bytes());
    assertThat(last.sizesKnown()).isTrue();
    assertThat(last.running()).isEmpty();
    assertThat(rig.server.peakConcurrency()).isBetween(2, 50);
    assertThat(rig.parts()).isEmpty();
  }

  @Test
  void interruptionEndsAllAndKeepsWhatIsThere() throws Exception {
    var never = new Signal("never");
    rig.server.serve("/done", Reply.of(content(1)));
    rig.server.serve("/half", Reply.of(content(2)).etag("\"v\"").stallingAt(10_000, never));
    var requests = List.of(rig.request("/done"), rig.request("/half"));
    var halfway = new Signal("one is there, of the other a half");
    var ended = new Signal("interrupted");
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                rig.downloads()
                    .fetchAll(
                        requests,
                        now -> {
                          if (now.completed() == 1 && now.bytes() == SIZE + 10_000) {
                            assertThat(now.running()).hasSize(1);
                            halfway.raise();
                          }
                        });
              } catch (InterruptedException e) {
                ended.raise();
              }
            });
    halfway.await();
    caller.interrupt();
    ended.await();
    Signal.awaitUntil("all have ended", () -> rig.downloads().active() == 0);
    assertThat(Files.size(folder.resolve("out/done"))).isEqualTo(SIZE);
    assertThat(rig.parts()).hasSize(2);
    never.raise();
  }

  @Test
  void anEmptyBatchIsDone() throws Exception {
    assertThat(rig.downloads().fetchAll(List.of(), _ -> {})).isEmpty();
  }

  @Test
  void tellsTheRestOfTheTimeOnlyWhenItCan() {
    assertThat(new BatchProgress(2, 0, 0, 500, 1_500, true, 100, List.of()).eta())
        .contains(Duration.ofSeconds(10));
    assertThat(new BatchProgress(2, 0, 0, 500, 1_500, false, 100, List.of()).eta()).isEmpty();
    var progress = new DownloadProgress("u", DownloadProgress.Phase.ACTIVE, 0, 999, 0, 1, null);
    assertThat(progress.eta()).isEmpty();
    assertThat(progress.total()).hasValue(999);
  }

  private static ByteSource content(int i) {
    return ByteSource.generated(SIZE, i);
  }
}
