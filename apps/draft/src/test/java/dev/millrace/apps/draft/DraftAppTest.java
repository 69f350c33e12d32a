package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.App;
import dev.millrace.app.PartHealth;
import dev.millrace.app.SettingKey;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Cue;
import dev.millrace.testkit.media.Media;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole road: recipes over HTTP, real media from a server that can misbehave, real folders. */
class DraftAppTest {
  @TempDir Path folder;

  private final WebServer web = WebServer.start();
  private final Signal never = new Signal("the end of the test");
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder, Map.of());
  }

  @AfterEach
  void stop() {
    never.raise();
    server.close();
    web.close();
  }

  private String url(String path) {
    return web.url(path).toString();
  }

  private void serve(String path, byte[] body) {
    web.serve(path, Reply.of(body));
  }

  /** The example with links to our server: a JPEG, an MP4, an MP3. */
  private ObjectNode example() {
    serve("/1.jpg", Media.jpeg(108, 192, 0xAA3300));
    serve("/2.mp4", Media.mp4WithSound(64, 48, Duration.ofSeconds(4)));
    serve("/bgm.mp3", Media.mp3(Duration.ofSeconds(8)));
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items/0/data/path", quoted(url("/1.jpg")));
    Recipes.with(recipe, "/testData/items/1/data/path", quoted(url("/2.mp4")));
    Recipes.with(recipe, "/materials/0/path", quoted(url("/bgm.mp3")));
    return recipe;
  }

  private static String quoted(String text) {
    return Recipes.JSON.writeValueAsString(text);
  }

  private Path draft(JsonNode view) {
    return server.drafts().resolve(view.path("name").stringValue());
  }

  private static List<String> codes(JsonNode list) {
    return list.valueStream().map(each -> each.path("code").stringValue()).toList();
  }

  private void assertNothingLeftOver() throws Exception {
    try (Stream<Path> downloads = Files.list(folder.resolve("draft/downloads"));
        Stream<Path> drafts = Files.list(server.drafts())) {
      assertThat(downloads).isEmpty();
      assertThat(drafts.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(App.class)).hasExactlyElementsOfTypes(DraftApp.class);
    assertThat(SettingKey.of("draft", new DraftApp().settings()))
        .extracting(SettingKey::name)
        .contains("draft.downloads.allow-private-addresses", "draft.material-path-prefix");
  }

  @Test
  void makesTheExampleIntoADraft() throws Exception {
    JsonNode accepted = server.submit(example());
    assertThat(accepted.path("statusUrl").stringValue())
        .isEqualTo("/api/v1/tasks/" + accepted.path("taskId").stringValue());
    TaskView task = server.awaitEnd(accepted);
    assertThat(task.state()).as("%s", task.error()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(task.output().path("segments").asInt()).isEqualTo(4);

    String name = accepted.path("name").stringValue();
    assertThat(name).startsWith("竖屏人物图片_");
    JsonNode view = server.json("/" + DraftServer.escaped(name));
    assertThat(view.path("state").stringValue()).isEqualTo("ready");
    assertThat(view.path("durationMicros").asLong()).isEqualTo(7_000_000);
    assertThat(view.path("notes")).isEmpty();
    assertThat(view.path("progress").isNull()).isTrue();
    assertThat(DraftChecker.check(draft(view))).isEmpty();
    assertThat(server.json("/" + DraftServer.escaped(name) + "/validate").path("valid").asBoolean())
        .isTrue();
    assertThat(server.json("/" + DraftServer.escaped(name) + "/recipe")).isEqualTo(example());
    assertThat(server.tasks.trail(TaskId.parse(task.id().toString())).orElseThrow().steps())
        .extracting(dev.millrace.tasks.Step::name)
        .containsExactly("validate", "collect", "download", "probe", "build", "check");
    assertNothingLeftOver();
  }

  @Test
  void listsDraftsAndTheirFilesPageByPage() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      names.addFirst(server.make(example()).path("name").stringValue());
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = server.json("?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("items").forEach(item -> listed.add(item.path("name").stringValue()));
      cursor = page.path("next").isNull() ? null : page.path("next").stringValue();
    }
    assertThat(listed).isEqualTo(names);

    String files = "/" + DraftServer.escaped(names.getFirst()) + "/files?limit=2";
    JsonNode first = server.json(files);
    assertThat(first.path("items"))
        .extracting(file -> file.path("kind").stringValue())
        .containsExactly("photo", "video");
    JsonNode second = server.json(files + "&cursor=" + first.path("next").stringValue());
    assertThat(second.path("items").path(0).path("format").stringValue()).isEqualTo("MP3");
    assertThat(second.path("items").path(0).path("durationMicros").asLong()).isEqualTo(8_016_000L);
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void refusesARecipeWithAllItsFaultsAndDownloadsNothing() throws Exception {
    ObjectNode recipe = example();
    Recipes.with(recipe, "/testData/items/0/data/start", "-1");
    Recipes.with(recipe, "/testData/items/1/data/track", "\"nowhere\"");
    Recipes.with(recipe, "/testData/items/2/data/volume", "11");
    HttpResponse<String> response = server.post(recipe.toString());

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode problem = Recipes.JSON.readTree(response.body());
    assertThat(problem.path("code").stringValue()).isEqualTo("recipe-invalid");
    assertThat(problem.path("errors"))
        .extracting(error -> error.path("pointer").stringValue())
        .contains(
            "/testData/items/0/data/start",
            "/testData/items/1/data/track",
            "/testData/items/2/data/volume");
    assertThat(web.requests()).isZero();
    assertThat(server.json("").path("items")).isEmpty();
    assertThat(server.post("[]").statusCode()).isEqualTo(422);
    assertThat(server.post("{").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesPrivateAddressesUnlessTheyAreAllowed() throws Exception {
    ObjectNode recipe = example();
    server.close();
    server = new DraftServer(folder, Map.of("draft.downloads.allow-private-addresses", "false"));
    HttpResponse<String> response = server.post(recipe.toString());

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(codes(Recipes.JSON.readTree(response.body()).path("errors")))
        .containsOnly("bad-link")
        .hasSize(3);
    assertThat(web.requests()).isZero();
  }

  @Test
  void failsWithEveryMissingFileIfNothingElseWasAskedFor() throws Exception {
    ObjectNode recipe = example();
    web.serve("/1.jpg", Reply.status(404));
    serve("/bgm.mp3", "<html>please log in</html>".getBytes());
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).isEqualTo("failed");
    assertThat(codes(view.path("problems"))).containsExactly("download-not-found");
    assertThat(view.path("problems").path(0).path("pointer").stringValue())
        .isEqualTo("/testData/items/0/data/path");
    TaskView task =
        server.tasks.find(TaskId.parse(view.path("taskId").stringValue())).orElseThrow();
    assertThat(task.state()).isEqualTo(TaskState.DEAD);
    assertThat(task.attempt()).as("no attempt can help").isOne();
    assertThat(Files.exists(draft(view))).isFalse();
    assertThat(Files.list(folder.resolve("draft/downloads/" + view.path("name").stringValue())))
        .as("what is here is kept for another try")
        .hasSize(2);
    assertThat(server.get("/" + name(view) + "/zip").statusCode()).isEqualTo(409);

    // Mended and driven again, it takes up where it was and finds the next thing that is wrong.
    serve("/1.jpg", Media.jpeg(10, 10, 0));
    server.tasks.retry(task.id());
    server.awaitEnd(Recipes.JSON.readTree("{\"taskId\":\"" + task.id() + "\"}"));
    JsonNode again = server.json("/" + name(view));
    assertThat(codes(again.path("problems"))).containsExactly("media-not-media");
  }

  private static String name(JsonNode view) {
    return DraftServer.escaped(view.path("name").stringValue());
  }

  @Test
  void leavesOutWhatIsMissing() throws Exception {
    ObjectNode recipe = example();
    web.serve("/1.jpg", Reply.status(404));
    Recipes.with(recipe, "/onMissing", "\"skip\"");
    Recipes.with(recipe, "/draftConfig/config", "{\"maintrack_adsorb\":false}");
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).isEqualTo("ready");
    assertThat(codes(view.path("notes"))).containsExactly("skipped");
    JsonNode content = content(view);
    assertThat(content.at("/tracks/0/segments").size()).isOne();
    assertThat(content.at("/materials/transitions")).isEmpty();
    assertThat(DraftChecker.check(draft(view))).isEmpty();
  }

  private JsonNode content(JsonNode view) throws Exception {
    return Recipes.JSON.readTree(Files.readAllBytes(draft(view).resolve("draft_content.json")));
  }

  @Test
  void putsPlaceholdersWhereFilesAreMissing() throws Exception {
    ObjectNode recipe = example();
    web.serve("/1.jpg", Reply.status(500));
    serve("/2.mp4", "{\"error\":\"expired\"}".getBytes());
    web.serve("/bgm.mp3", Reply.redirect(302, "/bgm.mp3"));
    Recipes.with(recipe, "/onMissing", "\"placeholder\"");
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).isEqualTo("ready");
    assertThat(codes(view.path("notes")))
        .containsExactly("placeholder", "placeholder", "placeholder");
    assertThat(DraftChecker.check(draft(view))).isEmpty();
    assertThat(draft(view).resolve("Resources").resolve("placeholder.png")).isNotEmptyFile();
    assertThat(draft(view).resolve("Resources").resolve("placeholder.wav")).isNotEmptyFile();
    assertThat(content(view).at("/duration").asLong()).isEqualTo(7_000_000);
  }

  @Test
  void survivesServersThatStallTruncateDropAndLie() throws Exception {
    byte[] picture = Media.png(300, 200, 0x123456);
    ObjectNode recipe = example();
    web.serveAfterFailures("/1.jpg", 1, 503, Reply.of(picture));
    byte[] film = Media.mp4(64, 48, Duration.ofSeconds(4));
    web.serve("/2.mp4", Reply.of(film).droppingAt(film.length / 2), Reply.of(film));
    byte[] sound = Media.mp3(Duration.ofSeconds(8));
    web.serve("/bgm.mp3", Reply.of(sound).stallingAt(1_000, never), Reply.of(sound));
    JsonNode view = server.make(recipe);
    assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
    assertThat(DraftChecker.check(draft(view))).isEmpty();

    web.serve("/short.png", Reply.of(picture).truncatedTo(40));
    web.serve("/lie.png", Reply.of(picture).declaring(picture.length + 1_000));
    web.serve("/cut.png", Reply.of(java.util.Arrays.copyOf(picture, picture.length - 20)));
    Recipes.with(recipe, "/testData/items/0/data/path", quoted(url("/short.png")));
    Recipes.with(recipe, "/testData/items/1/data/path", quoted(url("/lie.png")));
    Recipes.with(recipe, "/materials/0/path", quoted(url("/cut.png")));
    Recipes.with(recipe, "/onMissing", "\"placeholder\"");
    JsonNode lies = server.make(recipe);
    assertThat(lies.path("state").stringValue()).isEqualTo("ready");
    JsonNode files = server.json("/" + name(lies) + "/files").path("items");
    assertThat(files)
        .extracting(file -> file.path("code").asString(""))
        .allMatch(code -> code.startsWith("download-") || code.equals("media-truncated"))
        .hasSize(3);
  }

  @Test
  void makesTextsOutOfASubtitleFile() throws Exception {
    ObjectNode recipe = example();
    serve(
        "/words.srt",
        Media.srt(
            List.of(
                new Cue(Duration.ofMillis(500), Duration.ofSeconds(2), "第一句"),
                new Cue(Duration.ofSeconds(3), Duration.ofSeconds(5), "第二句"))));
    Recipes.with(
        recipe,
        "/testData/items/3/data",
        "{\"track\":\"t_sub\",\"path\":%s,\"start\":1}".formatted(quoted(url("/words.srt"))));
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
    JsonNode segments = content(view).at("/tracks/2/segments");
    assertThat(segments)
        .extracting(segment -> segment.at("/target_timerange/start").asLong())
        .containsExactly(1_500_000L, 4_000_000L);
    assertThat(segments.path(0).at("/clip/transform/y").asDouble()).isEqualTo(-0.8);
    JsonNode text = content(view).at("/materials/texts/0");
    assertThat(text.path("content").stringValue()).contains("第一句").contains("\"size\":5.0");
    assertThat(DraftChecker.check(draft(view))).isEmpty();
  }

  @Test
  void sendsADraftAsAnArchiveThatUnpacksIntoOneFolder() throws Exception {
    JsonNode view = server.make(example());
    HttpResponse<byte[]> response = server.get("/" + name(view) + "/zip");
    assertThat(response.statusCode()).isEqualTo(200);
    Path unpacked = folder.resolve("unpacked");
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = unpacked.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    assertThat(DraftChecker.check(unpacked.resolve(view.path("name").stringValue()))).isEmpty();
  }

  @Test
  void cancelsABuildAndRemovesWhatItLoaded() throws Exception {
    ObjectNode recipe = example();
    byte[] film = Media.mp4(64, 48, Duration.ofSeconds(4));
    web.serve("/2.mp4", Reply.of(film).silentUntil(never));
    JsonNode accepted = server.submit(recipe);
    web.awaitRequests("/2.mp4", 1);
    TaskId task = TaskId.parse(accepted.path("taskId").stringValue());
    server.tasks.cancel(task);
    assertThat(server.awaitEnd(accepted).state()).isEqualTo(TaskState.CANCELLED);

    JsonNode view = server.json("/" + name(accepted));
    assertThat(view.path("state").stringValue()).isEqualTo("cancelled");
    assertNothingLeftOver();
  }

  @Test
  void buildsNoMoreDraftsAtOnceThanTheSettingSays() throws Exception {
    server.close();
    server =
        new DraftServer(folder, Map.of("draft.active", "2", "draft.downloads.stall-limit", "20s"));
    Signal go = new Signal("the drafts were counted");
    byte[] film = Media.mp4(64, 48, Duration.ofSeconds(4));
    List<JsonNode> accepted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      web.serve("/held" + i, Reply.of(film).silentUntil(go));
      ObjectNode recipe = example();
      Recipes.with(recipe, "/testData/items/1/data/path", quoted(url("/held" + i)));
      accepted.add(server.submit(recipe));
    }
    Signal.awaitUntil("two drafts wait for their film", () -> held() == 2);
    assertThat(states(accepted))
        .containsExactly("building", "building", "waiting", "waiting", "waiting");
    assertThat(held()).isEqualTo(2);
    go.raise();
    for (JsonNode each : accepted) {
      server.awaitEnd(each);
    }
    assertThat(states(accepted)).containsOnly("ready");
  }

  private long held() {
    return Stream.of(0, 1, 2, 3, 4).filter(i -> web.requests("/held" + i) > 0).count();
  }

  private List<String> states(List<JsonNode> accepted) throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode each : accepted) {
      states.add(server.json("/" + name(each)).path("state").stringValue());
    }
    return states;
  }

  @Test
  void saysWhyADraftCannotBeWrittenAndTidiesUp() throws Exception {
    Files.delete(server.drafts());
    Files.writeString(server.drafts(), "a file where the folder was");
    assertThat(server.parts().health().health().state()).isEqualTo(PartHealth.State.FAILED);
    JsonNode view = server.make(example());

    assertThat(view.path("state").stringValue()).isEqualTo("failed");
    assertThat(codes(view.path("problems"))).containsExactly("task-failed");
    assertThat(Files.list(folder.resolve("draft/downloads"))).isEmpty();

    Files.delete(server.drafts());
    Files.createDirectory(server.drafts());
    TaskId task = TaskId.parse(view.path("taskId").stringValue());
    long before = web.requests();
    server.tasks.retry(task);
    server.awaitEnd(view);
    assertThat(server.json("/" + name(view)).path("state").stringValue()).isEqualTo("ready");
    assertThat(web.requests()).as("all files were in the cache").isEqualTo(before);
  }

  @Test
  void streamsProgressUntilTheDraftIsReady() throws Exception {
    ObjectNode recipe = example();
    Signal go = new Signal("the stream has seen the download");
    byte[] film = Media.mp4(64, 48, Duration.ofSeconds(4));
    web.serve("/2.mp4", Reply.of(film).stallingAt(100, go));
    server.close();
    server = new DraftServer(folder, Map.of("draft.downloads.stall-limit", "20s"));
    JsonNode accepted = server.submit(recipe);
    List<String> events = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> response =
          client.send(
              HttpRequest.newBuilder(server.uri("/" + name(accepted) + "/stream")).build(),
              HttpResponse.BodyHandlers.ofLines());
      response
          .body()
          .forEach(line -> {
            if (line.startsWith("event: ")) {
              events.add(line.substring(7));
            }
            if (line.contains("\"stage\":\"download\"") && line.contains("/2.mp4")) {
              go.raise();
            }
          });
    }
    assertThat(go.isRaised()).isTrue();
    assertThat(events).contains("progress").endsWith("draft");
    assertThat(server.json("/" + name(accepted)).path("state").stringValue()).isEqualTo("ready");
  }

  @Test
  void answersUnknownNamesWithAProblem() throws Exception {
    for (String path : List.of("", "/validate", "/zip", "/files", "/recipe", "/stream")) {
      HttpResponse<byte[]> response = server.get("/no-such-draft" + path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(new String(response.body())).contains("draft-not-found");
    }
    assertThat(server.get("/..%2Fdownloads/zip").statusCode()).isBetween(400, 404);
  }

  @Test
  void tellsItsHealth() {
    assertThat(server.parts().health().health().state()).isEqualTo(PartHealth.State.OK);
  }

  @Test
  void makesADraftOfAThousandMaterials() throws Exception {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items", "[]");
    Recipes.with(recipe, "/testData/tracks", "[{\"id\":\"v\",\"type\":\"video\"}]");
    for (int i = 0; i < 1_000; i++) {
      serve("/" + i + ".png", Media.png(16 + i % 7, 16, i));
      Recipes.with(
          recipe,
          "/testData/items/-",
          """
          {"type":"image","data":{"track":"v","path":"%s","start":%d,"duration":2,
           "transitions":[%s]}}\
          """
              .formatted(url("/" + i + ".png"), i * 2, i == 999 ? "" : "{\"name\":\"叠化\"}"));
    }
    JsonNode view = server.make(recipe);

    assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
    assertThat(content(view).at("/materials/videos").size()).isEqualTo(1_000);
    assertThat(DraftChecker.check(draft(view))).isEmpty();
    assertThat(web.requests()).isEqualTo(1_000);
    assertThat(web.peakConcurrency()).isLessThanOrEqualTo(50);
    assertNothingLeftOver();
  }
}
