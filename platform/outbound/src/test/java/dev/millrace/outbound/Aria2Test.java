package dev.millrace.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.outbound.groups.DownloadGroup;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.outbound.groups.GroupOutcome;
import dev.millrace.testkit.ByteSource;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns the program aria2 alone; what it shares with others is in the contract. */
class Aria2Test {
  private static final Duration LOOK = Duration.ofMillis(10);

  @TempDir Path folder;
  private final Signal never = new Signal("the end of the test");
  private Rig rig;

  @AfterEach
  void stop() {
    never.raise();
    if (rig != null) {
      rig.close();
    }
  }

  private void open(Aria2Config config) {
    rig = Rig.durable(folder, Rig.CONFIG, builder -> builder.aria2(config));
  }

  private DownloadGroup submit(String... paths) {
    return new DownloadGroups(rig.downloads())
        .submit("g", List.of(paths).stream().map(path -> rig.request(path)).toList(), false);
  }

  private ProcessHandle running() throws IOException {
    String mark = Files.readString(folder.resolve("downloads/aria2/aria2.pid"));
    return ProcessHandle.of(Long.parseLong(mark.substring(0, mark.indexOf(' ')))).orElseThrow();
  }

  @Test
  void isStartedAnewWhenItIsKilledAndGoesOnWhereItWas() throws Exception {
    open(EngineKind.aria2());
    ByteSource body = ByteSource.generated(3_000_000, 7);
    rig.server.serve(
        "/long",
        Reply.of(body).etag("\"v\"").stallingAt(2_000_000, never),
        Reply.of(body).etag("\"v\""));
    for (int i = 0; i < 30; i++) {
      rig.server.serve("/f" + i, Reply.of(ByteSource.generated(10_000 + i, i)));
    }
    String[] paths =
        IntStream.range(0, 31)
            .mapToObj(i -> i == 0 ? "/long" : "/f" + (i - 1))
            .toArray(String[]::new);
    try (DownloadGroup group = submit(paths)) {
      Path control = folder.resolve("downloads/aria2/files");
      Signal.awaitUntil("30 are here", () -> group.progress().done() == 30);
      Signal.awaitUntil("aria2 wrote down how far it is", () -> written(control));
      ProcessHandle first = running();
      assertThat(first.destroyForcibly()).isTrue();
      assertThat(group.await(LOOK, _ -> {})).allMatch(GroupOutcome.Done.class::isInstance);
      assertThat(running().pid()).isNotEqualTo(first.pid());
      assertThat(rig.request("/long").target()).hasBinaryContent(body.toArray());
      assertThat(rig.server.log("/long").getLast().header("Range").orElse(""))
          .matches("bytes=\\d{4,}-.*");
      assertThat(group.files().getFirst().attempt()).as("not the server's fault").isOne();
      for (int i = 0; i < 30; i++) {
        assertThat(rig.server.requests("/f" + i)).isOne();
      }
    }
  }

  /** The control file grows from its first save on; the bitfield is in it. */
  private static boolean written(Path files) {
    try (var all = Files.list(files)) {
      return all.anyMatch(file -> file.toString().endsWith(".aria2") && file.toFile().length() > 0);
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void endsWithTheServerAndLeavesNothingButParts() throws Exception {
    open(EngineKind.aria2());
    rig.server.serve("/one", Reply.of(new byte[100]));
    try (DownloadGroup group = submit("/one")) {
      assertThat(group.await(LOOK, _ -> {})).allMatch(GroupOutcome.Done.class::isInstance);
    }
    ProcessHandle aria2 = running();
    Path conf = folder.resolve("downloads/aria2/aria2.conf");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(conf)))
        .isEqualTo("rw-------");
    assertThat(aria2.info().commandLine().orElse("")).doesNotContain("secret");
    rig.outbound.close();
    aria2.onExit().get(5, TimeUnit.SECONDS);
    assertThat(folder.resolve("downloads/aria2/files")).isEmptyDirectory();
  }

