package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application of docs/app.md, compiled from that page and put into the data folder as a jar.
 */
class OutsideAppTest {
  @TempDir Path folder;

  @Test
  void anOutsideJarIsAnApplication() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    jar(Files.createDirectories(data.resolve("apps")).resolve("hello.jar"));
    try (ServerProcess server = ServerProcess.start(data, "--set", "hello.greeting=Good day")) {
      String id =
          server.send("/api/v1/hello/greetings", "{\"name\":\"Ada\"}").path("taskId").asString();
      Signal.awaitUntil("greeted", () -> text(server, id).equals("Good day, Ada"));
      assertThat(server.json("/openapi.json").path("paths").propertyNames())
          .contains("/api/v1/hello/greetings");
    }
  }

  @Test
  void aJarWithoutAnApplicationStopsTheStartAndIsNamed() throws Exception {
    Path apps = Files.createDirectories(folder.resolve("data/apps"));
    try (OutputStream out = Files.newOutputStream(apps.resolve("empty.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("nothing.txt"));
    }
    var refused =
        ServerProcess.run("up", "--port", "0", "--data", folder.resolve("data").toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output()).contains("empty.jar holds no application");
  }

  private static String text(ServerProcess server, String id) {
    try {
      return server.json("/api/v1/tasks/" + id).at("/result/text").asString("");
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private void jar(Path target) throws IOException {
    String page = Files.readString(root().resolve("docs/app.md"));
    Path source = folder.resolve("HelloApp.java");
    Files.writeString(source, block(page, "java"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            source.toString());
    assertThat(status).as("the page's example compiles").isZero();
    write(classes, "META-INF/services/dev.millrace.app.App", "example.hello.HelloApp\n");
    write(classes, "example/hello/migrations/sqlite/0001_greetings.sql", block(page, "sql"));
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static String block(String page, String language) {
    int start = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(start, page.indexOf("```", start));
  }

  private static Path root() {
    return Stream.of(Path.of(""), Path.of(".."))
        .map(Path::toAbsolutePath)
        .filter(path -> Files.exists(path.resolve("docs/app.md")))
        .findFirst()
        .orElseThrow();
  }
}
