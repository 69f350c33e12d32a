package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  @TempDir Path folder;

  @Test
  void saysWhichDiskIsFullAndWhatToDo() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full, which answers each write with ENOSPC");
    try (var rig = Rig.light(folder, Rig.CONFIG, _ -> {})) {
      rig.server.serve("/a", Reply.of(ByteSource.generated(100_000, 1)));
      var request = rig.request("/a");
      Path part =
          folder
              .resolve("downloads/parts")
              .resolve(FetchOrder.of(request, Rig.CONFIG).key() + ".part");
      Files.createSymbolicLink(part, full);
      var e = catchThrowableOfType(DownloadException.class, () -> rig.downloads().fetch(request));
      assertThat(e.reason()).isEqualTo(FailureReason.DISK_FULL);
      assertThat(e).hasMessageContaining(part.toString()).hasMessageContaining("free space");
      assertThat(e.isRetryable()).isFalse();
      assertThat(rig.server.requests("/a")).isOne();
    }
  }

  @Test
  void refusesAFileThatCannotFitBeforeLoadingIt() throws Exception {
    long everything = 1L << 60;
    try (var rig = Rig.light(folder, Rig.CONFIG.withMaxBytes(Long.MAX_VALUE), _ -> {})) {
      rig.server.serve("/a", Reply.of(ByteSource.generated(everything, 1)));
      var e = catchThrowableOfType(DownloadException.class, () -> rig.fetch("/a"));
      assertThat(e.reason()).isEqualTo(FailureReason.DISK_FULL);
      assertThat(e).hasMessageContaining(Long.toString(everything));
    }
  }

  @Test
  void tellsAFullDiskFromOtherTrouble() throws Exception {
    Path file = folder.resolve("x");
    assertThat(DiskFailures.of(new IOException("Disk quota exceeded"), file).reason())
        .isEqualTo(FailureReason.DISK_FULL);
    assertThat(DiskFailures.of(new IOException("Permission denied"), file).reason())
        .isEqualTo(FailureReason.FILE);
  }
}
