package dev.millrace.tasks.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/tasks.md, compiled from that page and run. */
final class TestingPageTest {
  private static final String HEADING = "## Tests of your own handlers";

  @TempDir Path folder;

  @Test
  void theExampleOfThePageCompilesAndHolds() throws Exception {
    Path source = folder.resolve("WelcomeTest.java");
    Files.writeString(source, example());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).as("the page's example compiles").isZero();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader
          .loadClass("example.shop.WelcomeTest")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }

  private static String example() throws IOException {
    String page = Files.readString(root().resolve("docs/tasks.md"));
    String section = page.substring(page.indexOf(HEADING));
    int start = section.indexOf("```java\n") + 8;
    return section.substring(start, section.indexOf("```", start));
  }

  private static Path root() {
    return Stream.of(Path.of(""), Path.of(".."), Path.of("../.."))
        .map(Path::toAbsolutePath)
        .filter(path -> Files.exists(path.resolve("docs/tasks.md")))
        .findFirst()
        .orElseThrow();
  }
}
