package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.spi.MaterialType;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The extensions of docs/draft-extensions.md, compiled from that page and put in as jars. */
class OutsideExtensionTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private final WebServer web = WebServer.start();

  @AfterEach
  void stop() {
    web.close();
  }

  private Path extensions() throws IOException {
    return Files.createDirectories(folder.resolve("data/draft/extensions"));
  }

  private DraftServer server(String... settings) throws Exception {
    return new DraftServer(
        folder.resolve("data"), settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]));
  }

  private ObjectNode recipe() {
    web.serve("/mirror/a.png", Reply.of(Media.png(20, 20, 1)));
    ObjectNode recipe = Recipes.example();
    Recipes.with(
        recipe,
        "/testData/tracks",
        "[{\"id\":\"v\",\"type\":\"video\"},{\"id\":\"t\",\"type\":\"text\"}]");
    Recipes.with(
        recipe,
        "/ruleGroup/rules",
        "[{\"type\":\"title_card\",\"meta\":{\"size\":22}},{\"type\":\"image\"}]");
    Recipes.with(recipe, "/materials", "[]");
    Recipes.with(
        recipe,
        "/testData/items",
        "[{\"type\":\"image\",\"data\":{\"track\":\"v\",\"path\":\"%s\",\"start\":0,\"duration\":3}},"
                .formatted(web.url("/mirror/a.png"))
            + "{\"type\":\"title_card\",\"data\":{\"track\":\"t\",\"headline\":\"news\",\"start\":0,"
            + "\"duration\":3}}]");
    return recipe;
  }

  @Test
  void recipesHaveTheTypesThatAJarBrings() throws Exception {
    jar("cards.jar", "example.cards.TitleCard", MaterialType.class.getName());
    try (DraftServer server = server()) {
      JsonNode draft = server.make(recipe());
      assertThat(draft.path("state").stringValue()).as("%s", draft).isEqualTo("ready");
      JsonNode content =
          Recipes.JSON.readTree(
              Files.readAllBytes(
                  server
                      .drafts()
                      .resolve(draft.path("name").stringValue())
                      .resolve("draft_content.json")));
      JsonNode text = Recipes.JSON.readTree(content.at("/materials/texts/0/content").stringValue());
      assertThat(text.path("text").stringValue()).isEqualTo("NEWS");
      assertThat(text.at("/styles/0/size").doubleValue()).as("of its rule").isEqualTo(22.0);

      ObjectNode wrong = recipe();
      Recipes.with(wrong, "/testData/items/1/data/headline", "null");
      Recipes.with(wrong, "/ruleGroup/rules/1/type", "\"imgae\"");
      JsonNode problem = Recipes.JSON.readTree(server.post(wrong.toString()).body());
      assertThat(
              problem.path("errors").valueStream().map(each -> each.path("pointer").stringValue()))
          .as("places of the recipe as it was sent")
          .contains("/testData/items/1/data/headline", "/ruleGroup/rules/1/type");
    }
  }

  @Test
  void filesComeByTheEngineThatAJarBrings() throws Exception {
    jar(
        "mirror.jar",
        "example.mirror.MirrorProvider",
        "dev.millrace.outbound.spi.DownloadEngineProvider");
    assertThatThrownBy(() -> server("draft.downloads.engine", "mirror"))
        .hasMessageContaining("mirrors.properties");
    Files.writeString(
        folder.resolve("data/draft/engine/mirrors.properties"),
        "https\\://cdn.example.com/=" + web.url("/mirror/"));
  }

  @Test
  void filesComeFromTheMirror() throws Exception {
    jar(
        "mirror.jar",
        "example.mirror.MirrorProvider",
        "dev.millrace.outbound.spi.DownloadEngineProvider");
    jar("cards.jar", "example.cards.TitleCard", MaterialType.class.getName());
    Files.createDirectories(folder.resolve("data/draft/engine"));
    Files.writeString(
        folder.resolve("data/draft/engine/mirrors.properties"),
        "https\\://cdn.example.com/=" + web.url("/mirror/"));
    try (DraftServer server = server("draft.downloads.engine", "mirror")) {
      assertThat(server.call("GET", "/downloads", null, 200).path("engine").stringValue())
          .isEqualTo("mirror");
      ObjectNode recipe = recipe();
      Recipes.with(recipe, "/testData/items/0/data/path", "\"https://cdn.example.com/a.png\"");
      JsonNode draft = server.make(recipe);
      assertThat(draft.path("state").stringValue()).as("%s", draft).isEqualTo("ready");
      assertThat(web.requests("/mirror/a.png")).isOne();
    }
  }

  @Test
  void aJarThatBringsNothingAndAnUnknownEngineStopTheStart() throws Exception {
    assertThatThrownBy(() -> server("draft.downloads.engine", "carrier-pigeon"))
        .hasMessageContaining("carrier-pigeon")
        .hasMessageContaining("built-in, aria2");
  }

  @Test
  void anEmptyJarIsNamed() throws Exception {
    try (OutputStream out = Files.newOutputStream(extensions().resolve("empty.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("nothing.txt"));
    }
    assertThatThrownBy(this::server).hasMessageContaining("empty.jar holds no extension");
  }

  @Test
  void namesThatCannotBeToldApartAreRefused() {
    for (String[] names :
        List.of(
            new String[] {"image", "text", "already"},
            new String[] {"Bad Name", "text", "not allowed"},
            new String[] {"fine", "nothing", "no type 'nothing'"})) {
      MaterialType type =
          new MaterialType() {
            @Override
            public String name() {
              return names[0];
            }

            @Override
            public String base() {
              return names[1];
            }

            @Override
            public Map<String, Object> translate(
                Map<String, Object> data, Map<String, Object> rule) {
              return data;
            }
          };
      assertThatThrownBy(() ->
              new TypedReader(
                  new dev.millrace.apps.draft.recipe.RecipeReader(
                      dev.millrace.apps.draft.catalogue.Catalogue::shipped,
                      _ -> java.util.Optional.empty()),
                  List.of(type)))
          .hasMessageContaining(names[2]);
    }
  }

  private void jar(String name, String type, String service) throws IOException {
    Path work = Files.createDirectories(folder.resolve(name + ".d"));
    String simple = type.substring(type.lastIndexOf('.') + 1);
    Path source = Files.writeString(work.resolve(simple + ".java"), block("class " + simple));
    Path classes = Files.createDirectories(work.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(status).as("the page's example compiles").isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(service), type + "\n", StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(extensions().resolve(name));
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  private static String block(String holding) throws IOException {
    Path page =
        Stream.of(Path.of(""), Path.of("../.."))
            .map(start -> start.toAbsolutePath().resolve("docs/draft-extensions.md"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    Matcher blocks = JAVA.matcher(Files.readString(page));
    while (blocks.find()) {
      if (blocks.group(1).contains(holding)) {
        return blocks.group(1);
      }
    }
    throw new AssertionError("no example on the page with " + holding);
  }
}
