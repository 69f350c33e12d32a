package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Seed;
import dev.millrace.testkit.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM downloads, is killed with SIGKILL in the middle, and this one goes on. */
class KilledProcessTest {
  private static final int FILES = 300;
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
    Process child = child("each", server.url("/small").toString(), server.url("/large").toString());
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

  /** Kills at a random moment of 300 small downloads: nothing finished is lost or loaded again. */
  @Test
  void keepsEveryFinishedFileWhereverItIsKilled() {
    rig = Rig.light(folder.resolve("unused"), Rig.CONFIG, _ -> {});
    Seed.current().run(random -> killAfter(20 + random.nextInt(FILES - 40)));
  }

  private void killAfter(int requests) throws Exception {
    var server = rig.server;
    for (int i = 0; i < FILES; i++) {
      server.serve("/f" + i, Reply.of(content(i)).slow(200_000));
    }
    Process child = child("many", server.url("/f").toString());
    Signal.awaitUntil(requests + " requests", () -> server.requests() >= requests);
    child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    var finished = new ArrayList<Integer>();
    for (int i = 0; i < FILES; i++) {
      if (Files.exists(folder.resolve("out/f" + i))) {
        finished.add(i);
      }
    }
    assertThat(finished).hasSizeBetween(1, FILES - 1);

    try (var store = Store.open(StoreConfig.defaults(folder.resolve("child/store.db")));
        var outbound =
            Outbound.builder(Rig.CONFIG, folder.resolve("child/downloads")).store(store).build()) {
      assertThat(outbound.downloads().fetchAll(many(server.url("/f").toString()), _ -> {}))
          .allMatch(DownloadOutcome.Done.class::isInstance);
      for (int i = 0; i < FILES; i++) {
        assertThat(folder.resolve("out/f" + i)).hasBinaryContent(content(i).toArray());
      }
      assertThat(finished).allMatch(i -> server.requests("/f" + i) == 1);
      long files;
      try (var tree = Files.walk(folder.resolve("child/downloads/sha256"))) {
        files = tree.filter(Files::isRegularFile).count();
      }
      assertThat(files).as("no file that the index does not know").isEqualTo(FILES);
      assertThat(folder.resolve("child/downloads/parts")).isEmptyDirectory();
      assertThat(
              store.<Long, RuntimeException>read(
                  snapshot -> snapshot.number("SELECT count(*) FROM millrace_outbound_contents")))
          .isEqualTo(FILES);
    }
  }

  private List<DownloadRequest> many(String url) {
    return IntStream.range(0, FILES).mapToObj(i -> request(url + i, "f" + i)).toList();
  }

  private static ByteSource content(int i) {
    return ByteSource.generated(10_000 + i, i);
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

  private Process child(String... args) throws Exception {
    Files.createDirectories(folder.resolve("child"));
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcessTest.class.getName() + "$Child",
                folder.toString()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child/log").toFile())
        .start();
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      var test = new KilledProcessTest();
      test.folder = Path.of(args[0]);
      var store = Store.open(StoreConfig.defaults(test.folder.resolve("child/store.db")));
      var outbound =
          Outbound.builder(Rig.CONFIG, test.folder.resolve("child/downloads")).store(store).build();
      if (args[1].equals("many")) {
        outbound.downloads().fetchAll(test.many(args[2]), _ -> {});
      } else {
        outbound.downloads().fetch(test.request(args[2], "first"));
        outbound.downloads().fetch(test.request(args[3], "second"));
      }
    }
  }
}
