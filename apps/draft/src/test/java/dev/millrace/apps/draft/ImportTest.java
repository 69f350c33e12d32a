package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.ClientDraft;
import dev.millrace.apps.draft.document.DocumentJson;
import dev.millrace.apps.draft.folder.ArchiveLimits;
import dev.millrace.apps.draft.folder.DraftArchive;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.DraftZip;
import dev.millrace.apps.draft.folder.RefusedArchiveException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Archives that people send, and those that attackers send. */
class ImportTest {
  @TempDir Path folder;

  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder.resolve("server"), Map.of());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] zip(Map<String, byte[]> files, Charset names) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> draft(String top) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(top + DraftRoot.CONTENT, ClientDraft.content());
    return files;
  }

  private static byte[] with(String name, byte[] content) throws Exception {
    Map<String, byte[]> files = draft("demo/");
    files.put(name, content);
    return zip(files, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(byte[] archive) throws Exception {
    return server.post("/import", "application/zip", archive);
  }

  private void assertRefused(byte[] archive, String words) throws Exception {
    HttpResponse<String> response = send(archive);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(Recipes.JSON.readTree(response.body()).path("detail").stringValue()).contains(words);
    assertNothingLeft();
  }

  private void assertNothingLeft() throws Exception {
    try (Stream<Path> drafts = Files.list(server.drafts());
        Stream<Path> work = Files.list(folder.resolve("server/draft/edits"))) {
      assertThat(drafts).isEmpty();
      assertThat(work).isEmpty();
    }
  }

  @Test
  void takesADraftInAndMakesItAtHome() throws Exception {
    Path packed = ClientDraft.write(folder.resolve("elsewhere"), "demo");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DraftZip.write(packed, bytes);

    HttpResponse<String> response = send(bytes.toByteArray());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    String name = Recipes.JSON.readTree(response.body()).path("name").stringValue();
    assertThat(name).startsWith("demo_");
    Path draft = server.drafts().resolve(name);
    assertThat(DraftChecker.check(draft))
        .allMatch(finding -> finding.rule().severity() == Rule.Severity.WARNING);
    JsonNode content = DocumentJson.read(Files.readAllBytes(draft.resolve(DraftRoot.CONTENT)));
    assertThat(content.at("/materials/audios/0/path").stringValue())
        .isEqualTo(draft + "/Resources/bgm.wav");
    assertThat(content.path("what_came_later"))
        .isEqualTo(DocumentJson.read(ClientDraft.content()).path("what_came_later"));
    assertThat(server.json("/" + DraftServer.escaped(name)).path("state").stringValue())
        .isEqualTo("ready");
    assertThat(server.json("").path("items")).hasSize(1);
  }

  @Test
  void takesArchivesAsChineseWindowsAndMacOsPackThem() throws Exception {
    Map<String, byte[]> files = draft("竖屏/");
    files.put("竖屏/Resources/图.jpg", new byte[] {1});
    byte[] gbk = zip(files, Charset.forName("GBK"));
    assertThat(send(gbk).body()).contains("竖屏_");

    Map<String, byte[]> mac = draft("demo/");
    mac.put("__MACOSX/demo/._draft_content.json", new byte[] {1});
    mac.put("demo/.DS_Store", new byte[] {1});
    assertThat(send(zip(mac, StandardCharsets.UTF_8)).statusCode()).isEqualTo(201);
    assertThat(send(zip(draft(""), StandardCharsets.UTF_8)).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo/../../escaped.txt",
        "../escaped.txt",
        "/etc/cron.d/escaped",
        "C:/Windows/escaped.txt",
        "demo\\..\\escaped.txt",
        "demo//escaped.txt",
        "demo/./escaped.txt",
        "demo/con\u0000trol.txt",
        "demo/\u202Egpj.exe",
        "demo/trailing. ",
        "demo/a/b/c/d/e/f/g/h/i/deep.txt",
        "demo/what?.txt"
      })
  void refusesNamesThatLeadElsewhere(String name) throws Exception {
    assertRefused(with(name, new byte[] {1}), "");
    assertThat(folder.resolve("escaped.txt")).doesNotExist();
    assertThat(server.drafts().resolveSibling("escaped.txt")).doesNotExist();
  }

  @Test
  void refusesLinks() throws Exception {
    byte[] archive = with("demo/link", "/etc/passwd".getBytes(StandardCharsets.UTF_8));
    // The last entry of the directory: made on Unix, with the mode of a link.
    int at = lastIndexOf(archive, new byte[] {0x50, 0x4B, 0x01, 0x02});
    archive[at + 5] = 3;
    archive[at + 40] = (byte) 0xFF;
    archive[at + 41] = (byte) 0xA1;
    assertRefused(archive, "link");
  }

  private static int lastIndexOf(byte[] bytes, byte[] wanted) {
    for (int at = bytes.length - wanted.length; at >= 0; at--) {
      if (java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void refusesBombs() throws Exception {
    assertRefused(with("demo/Resources/zeros.bin", new byte[32 << 20]), "bombs");

    Path many = folder.resolve("many.zip");
    Map<String, byte[]> files = draft("demo/");
    for (int i = 0; i < 30; i++) {
      files.put("demo/" + i, new byte[1_000]);
    }
    Files.write(many, zip(files, StandardCharsets.UTF_8));
    assertThatThrownBy(() -> unpack(many, new ArchiveLimits(1 << 30, 20, 200, 8)))
        .hasMessageContaining("31 entries");
    assertThatThrownBy(() -> unpack(many, new ArchiveLimits(20_000, 100, 200, 8)))
        .hasMessageContaining("20000 bytes");
  }

  private void unpack(Path archive, ArchiveLimits limits) throws Exception {
    Path to = Files.createDirectories(folder.resolve("unpacked"));
    DraftArchive.<Boolean, RefusedArchiveException>with(
        archive,
        limits,
        draft -> {
          draft.unpack(to);
          return true;
        });
  }

  @Test
  void refusesWhatIsNoArchiveOfADraft() throws Exception {
    assertRefused("<html>".repeat(10).getBytes(StandardCharsets.UTF_8), "no zip archive");
    byte[] whole = zip(draft("demo/"), StandardCharsets.UTF_8);
    assertRefused(java.util.Arrays.copyOf(whole, whole.length - 10), "no zip archive");
    assertRefused(zip(Map.of("a/b.txt", new byte[] {1}), StandardCharsets.UTF_8), "no draft");
    Map<String, byte[]> two = draft("one/");
    two.putAll(draft("two/"));
    assertRefused(zip(two, StandardCharsets.UTF_8), "several");
    Map<String, byte[]> beside = draft("demo/");
    beside.put("other/x.txt", new byte[] {1});
    assertRefused(zip(beside, StandardCharsets.UTF_8), "beside");
    assertRefused(with("demo/DRAFT_CONTENT.json", new byte[] {1}), "twice");
    byte[] damaged = with("demo/Resources/x", "x".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    damaged[60] ^= 0x55;
    assertThat(send(damaged).statusCode()).isEqualTo(422);
    assertNothingLeft();
    byte[] locked =
        zip(
            Map.of("demo/" + DraftRoot.CONTENT, "U2FsdGVkX1".getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
    assertRefused(locked, "encrypted");
  }

  @Test
  void showsFilesOfDraftsAndNothingElse() throws Exception {
    Path demo = ClientDraft.write(server.drafts(), "demo");
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(demo.resolve("Resources/link.txt"), secret);
    Files.createSymbolicLink(demo.resolve("linked"), folder);
    Files.createSymbolicLink(server.drafts().resolve("outside"), folder);

    HttpResponse<byte[]> photo = preview("demo", "Resources/photo.jpg");
    assertThat(photo.statusCode()).isEqualTo(200);
    assertThat(photo.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(photo.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    assertThat(photo.body()).isEqualTo(Files.readAllBytes(demo.resolve("Resources/photo.jpg")));

    for (String file :
        new String[] {
          "Resources/link.txt",
          "linked/secret.txt",
          "../../../secret.txt",
          secret.toString(),
          "Resources",
          "",
          "none"
        }) {
      assertThat(preview("demo", file).statusCode()).as(file).isEqualTo(404);
    }
    assertThat(preview("outside", "secret.txt").statusCode()).isEqualTo(404);
    assertThat(preview("..", "secret.txt").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> preview(String draft, String file) throws Exception {
    return server.get(
        "/../files/preview?draft="
            + DraftServer.escaped(draft)
            + "&file="
            + DraftServer.escaped(file));
  }
}
