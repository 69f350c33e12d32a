package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave on the disk besides their data. */
class LeftoversTest {
  @TempDir Path data;

  private List<Path> unpacked() throws Exception {
    try (var tree = Files.walk(data.resolve("native"))) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> folders() throws Exception {
    try (var entries = Files.list(data.resolve("native"))) {
      return entries.toList();
    }
  }

  private static void useBrotli(ServerProcess server) throws Exception {
    var request =
        HttpRequest.newBuilder(server.url("/openapi.json")).header("Accept-Encoding", "br").build();
    var answer = server.client().send(request, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("br");
  }

  @Test
  void keepsNoNativeLibrariesOfKilledProcesses() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (ServerProcess server = ServerProcess.start(data)) {
        useBrotli(server);
        assertThat(unpacked()).as("here and not elsewhere").anyMatch(named("libbrotli"));
        assertThat(unpacked()).anyMatch(named("libsqlitejdbc"));
        server.kill();
      }
      assertThat(folders()).as("only the last one's").hasSize(1);
    }
    try (ServerProcess server = ServerProcess.start(data)) {
      useBrotli(server);
      assertThat(server.stop()).isZero();
    }
    assertThat(folders()).as("after a stop in order").isEmpty();
  }

  private static java.util.function.Predicate<Path> named(String part) {
    return path -> path.getFileName().toString().contains(part);
  }
}
