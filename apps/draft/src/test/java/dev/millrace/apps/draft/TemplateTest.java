package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.ClientDraft;
import dev.millrace.apps.draft.document.DocumentJson;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drafts that exist already, over HTTP: a client's own in the folder of drafts, and what follows.
 */
class TemplateTest {
  @TempDir Path folder;

  private final WebServer web = WebServer.start();
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder, Map.of());
    ClientDraft.write(server.drafts(), "demo");
  }

  @AfterEach
  void stop() {
    server.close();
    web.close();
  }

  private JsonNode post(String path, String body, int status) throws Exception {
    HttpResponse<String> response =
        server.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Recipes.JSON.readTree(response.body());
  }

  private Path made(JsonNode answer) {
    return server.drafts().resolve(answer.path("name").stringValue());
  }

  private static List<Rule> errors(Path draft) throws Exception {
    return DraftChecker.check(draft).stream()
        .map(Finding::rule)
        .filter(rule -> rule.severity() == Rule.Severity.ERROR)
        .toList();
  }

  private void assertNothingHidden() throws Exception {
    try (Stream<Path> drafts = Files.list(server.drafts());
        Stream<Path> work = Files.list(folder.resolve("draft/edits"))) {
      assertThat(drafts.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
      assertThat(work).isEmpty();
    }
  }

  @Test
  void listsAndShowsDraftsThatNoRecipeMade() throws Exception {
    Path locked = Files.createDirectories(server.drafts().resolve("locked"));
    Files.writeString(locked.resolve(DraftRoot.CONTENT), "U2FsdGVkX1+vupppZksvRf5pq5g5XjFR");
    Files.createDirectories(server.drafts().resolve("no draft"));

    JsonNode list = server.json("").path("items");

    assertThat(list.valueStream().map(draft -> draft.path("name").stringValue()))
        .containsExactlyInAnyOrder("demo", "locked");
    JsonNode demo = server.json("/demo");
    assertThat(demo.path("state").stringValue()).isEqualTo("ready");
    assertThat(demo.path("taskId").isNull()).isTrue();
    assertThat(demo.path("durationMicros").asLong()).isEqualTo(9_000_000);
    assertThat(demo.path("files").asInt()).isEqualTo(3);
    assertThat(demo.path("createdAt").stringValue()).startsWith("2023-11-14T22:13:20");
    assertThat(server.json("/locked").at("/notes/0/code").stringValue())
        .isEqualTo("draft-unreadable");
    assertThat(server.get("/demo/zip").statusCode()).isEqualTo(200);
    assertThat(server.get("/demo/validate").statusCode()).isEqualTo(200);
    assertThat(new String(server.get("/demo/recipe").body())).contains("draft-without-recipe");
    assertThat(server.get("/demo/stream").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> unreadable = server.get("/locked/tracks");
    assertThat(unreadable.statusCode()).isEqualTo(422);
    assertThat(new String(unreadable.body())).contains("encrypted");

    DraftRoot.delete(locked);
    assertThat(server.get("/locked").statusCode()).isEqualTo(404);
    assertThat(server.get("/none/raw").statusCode()).isEqualTo(404);
  }

  @Test
  void showsDocumentTracksAndMaterials() throws Exception {
    Files.delete(server.drafts().resolve("demo/Resources/bgm.wav"));

    assertThat(DocumentJson.read(server.get("/demo/raw").body()))
        .isEqualTo(DocumentJson.read(ClientDraft.content()));
    JsonNode tracks = server.json("/demo/tracks");
    assertThat(tracks.path("width").asInt()).isEqualTo(1080);
    assertThat(tracks.path("tracks")).hasSize(3);
    assertThat(tracks.at("/tracks/2/segments/0/text").stringValue()).isEqualTo("新品上市");
    JsonNode first = server.json("/demo/materials?limit=3");
    assertThat(
            first
                .path("items")
                .valueStream()
                .map(material -> material.path("fileState").stringValue()))
        .containsExactly("missing", "none", "present");
    assertThat(first.at("/items/2/file").stringValue()).isEqualTo("Resources/clip1.mp4");
    JsonNode rest =
        server.json("/demo/materials?limit=3&cursor=" + first.path("next").stringValue());
    assertThat(rest.path("items")).hasSize(1);
    assertThat(server.json("/demo/materials?list=speeds").path("items")).hasSize(5);
  }

  @Test
  void duplicatesADraftWithFilesOfItsOwn() throws Exception {
    Path copy = made(post("/demo/duplicate", "{\"title\":\"第二版\"}", 201));

    assertThat(copy.getFileName().toString()).startsWith("第二版_");
    assertThat(errors(copy)).isEqualTo(List.of());
    assertThat(copy.resolve("draft_agency_config.json")).exists();
    JsonNode content = DocumentJson.read(Files.readAllBytes(copy.resolve(DraftRoot.CONTENT)));
    assertThat(content.path("id").stringValue()).isNotEqualTo(ClientDraft.id(99));
    assertThat(content.at("/materials/videos/0/path").stringValue())
        .isEqualTo(copy + "/Resources/clip1.mp4");
    assertThat(content.path("what_came_later"))
        .isEqualTo(DocumentJson.read(ClientDraft.content()).path("what_came_later"));
    Files.writeString(copy.resolve("Resources/clip1.mp4"), "changed");
    assertThat(Files.size(server.drafts().resolve("demo/Resources/clip1.mp4"))).isGreaterThan(100);
    assertThat(server.json("/" + DraftServer.escaped(copy.getFileName().toString())).path("title"))
        .isNotNull();
    assertNothingHidden();
  }

  @Test
  void doesAllOperationsOrNone() throws Exception {
    web.serve("/new.mp4", Reply.of(Media.mp4WithSound(64, 48, Duration.ofSeconds(2))));
    web.serve("/broken.jpg", Reply.of("<html>".getBytes(StandardCharsets.UTF_8)));
    String replace =
        "{\"type\":\"replace-material\",\"segment\":\"%s\",\"link\":\"%s\",\"shrink\":\"shift\"}"
            .formatted(ClientDraft.id(80), web.url("/new.mp4"));
    String text = "{\"type\":\"replace-text\",\"find\":\"新品上市\",\"text\":\"夏季特惠价\"}";
    String subtitles =
        "{\"type\":\"import-subtitles\",\"text\":\"1\\n00:00:01,000 --> 00:00:02,000\\n你好\\n\"}";
    String track = "{\"type\":\"import-track\",\"draft\":\"demo\",\"track\":\"0\",\"start\":1.5}";

    Path draft =
        made(
            post(
                "/demo/edits",
                "{\"title\":\"夏\",\"operations\":["
                    + String.join(",", replace, text, subtitles, track)
                    + "]}",
                200));

    assertThat(errors(draft)).isEmpty();
    JsonNode shown =
        server.json("/" + DraftServer.escaped(draft.getFileName().toString()) + "/tracks");
    assertThat(shown.at("/tracks/0/segments/0/durationMicros").asLong()).isEqualTo(2_000_000);
    assertThat(shown.at("/tracks/0/segments/1/startMicros").asLong()).isEqualTo(2_000_000);
    assertThat(shown.path("tracks")).hasSize(5);
    try (Stream<Path> files = Files.list(draft.resolve("Resources"))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .contains("clip1.mp4", "clip1-2.mp4", "photo-2.jpg")
          .anyMatch(name -> name.endsWith("_new.mp4"));
    }

    JsonNode refused =
        post(
            "/demo/edits",
            "{\"inPlace\":true,\"operations\":["
                + text
                + ",{\"type\":\"replace-material\",\"name\":\"photo.jpg\",\"link\":\""
                + web.url("/broken.jpg")
                + "\"}]}",
            422);
    assertThat(refused.path("code").stringValue()).isEqualTo("edit-impossible");
    assertThat(refused.at("/errors/0/pointer").stringValue()).isEqualTo("/operations/1/link");
    assertThat(Files.readAllBytes(server.drafts().resolve("demo/" + DraftRoot.CONTENT)))
        .isEqualTo(ClientDraft.content());
    assertNothingHidden();
  }

  @Test
  void changesADraftInItsPlaceAndKeepsTheOldDocument() throws Exception {
    Path demo = server.drafts().resolve("demo");
    JsonNode answer =
        post(
            "/demo/edits",
            """
            {"inPlace":true,"operations":[
              {"type":"replace-text","find":"新品上市","text":"限时"},
              {"type":"append-draft","draft":"demo"}]}\
            """,
            200);

    assertThat(answer.path("name").stringValue()).isEqualTo("demo");
    assertThat(Files.readAllBytes(demo.resolve(answer.path("oldContent").stringValue())))
        .isEqualTo(ClientDraft.content());
    assertThat(Files.mismatch(demo.resolve(DraftRoot.CONTENT), demo.resolve(DraftRoot.INFO)))
        .isEqualTo(-1);
    JsonNode meta = DocumentJson.read(Files.readAllBytes(demo.resolve(DraftRoot.META)));
    assertThat(meta.path("draft_fold_path").stringValue()).isEqualTo(ClientDraft.HOME);
    assertThat(meta.path("draft_id").stringValue()).isEqualTo(ClientDraft.id(99));
    assertThat(meta.path("draft_timeline_materials_size_").asLong()).isEqualTo(5_242_880);
    assertThat(server.json("/demo").path("durationMicros").asLong()).isEqualTo(18_000_000);
    assertThat(errors(demo)).isEmpty();
  }

  @Test
  void refusesOperationsThatLackWhatTheyNeed() throws Exception {
    for (String operation :
        List.of(
            "{\"type\":\"replace-material\",\"file\":\"photo.jpg\"}",
            "{\"type\":\"replace-material\",\"name\":\"photo.jpg\"}",
            "{\"type\":\"replace-material\",\"name\":\"photo.jpg\",\"file\":\"../../x\"}",
            "{\"type\":\"replace-material\",\"name\":\"photo.jpg\",\"draft\":\"none\",\"file\":\"x\"}",
            "{\"type\":\"replace-text\",\"text\":\"x\"}",
            "{\"type\":\"import-track\",\"draft\":\"demo\"}",
            "{\"type\":\"import-subtitles\",\"text\":\"none\"}",
            "{\"type\":\"add-pieces\"}",
            "{\"type\":\"layer-draft\",\"draft\":\"none\"}")) {
      JsonNode problem = post("/demo/edits", "{\"operations\":[" + operation + "]}", 422);
      assertThat(problem.at("/errors/0/pointer").stringValue()).startsWith("/operations/0/");
      assertThat(problem.at("/errors/0/detail").stringValue()).isNotBlank();
    }
    assertNothingHidden();
  }

  @Test
  void mergesDraftsAndMovesPieces() throws Exception {
    ClientDraft.write(server.drafts(), "other");
    Path one = made(post("/merge", "{\"drafts\":[\"demo\",\"other\"],\"title\":\"一\"}", 201));
    Path two = made(post("/merge", "{\"drafts\":[\"demo\",\"other\"],\"mode\":\"layers\"}", 201));
    assertThat(errors(one)).isEmpty();
    assertThat(errors(two)).isEmpty();

    HttpResponse<String> pieces =
        server.post(
            "/../subdrafts",
            "application/json",
            "{\"draft\":\"demo\",\"to\":5}".getBytes(StandardCharsets.UTF_8));
    assertThat(pieces.statusCode()).as(pieces.body()).isEqualTo(200);
    assertThat(Recipes.JSON.readTree(pieces.body()).path("rawSegments")).hasSize(4);
    Path three =
        made(
            post(
                "/other/edits",
                "{\"operations\":[{\"type\":\"add-pieces\",\"start\":2,\"pieces\":"
                    + pieces.body()
                    + "}]}",
                200));
    // The files of the pieces stay where they are: only the other draft has them.
    assertThat(errors(three)).isEmpty();
  }

  @Test
  void putsPiecesOfADraftIntoARecipe() throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/../subdrafts",
            "application/json",
            ("{\"draft\":\"demo\",\"segments\":[\"" + ClientDraft.id(81) + "\"]}")
                .getBytes(StandardCharsets.UTF_8));
    JsonNode pieces = Recipes.JSON.readTree(answer.body());
    web.serve("/raw.jpg", Reply.of(Media.jpeg(90, 160, 0x123456)));
    web.serve("/1.jpg", Reply.of(Media.jpeg(90, 160, 0x654321)));
    ObjectNode own = (ObjectNode) pieces.at("/rawSegments/0");
    ((ObjectNode) own.path("material")).put("path", web.url("/raw.jpg").toString());
    own.put("trackId", "t_raw").put("relativeIndex", 1);
    ObjectNode joined = own.deepCopy();
    joined.put("trackId", "t_img");
    joined.remove("relativeIndex");
    ((ObjectNode) joined.path("segment")).put("id", "SECOND");
    ObjectNode recipe = Recipes.example();
    recipe.putArray("rawSegments").add(own).add(joined);
    Recipes.with(recipe, "/testData/items", "[]");
    Recipes.with(
        recipe,
        "/testData/items/-",
        "{\"type\":\"image\",\"data\":{\"track\":\"t_img\",\"path\":\""
            + web.url("/1.jpg")
            + "\",\"start\":0,\"duration\":4}}");

    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
    assertThat(view.path("durationMicros").asLong()).isEqualTo(7_000_000);
    Path draft = server.drafts().resolve(view.path("name").stringValue());
    assertThat(errors(draft)).isEmpty();
    JsonNode tracks =
        server.json("/" + DraftServer.escaped(view.path("name").stringValue()) + "/tracks");
    assertThat(tracks.at("/tracks/0/segments")).hasSize(2);
    assertThat(tracks.at("/tracks/0/segments/1/startMicros").asLong()).isEqualTo(4_000_000);
    JsonNode content = DocumentJson.read(Files.readAllBytes(draft.resolve(DraftRoot.CONTENT)));
    assertThat(content.at("/materials/canvases/0/type").stringValue()).isEqualTo("canvas_color");
    assertThat(content.toString()).doesNotContain("SECOND").doesNotContain(ClientDraft.id(81));
    try (Stream<Path> files = Files.list(draft.resolve("Resources"))) {
      assertThat(files).hasSize(2);
    }
  }
}
