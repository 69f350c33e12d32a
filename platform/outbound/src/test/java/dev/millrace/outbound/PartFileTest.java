package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  private static final PartState STATE =
      new PartState("http://x/a", "\"v\"", null, "image/png", 100_000, 0, null);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("k.part");
  }

  @Test
  void trustsAllWrittenBytesWithinOneBoot() throws Exception {
    PartFile left = PartFile.open(file, "boot-1");
    left.restart(STATE);
    left.write(new byte[5_000], 5_000);
    try (var next = PartFile.open(copyOfFiles(), "boot-1")) {
      assertThat(next.length()).isEqualTo(5_000);
      assertThat(next.state().etag()).isEqualTo("\"v\"");
    }
    left.close();
  }

  @Test
  void trustsOnlyBytesForcedToDiskAcrossBoots() throws Exception {
    PartFile left = PartFile.open(file, "boot-1");
    left.restart(STATE);
    left.write(new byte[5_000], 5_000);
    left.close();
    PartFile more = PartFile.open(file, "boot-1");
    more.resume(100_000);
    more.write(new byte[1_000], 1_000);
    for (String boot : new String[] {"boot-2", null}) {
      try (var next = PartFile.open(copyOfFiles(), boot)) {
        assertThat(next.length()).isEqualTo(5_000);
      }
    }
    more.close();
  }

  @Test
  void trustsNothingWithoutAReadableState() throws Exception {
    try (var left = PartFile.open(file, "b")) {
      left.restart(STATE);
      left.write(new byte[10], 10);
    }
    for (String torn : new String[] {"", "{\"url\":\"http", "{\"unknown\":1}", "[]", "null"}) {
      Path copy = copyOfFiles();
      Files.writeString(PartFile.sidecarOf(copy), torn);
      try (var next = PartFile.open(copy, "b")) {
        assertThat(next.length()).as(torn).isZero();
        assertThat(next.state()).isNull();
      }
      assertThat(copy).doesNotExist();
      assertThat(PartFile.sidecarOf(copy)).doesNotExist();
    }
  }

  @Test
  void trustsNothingThatIsLongerThanTheWhole() throws Exception {
    try (var left = PartFile.open(file, "b")) {
      left.restart(STATE);
      left.write(new byte[10], 10);
    }
    Files.write(file, new byte[100_001]);
    try (var next = PartFile.open(file, "b")) {
      assertThat(next.length()).isZero();
    }
  }

  @Test
  void leavesNothingBehindWhenNothingCame() throws Exception {
    try (var part = PartFile.open(file, "b")) {
      part.restart(STATE);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void putsPiecesOfAnySizeTogether() {
    Seed.current()
        .run(random -> {
          byte[] whole = new byte[50_000];
          random.nextBytes(whole);
          var expected = new Sha256();
          expected.update(whole, whole.length);
          assertThat(assemble(whole, random)).isEqualTo(expected.hex());
          assertThat(file).hasBinaryContent(whole);
        });
  }

  private String assemble(byte[] whole, SplittableRandom random) throws Exception {
    PartFile part = PartFile.open(file, "b");
    part.restart(STATE);
    int at = 0;
    while (at < whole.length) {
      int count = Math.min(1 + random.nextInt(9_000), whole.length - at);
      part.write(Arrays.copyOfRange(whole, at, at + count), count);
      at += count;
      if (random.nextInt(3) == 0) {
        part.close();
        part = PartFile.open(file, random.nextBoolean() ? "b" : null);
        assertThat(part.length()).isEqualTo(at);
        part.resume(whole.length);
      }
    }
    return part.finish();
  }

  /** What a process that is killed now would leave. */
  private Path copyOfFiles() throws Exception {
    Path copy = Files.createTempDirectory(folder, "killed").resolve("k.part");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(PartFile.sidecarOf(file), PartFile.sidecarOf(copy));
    return copy;
  }
}
