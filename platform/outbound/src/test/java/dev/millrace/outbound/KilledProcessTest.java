package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM downloads, is killed with SIGKILL in the middle, and this one goes on. */
class KilledProcessTest {
  private static final long SIZE = 40_000_000;
  private static final long STALL = 25_000_000;

  @TempDir Path folder;
  private final ByteSource large = ByteSource.generated(SIZE, 1);
  private final ByteSource small = ByteSource.generated(50_000, 2);
  private final Signal never = new Signal("the end of the test");
  private Rig rig;

  @AfterEach
  void stop() {
    never.raise();
    rig.close();
  }

  @Test
  void goesOnWhereAKilledProcessStopped() throws Exception {
    rig = Rig.light(folder.resolve("unused"), Rig.CONFIG, _ -> {});
    var server = rig.server;
    server.serve("/small", Reply.of(small));
    server.serve(
        "/large",
        Reply.of(large).etag("\"v\"").stallingAt(STALL, never),
        Reply.of(large).etag("\"v\""));
    Process child = child();
    server.awaitBytes("/large", STALL);
    Path downloads = folder.resolve("child/downloads");
    Signal.awaitUntil("the bytes are in the part", () -> partSize(downloads) == STALL);
    child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(child.exitValue()).as("killed").isEqualTo(137);

    try (var store = Store.open(StoreConfig.defaults(folder.resolve("child/store.db")));
        var outbound = Outbound.builder(Rig.CONFIG, downloads).store(store).build()) {
      Downloaded done =
          outbound.downloads().fetch(request(server.url("/small").toString(), "small"));
      assertThat(done.fromCache()).as("finished before the kill").isTrue();
      assertThat(server.requests("/small")).isOne();

      Downloaded rest =
          outbound.downloads().fetch(request(server.url("/large").toString(), "large"));
      assertThat(server.log("/large").getLast().header("Range")).contains("bytes=" + STALL + "-");
      assertThat(rest.bytesFetched()).isEqualTo(SIZE - STALL);
      assertThat(rest.sha256()).isEqualTo(DownloadsTest.sha256(large));
      assertThat(Files.mismatch(rest.path(), Files.write(folder.resolve("w"), large.toArray())))
          .isEqualTo(-1);
    }
  }

  private DownloadRequest request(String url, String name) {
    return DownloadRequest.of(url, folder.resolve("out").resolve(name));
  }

  private static long partSize(Path downloads) {
    try (var files = Files.list(downloads.resolve("parts"))) {
      return files
          .filter(file -> file.toString().endsWith(".part"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (java.io.IOException notYet) {
      return 0;
    }
  }

  private Process child() throws Exception {
    Files.createDirectories(folder.resolve("child"));
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcessTest.class.getName() + "$Child",
            folder.toString(),
            rig.server.url("/small").toString(),
            rig.server.url("/large").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child/log").toFile())
        .start();
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      var store = Store.open(StoreConfig.defaults(folder.resolve("child/store.db")));
      var outbound =
          Outbound.builder(Rig.CONFIG, folder.resolve("child/downloads")).store(store).build();
      for (int i = 1; i < args.length; i++) {
        outbound.downloads().fetch(DownloadRequest.of(args[i], folder.resolve("file" + i)));
      }
    }
  }
}