  @Test
  void endsWithAProcessThatIsKilled() throws Exception {
    EngineKind.aria2c();
    rig = Rig.light(folder.resolve("unused"), Rig.CONFIG, _ -> {});
    rig.server.serve("/slow", Reply.of(new byte[100_000]).stallingAt(50_000, never));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Aria2Test.class.getName() + "$Child",
            folder.toString(),
            rig.server.url("/slow").toString());
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.log").toFile())
            .start();
    rig.server.awaitBytes("/slow", 50_000);
    ProcessHandle aria2 = running();
    child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    aria2.onExit().get(10, TimeUnit.SECONDS);
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      var outbound =
          Outbound.builder(Rig.CONFIG, folder.resolve("downloads"))
              .aria2(EngineKind.aria2())
              .build();
      outbound.downloads().fetch(DownloadRequest.of(args[1], folder.resolve("out")));
    }
  }

  @Test
  void saysWhatToDoWhenTheProgramIsNotThere() throws Exception {
    open(EngineKind.aria2().withProgram("/nowhere/aria2c"));
    rig.server.serve("/one", Reply.of(new byte[100]));
    try (DownloadGroup group = submit("/one")) {
      var failed = (GroupOutcome.Failed) group.await(LOOK, _ -> {}).getFirst();
      assertThat(failed.failure().reason()).isEqualTo(FailureReason.ENGINE);
      assertThat(failed.failure())
          .hasMessageContaining("/nowhere/aria2c")
          .hasMessageContaining("apt-get install aria2");
    }
    assertThat(rig.downloads().trouble().orElse("")).contains("/nowhere/aria2c");
  }

  @Test
  void usesOneThatRunsAlreadyAndLeavesItRunning() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path other = Files.createDirectories(folder.resolve("other"));
    Process aria2 =
        new ProcessBuilder(
                EngineKind.aria2c().toString(),
                "--enable-rpc",
                "--rpc-listen-port=" + port,
                "--rpc-secret=open sesame",
                "--stop-with-process=" + ProcessHandle.current().pid(),
                "--dir=" + other)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("other.log").toFile())
            .start();
    try {
      String url = "http://127.0.0.1:" + port + "/jsonrpc";
      open(EngineKind.aria2().withExisting(url, "wrong"));
      rig.server.serve("/one", Reply.of(new byte[100]));
      try (DownloadGroup group = submit("/one")) {
        var failed = (GroupOutcome.Failed) group.await(LOOK, _ -> {}).getFirst();
        assertThat(failed.failure()).hasMessageContaining("rpc-secret");
      }
      rig.close();
      open(EngineKind.aria2().withExisting(url, "open sesame"));
      rig.server.serve("/one", Reply.of(new byte[100]));
      rig.server.serve("/away", Reply.redirect(302, "http://127.0.0.9/"));
      rig.server.serve("/stuck", Reply.of(new byte[5_000]).stallingAt(10, never));
      try (DownloadGroup group = submit("/one", "/away", "/stuck")) {
        Signal.awaitUntil("one is here", () -> group.progress().done() == 1);
        Signal.awaitUntil("one is refused", () -> group.progress().failed() == 1);
        assertThat(group.files().get(1).code()).isEqualTo("address-refused");
      }
      rig.outbound.close();
      assertThat(aria2.isAlive()).isTrue();
      assertThat(other).isEmptyDirectory();
    } finally {
      aria2.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** aria2 sends the headers it was given wherever it is redirected to. */
  @Test
  void leavesDownloadsWithHeadersToUs() throws Exception {
    open(EngineKind.aria2().withProgram("/nowhere/aria2c"));
    rig.server.serve("/private", Reply.of(new byte[100]));
    Downloaded file =
        rig.downloads()
            .fetch(rig.request("/private").withHeaders(Map.of("Authorization", "Bearer x")));
    assertThat(file.bytes()).isEqualTo(100);
    assertThat(rig.server.log("/private").getFirst().header("Authorization")).contains("Bearer x");
  }

  @Test
  void refusesSettingsThatCannotWork() {
    var defaults = Aria2Config.defaults();
    assertThatThrownBy(() -> defaults.withExisting("http://10.0.0.1:6800/jsonrpc", ""))
        .hasMessageContaining("this machine");
    assertThatThrownBy(() -> defaults.withConnections(17, 1 << 20)).hasMessageContaining("16");
    assertThatThrownBy(() -> defaults.withConnections(1, 10)).hasMessageContaining("1 MiB");
    assertThatThrownBy(() -> defaults.withProgram("")).hasMessageContaining("aria2c");
    assertThatThrownBy(() -> new DownloadLimits(0, 0)).hasMessageContaining("files");
    assertThatThrownBy(() -> new DownloadLimits(1, 100)).hasMessageContaining("bytesPerSecond");
    assertThat(defaults.withExisting("http://localhost:1/jsonrpc", "hush").toString())
        .doesNotContain("hush");
  }
}
