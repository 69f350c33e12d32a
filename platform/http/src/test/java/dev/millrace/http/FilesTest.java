package dev.millrace.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir static Path folder;
  private static HttpServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    write("secret.txt", "outside");
    write("web/index.html", "<!doctype html><title>x</title>");
    write("web/assets/index-B3kd_9aZ.js", "console.log('plain')");
    write("web/assets/index-B3kd_9aZ.js.br", "pretend brotli");
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("console.log('plain')".getBytes(UTF_8));
    }
    Files.write(folder.resolve("web/assets/index-B3kd_9aZ.js.gz"), packed.toByteArray());
    write("web/assets/plain.css", "body{}".repeat(1000));
    write("web/logo.png", "png");
    write("web/.hidden", "hidden");
    Files.createSymbolicLink(folder.resolve("web/link.txt"), folder.resolve("secret.txt"));
    write("big.bin", "0123456789".repeat(20_000));
    var file =
        Endpoint.get("/api/v1/file")
            .summary("A file")
            .tags("f")
            .answersContent(200, "application/zip", "x", null)
            .handle(_ -> Reply.file(folder.resolve("big.bin"), "application/zip", "归档 \"1\".zip"));
    var none =
        Endpoint.get("/api/v1/none")
            .summary("No file")
            .tags("f")
            .answersContent(200, "text/plain", "x", null)
            .handle(_ -> Reply.file(folder.resolve("nothing"), "text/plain"));
    var made =
        Endpoint.get("/api/v1/made")
            .summary("Made")
            .tags("f")
            .answersContent(200, "text/csv", "x", null)
            .handle(_ ->
                Reply.download(
                    "a.csv",
                    "text/csv",
                    out -> {
                      for (int i = 0; i < 20_000; i++) {
                        out.write("line\n".getBytes(UTF_8));
                      }
                    }));
    var cut =
        Endpoint.get("/api/v1/cut")
            .summary("Cut")
            .tags("f")
            .answersContent(200, "text/csv", "x", null)
            .handle(_ ->
                Reply.download(
                    "a.csv",
                    "text/csv",
                    out -> {
                      out.write(new byte[200_000]);
                      throw new IOException("the source broke");
                    }));
    var early =
        Endpoint.get("/api/v1/early")
            .summary("Fails early")
            .tags("f")
            .answersContent(200, "text/csv", "x", null)
            .handle(_ ->
                Reply.download(
                    "a.csv",
                    "text/csv",
                    _ -> {
                      throw new IOException("the source broke");
                    }));
    server =
        HttpServer.builder(HttpConfig.defaults().withPort(0))
            .files(StaticFiles.folder(folder.resolve("web")))
            .endpoints(List.of(file, none, made, cut, early))
            .start();
    client = new Client(server);
  }

  private static void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void sendsTheTwinThatTheClientTakes() throws Exception {
    var brotli =
        client.get("/assets/index-B3kd_9aZ.js", "Accept-Encoding", "gzip, deflate, br, zstd");
    assertThat(brotli.body()).isEqualTo("pretend brotli");
    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(header(brotli, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(brotli, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(
            header(
                client.get("/assets/index-B3kd_9aZ.js", "Accept-Encoding", "gzip"),
                "Content-Encoding"))
        .isEqualTo("gzip");
    var plain = client.get("/assets/index-B3kd_9aZ.js");
    assertThat(plain.body()).isEqualTo("console.log('plain')");
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(plain, "ETag")).isNotEqualTo(header(brotli, "ETag"));
  }

  @Test
  void compressesFilesWithoutATwin() throws Exception {
    var answer =
        client.sendForBytes(client.to("/assets/plain.css").header("Accept-Encoding", "br"));
    assertThat(header(answer, "Content-Encoding")).isEqualTo("br");
    assertThat(answer.body().length).isLessThan(200);
    assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
    assertThat(header(client.get("/logo.png", "Accept-Encoding", "br"), "Content-Encoding"))
        .isEmpty();
  }

  @Test
  void checksAgainByTheTag() throws Exception {
    String tag = header(client.get("/"), "ETag");
    var again = client.get("/", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void answersNavigationWithTheIndexAndNothingElse() throws Exception {
    var page = client.get("/tasks/17", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).startsWith("<!doctype html>");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'self'")
        .contains("style-src 'self';")
        .contains("frame-ancestors 'none'");
    assertThat(client.get("/tasks/17", "Accept", "application/json").statusCode()).isEqualTo(404);
    assertThat(client.get("/tasks/17").statusCode()).isEqualTo(404);
    assertThat(client.get("/assets/gone-B3kd_9aZ.js", "Accept", "text/html").statusCode())
        .isEqualTo(404);
    assertThat(client.get("/api/nothing", "Accept", "text/html").statusCode()).isEqualTo(404);
    assertThat(client.get("/tasks", "Accept", "text/html", "Sec-Fetch-Mode", "cors").statusCode())
        .isEqualTo(404);
    assertThat(client.send(client.to("/tasks").header("Accept", "text/html").DELETE()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void neverLeavesTheFolder() throws Exception {
    for (String path :
        List.of(
            "/../secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e/secret.txt",
            "/assets/../../secret.txt",
            "/link.txt",
            "/.hidden",
            "/assets/",
            "/assets",
            "//etc/passwd",
            "/..\\secret.txt",
            "/c:/x",
            "/%00.txt",
            "/assets/%2e%2e%2f%2e%2e%2fsecret.txt")) {
      String answer =
          client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("outside");
    }
  }

  @Test
  void seesThatAFileHasChanged() throws Exception {
    write("web/changing.txt", "one");
    assertThat(client.get("/changing.txt").body()).isEqualTo("one");
    write("web/changing.txt", "two");
    Files.setLastModifiedTime(
        folder.resolve("web/changing.txt"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(client.get("/changing.txt").body()).isEqualTo("two");
    Files.delete(folder.resolve("web/changing.txt"));
    assertThat(client.get("/changing.txt").statusCode()).isEqualTo(404);
  }

  @Test
  void knowsHashedNames() {
    assertThat(StaticFiles.isHashed("assets/index-B3kd_9aZ.js")).isTrue();
    assertThat(StaticFiles.isHashed("assets/a-b-12345678.css")).isTrue();
    assertThat(StaticFiles.isHashed("assets/index.12345678.css")).isTrue();
    assertThat(StaticFiles.isHashed("assets/index.css")).isFalse();
    assertThat(StaticFiles.isHashed("index-B3kd_9aZ.js")).isFalse();
    assertThat(StaticFiles.isHashed("assets/longname.js")).isFalse();
  }

  @Test
  void sendsThePageOfTheEndpoints() throws Exception {
    assertThat(client.get("/api").body()).contains("/api/page/page.js");
    // The page's policy forbids everything inline, and every module that is imported must be there.
    assertThat(client.get("/api").body())
        .doesNotContain("<style", " style=", "onclick", "<script>");
    for (String name : List.of("page.js", "texts.js", "dom.js", "schema.js", "try.js")) {
      var module = client.get("/api/page/" + name);
      assertThat(module.statusCode()).as(name).isEqualTo(200);
      assertThat(module.headers().firstValue("Content-Type"))
          .contains("text/javascript; charset=utf-8");
      var imports =
          java.util.regex.Pattern.compile("from '\\./([a-z]+\\.js)'").matcher(module.body());
      while (imports.find()) {
        assertThat(client.get("/api/page/" + imports.group(1)).statusCode())
            .as(imports.group(1))
            .isEqualTo(200);
      }
    }
    assertThat(client.get("/api/page/page.css").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/page/icon.svg").headers().firstValue("Content-Type"))
        .contains("image/svg+xml");
    assertThat(client.get("/api/page/nothing.js").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/page/").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/").statusCode()).isEqualTo(200);
  }

  @Test
  void sendsFilesAndRangesOfThem() throws Exception {
    var all = client.get("/api/v1/file");
    assertThat(all.body()).hasSize(200_000);
    assertThat(header(all, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(all, "Content-Length")).isEqualTo("200000");
    assertThat(header(all, "Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"__ _1_.zip\";"
                + " filename*=UTF-8''%E5%BD%92%E6%A1%A3%20%221%22.zip");
    var part = client.get("/api/v1/file", "Range", "bytes=3-6");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("3456");
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 3-6/200000");
    assertThat(client.get("/api/v1/file", "Range", "bytes=-2").body()).isEqualTo("89");
    assertThat(client.get("/api/v1/file", "Range", "bytes=199995-").body()).isEqualTo("56789");
    assertThat(client.get("/api/v1/file", "Range", "bytes=199999-999999").body()).isEqualTo("9");
    var outside = client.get("/api/v1/file", "Range", "bytes=200000-");
    assertThat(outside.statusCode()).isEqualTo(416);
    assertThat(header(outside, "Content-Range")).isEqualTo("bytes */200000");
    assertThat(outside.body()).contains("range-not-satisfiable");
    for (String ignored : List.of("bytes=1-2,4-5", "lines=1-2", "bytes=x-y", "bytes=5")) {
      assertThat(client.get("/api/v1/file", "Range", ignored).statusCode())
          .as(ignored)
          .isEqualTo(200);
    }
    String tag = header(all, "ETag");
    assertThat(client.get("/api/v1/file", "Range", "bytes=0-0", "If-Range", tag).statusCode())
        .isEqualTo(206);
    assertThat(client.get("/api/v1/file", "Range", "bytes=0-0", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
    assertThat(client.get("/api/v1/file", "If-None-Match", tag).statusCode()).isEqualTo(304);
    var head = client.send(client.to("/api/v1/file").HEAD());
    assertThat(header(head, "Content-Length")).isEqualTo("200000");
    assertThat(client.get("/api/v1/none").statusCode()).isEqualTo(404);
  }

  @Test
  void sendsContentAsItIsMade() throws Exception {
    var answer = client.get("/api/v1/made");
    assertThat(answer.body()).hasSize(100_000).endsWith("line\n");
    assertThat(header(answer, "Content-Type")).isEqualTo("text/csv");
    assertThat(client.send(client.to("/api/v1/made").HEAD()).statusCode()).isEqualTo(200);
  }

  @Test
  void cutsTheConnectionWhenContentBreaksOff() throws Exception {
    String raw;
    try {
      raw = client.raw("GET /api/v1/cut HTTP/1.1\r\nHost: localhost\r\n\r\n");
    } catch (IOException reset) {
      raw = "";
    }
    assertThat(raw).doesNotEndWith("0\r\n\r\n");
    var early = client.get("/api/v1/early");
    assertThat(early.statusCode()).isEqualTo(500);
    assertThat(header(early, "Content-Disposition")).isEmpty();
    assertThat(header(early, "Content-Type")).isEqualTo("application/problem+json");
  }
}
