package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue over HTTP, extended by a file, and a draft that uses all of it. */
class CatalogTest {
  @TempDir Path folder;

  private final WebServer web = WebServer.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.json"), Recipes.CATALOGUE);
    server = new DraftServer(folder.resolve("data"), Map.of("draft.catalogue", file.toString()));
  }

  @AfterEach
  void stop() {
    server.close();
    web.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.uri("").resolve("/api/v1/draft/catalog" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Recipes.JSON.readTree(response.body());
  }

  private String url(String path, byte[] body) {
    web.serve(path, Reply.of(body));
    return Recipes.JSON.writeValueAsString(web.url(path).toString());
  }

  private ObjectNode decorated() {
    ObjectNode recipe = Recipes.decorated();
    Recipes.with(recipe, "/testData/items/0/data/path", url("/1.jpg", Media.jpeg(40, 60, 1)));
    Recipes.with(recipe, "/testData/items/1/data/path", url("/2.png", Media.png(40, 60, 1)));
    Recipes.with(recipe, "/materials/0/path", url("/bgm", Media.wav(Duration.ofSeconds(8), 440)));
    return recipe;
  }

  @Test
  void listsKindsAndTheirEntriesPageByPage() throws Exception {
    assertThat(json("").path("items"))
        .extracting(kind -> kind.path("kind").stringValue() + kind.path("entries"))
        .contains("transition9", "mask6", "filter1", "sticker1");
    JsonNode first = json("/transition?limit=5");
    assertThat(first.path("items")).hasSize(5);
    JsonNode second = json("/transition?limit=5&cursor=" + first.path("next").stringValue());
    assertThat(second.path("items")).hasSize(4);
    assertThat(second.path("next").isNull() || second.path("next").isMissingNode()).isTrue();
    assertThat(second.path("items")).doesNotContainAnyElementsOf(first.path("items"));
    JsonNode found = json("/video_effect?q=%E9%9B%AA").path("items");
    assertThat(found.at("/0/params/1/index").asInt()).isEqualTo(3);
    assertThat(found.at("/0/effectId").stringValue()).isEqualTo("84");
    assertThat(json("/transition?q=nothing").path("items")).isEmpty();
    assertThat(get("/transitions").statusCode()).isEqualTo(404);
    assertThat(get("/transitions").body()).contains("catalog-kind-not-found", "'transitions'");
  }

  @Test
  void makesADraftWithEverythingARecipeCanSay() throws Exception {
    ObjectNode recipe = decorated();
    Recipes.with(recipe, "/cover", "{\"path\":" + url("/cover.png", Media.png(300, 200, 7)) + "}");
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).as(view.toString()).isEqualTo("ready");
    Path draft = server.drafts().resolve(view.path("name").stringValue());
    assertThat(DraftChecker.check(draft)).isEmpty();
    assertThat(draft.resolve("draft_cover.jpg")).isNotEmptyFile();
    assertThat(Files.readString(draft.resolve("draft_content.json")))
        .contains("KFTypePositionX", "canvas_blur", "\"mask\"", "text_shape", "sticker_id");
  }

  @Test
  void namesTheCoverIfItCannotBeHad() throws Exception {
    ObjectNode recipe = decorated();
    Recipes.with(
        recipe, "/cover", "{\"path\":" + url("/page.jpg", "<html>no</html>".getBytes()) + "}");
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).isEqualTo("failed");
    assertThat(view.path("problems"))
        .extracting(problem -> problem.path("pointer").stringValue())
        .containsExactly("/cover");
  }

  @Test
  void doesNotStartWithACatalogueThatIsWrong() throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.json"), "{\"filter\":[{}]}");
    assertThatThrownBy(() ->
            new DraftServer(folder.resolve("other"), Map.of("draft.catalogue", file.toString())))
        .hasMessageContaining("draft.catalogue")
        .hasMessageContaining("wrong.json /filter/0/resourceId is missing");
  }
}
