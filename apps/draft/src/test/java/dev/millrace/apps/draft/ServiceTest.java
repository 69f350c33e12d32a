package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands around the making of a draft: downloads, rule groups, records, counts. */
class ServiceTest {
  @TempDir Path folder;

  private final WebServer web = WebServer.start();
  private final Signal never = new Signal("the end of the test");
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder, settings());
  }

  Map<String, String> settings() {
    return Map.of("draft.downloads.stall-limit", "20s");
  }

  @AfterEach
  void stop() {
    never.raise();
    server.close();
    web.close();
  }

  /** A recipe of pictures, one a second. */
  private ObjectNode recipe(String... paths) {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items", "[]");
    Recipes.with(recipe, "/testData/tracks", "[{\"id\":\"v\",\"type\":\"video\"}]");
    for (int i = 0; i < paths.length; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"image\",\"data\":{\"track\":\"v\",\"path\":\"%s\",\"start\":%d,\"duration\":1}}"
              .formatted(web.url(paths[i]), i));
    }
    return recipe;
  }

  private static byte[] picture(int width) {
    return Media.png(width, 20, width);
  }

  private String name(JsonNode accepted) {
    return accepted.path("name").stringValue();
  }

  private JsonNode call(String method, String path, String body, int status) throws Exception {
    return server.call(method, path, body, status);
  }

  private static String at(String name) {
    return "/drafts/" + DraftServer.escaped(name);
  }

  private static String downloads(JsonNode accepted) {
    return "/downloads/" + DraftServer.escaped(accepted.path("name").stringValue());
  }

  @Test
  void showsDownloadsFileByFileWhileTheyAreUnderWay() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    web.serve("/b.png", Reply.of(picture(400)).stallingAt(100, never));
    JsonNode accepted = server.submit(recipe("/a.png", "/b.png", "/missing.png"));
    String group = downloads(accepted);
    Signal.awaitUntil(
        "one is done and one has failed",
        () -> {
          JsonNode now = server.look(group);
          return now.path("done").asInt() == 1 && now.path("failed").asInt() == 1;
        });
    JsonNode all = call("GET", "/downloads", null, 200);
    assertThat(all.path("engine").stringValue()).isEqualTo(engine());
    assertThat(all.path("trouble").isNull()).isTrue();
    assertThat(all.path("groups").path(0).path("state").stringValue()).isEqualTo("active");
    JsonNode files = call("GET", group + "/files", null, 200).path("items");
    assertThat(files.valueStream().map(file -> file.path("no").asInt())).containsExactly(0, 1, 2);
    Signal.awaitUntil(
        "the second is under way",
        () -> server.look(group + "/files").at("/items/1/state").asString("").equals("active"));
    assertThat(files.path(2).path("code").stringValue()).isEqualTo("not-found");
    assertThat(files.path(2).path("state").stringValue()).isEqualTo("failed");

    web.serve("/missing.png", Reply.of(picture(30)));
    assertThat(call("POST", group + "/retry-failed", null, 200).path("files").asInt()).isOne();
    assertThat(call("DELETE", group + "/files/1", null, 200).path("files").asInt()).isOne();
    call("DELETE", group + "/files/7", null, 404);
    server.awaitEnd(accepted);
    JsonNode draft = server.json("/" + DraftServer.escaped(name(accepted)));
    assertThat(draft.path("state").stringValue()).isEqualTo("failed");
    assertThat(draft.at("/problems/0/code").stringValue()).isEqualTo("download-deleted");
    assertThat(draft.path("problems")).hasSize(1);
    call("GET", group, null, 404);
    call("POST", group + "/pause", null, 409);
  }

  String engine() {
    return "built-in";
  }

  @Test
  void givesItsPlaceAwayWhileItsDownloadsAreStoppedAlsoOverARestart() throws Exception {
    byte[] large = Media.wav(java.time.Duration.ofSeconds(20), 440);
    web.serve("/a.png", Reply.of(picture(20)));
    web.serve(
        "/b.wav",
        Reply.of(large).etag("\"v\"").stallingAt(1_100_000, never),
        Reply.of(large).etag("\"v\""));
    ObjectNode recipe = recipe("/a.png");
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"a\",\"type\":\"audio\"}");
    Recipes.with(
        recipe,
        "/testData/items/-",
        "{\"type\":\"music\",\"data\":{\"track\":\"a\",\"path\":\"%s\",\"start\":0,\"duration\":1}}"
            .formatted(web.url("/b.wav")));
    JsonNode accepted = server.submit(recipe);
    String group = downloads(accepted);
    web.awaitBytes("/b.wav", 1_000_000);
    Signal.awaitUntil(
        "the piece is here",
        () -> server.look(group + "/files").at("/items/1/bytes").asLong(0) >= 1_000_000);
    assertThat(call("POST", group + "/pause", null, 200).path("files").asInt()).isOne();
    TaskId task = TaskId.parse(accepted.path("taskId").stringValue());
    Signal.awaitUntil(
        "the task has given way",
        () -> server.tasks.find(task).orElseThrow().state() == TaskState.WAITING);
    assertThat(call("GET", group, null, 200).path("state").stringValue()).isEqualTo("paused");

    server.close();
    server = new DraftServer(folder, settings());
    assertThat(server.tasks.find(task).orElseThrow().state()).isEqualTo(TaskState.WAITING);
    JsonNode listed = call("GET", "/downloads", null, 200).path("groups");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0).path("state").stringValue()).isEqualTo("paused");
    assertThat(call("GET", group + "/files", null, 200).at("/items/1/state").stringValue())
        .isEqualTo("paused");

    call("POST", group + "/resume", null, 200);
    assertThat(server.awaitEnd(accepted).state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(web.requests("/a.png")).as("what was here is not fetched again").isOne();
    assertThat(web.log("/b.wav").getLast().header("Range").orElse("")).matches("bytes=\\d{5,}-.*");
  }

  @Test
  void triesOnlyTheFailedDownloadsAgainAndThenGoesOn() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    web.serve("/page.png", Reply.of("<html>login</html>".getBytes(StandardCharsets.UTF_8)));
    JsonNode accepted = server.submit(recipe("/a.png", "/missing.png"));
    assertThat(server.awaitEnd(accepted).state()).isEqualTo(TaskState.DEAD);
    Path kept = folder.resolve("draft/downloads/" + name(accepted));
    assertThat(Files.list(kept)).as("what is here is kept").hasSize(1);
    server.close();
    server = new DraftServer(folder, settings());
    assertThat(Files.list(kept)).as("over a restart too").hasSize(1);

    web.serve("/missing.png", Reply.of(picture(30)));
    assertThat(
            call("POST", at(name(accepted)) + "/retry-downloads", null, 202).path("files").asInt())
        .isOne();
    assertThat(server.awaitEnd(accepted).state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(web.requests("/a.png")).isOne();
    assertThat(kept).doesNotExist();
    call("POST", at(name(accepted)) + "/retry-downloads", null, 409);

    JsonNode disguised = server.submit(recipe("/a.png", "/page.png"));
    assertThat(server.awaitEnd(disguised).state()).isEqualTo(TaskState.DEAD);
    web.serve("/page.png", Reply.of(picture(40)));
    call("POST", at(name(disguised)) + "/retry-downloads", null, 202);
    Signal.awaitUntil("asked again", () -> web.requests("/page.png") == 2);
  }

  @Test
  void makesADraftAgainFromTheRecipeAsItWasSent() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    ObjectNode recipe = recipe("/a.png");
    JsonNode first = server.make(recipe);
    JsonNode again = call("POST", at(name(first)) + "/regenerate", null, 202);
    assertThat(name(again)).isNotEqualTo(name(first));
    server.awaitEnd(again);
    assertThat(server.json("/" + DraftServer.escaped(name(again)) + "/recipe")).isEqualTo(recipe);
    JsonNode record = call("GET", record(name(again)), null, 200);
    assertThat(record.path("source").stringValue()).isEqualTo("draft");
    assertThat(record.path("origin").stringValue()).isEqualTo(name(first));
    assertThat(record.path("state").stringValue()).isEqualTo("ready");
    assertThat(record.path("folder").stringValue()).endsWith(name(again));
    call("POST", "/drafts/nothing/regenerate", null, 404);
  }

  private static String record(String name) {
    return "/generation-records/" + DraftServer.escaped(name);
  }

  @Test
  void takesARecipeFromALink() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    web.serve(
        "/recipe.json", Reply.of(recipe("/a.png").toString().getBytes(StandardCharsets.UTF_8)));
    web.serve("/list.json", Reply.of("[1]".getBytes(StandardCharsets.UTF_8)));
    web.serve("/page", Reply.of("<html>".getBytes(StandardCharsets.UTF_8)));
    JsonNode accepted = call("POST", "/drafts/from-url", link("/recipe.json?key=secret"), 202);
    assertThat(server.awaitEnd(accepted).state()).isEqualTo(TaskState.SUCCEEDED);
    JsonNode record = call("GET", record(name(accepted)), null, 200);
    assertThat(record.path("source").stringValue()).isEqualTo("url");
    assertThat(record.path("origin").stringValue())
        .contains("/recipe.json")
        .doesNotContain("secret");
    for (String bad : List.of("/list.json", "/page", "/nowhere")) {
      assertThat(call("POST", "/drafts/from-url", link(bad), 422).path("code").stringValue())
          .isEqualTo("recipe-unreachable");
    }
    assertThat(
            call("POST", "/drafts/from-url", "{\"url\":\"file:///etc/passwd\"}", 422)
                .path("detail")
                .stringValue())
        .contains("http");
  }

  @Test
  void asksNoPrivateAddressForARecipe() throws Exception {
    server.close();
    server = new DraftServer(folder, Map.of("draft.downloads.allow-private-addresses", "false"));
    web.serve("/recipe.json", Reply.of(recipe().toString().getBytes(StandardCharsets.UTF_8)));
    JsonNode refused = call("POST", "/drafts/from-url", link("/recipe.json"), 422);
    assertThat(refused.path("detail").stringValue()).contains("127.0.0.1");
    assertThat(web.requests()).isZero();
  }

  private String link(String path) {
    return "{\"url\":\"" + web.url(path) + "\"}";
  }

  @Test
  void keepsRuleGroupsAndTheVersionThatADraftWasMadeWith() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    String rules =
        "[{\"type\":\"image\",\"title\":\"Picture\",\"meta\":{\"clip\":{\"alpha\":0.5}}}]";
    String body = "{\"id\":\"rg-1\",\"title\":\"夜\",\"rules\":" + rules + "}";
    assertThat(call("POST", "/rule-groups", body, 201).path("version").asInt()).isOne();
    call("POST", "/rule-groups", body, 409);
    JsonNode wrong =
        call("POST", "/rule-groups", "{\"title\":\"x\",\"rules\":[{\"type\":\"imgae\"}]}", 422);
    assertThat(wrong.at("/errors/0/pointer").stringValue()).isEqualTo("/rules/0/type");

    ObjectNode recipe = recipe("/a.png");
    recipe.put("ruleGroup", "rg-1");
    JsonNode held = server.submit(recipe);
    server.awaitEnd(held);
    assertThat(name(held)).startsWith("夜_");
    JsonNode record = call("GET", record(name(held)), null, 200);
    assertThat(record.path("ruleGroup").stringValue()).isEqualTo("rg-1");
    assertThat(record.path("ruleGroupVersion").asInt()).isOne();
    assertThat(content(held).at("/tracks/0/segments/0/clip/alpha").doubleValue()).isEqualTo(0.5);

    web.serve("/slow.png", Reply.of(picture(22)).silentUntil(never), Reply.of(picture(22)));
    ObjectNode slow = recipe("/slow.png");
    slow.put("ruleGroup", "rg-1");
    JsonNode waiting = server.submit(slow);
    web.awaitRequests("/slow.png", 1);
    String changed = body.replace("0.5", "0.25");
    assertThat(call("PUT", "/rule-groups/rg-1", changed, 200).path("version").asInt()).isEqualTo(2);
    String late = changed.replaceFirst("\"title\"", "\"version\":1,\"title\"");
    assertThat(call("PUT", "/rule-groups/rg-1", late, 409).path("detail").stringValue())
        .contains("version 2");
    call("DELETE", "/rule-groups/rg-1", null, 204);
    call("GET", "/rule-groups/rg-1", null, 404);
    assertThat(call("GET", "/rule-groups", null, 200).path("items")).isEmpty();
    assertThat(call("GET", "/rule-groups/rg-1/versions", null, 200).path("items")).hasSize(2);
    server.close();
    server = new DraftServer(folder, settings());
    server.awaitEnd(waiting);
    assertThat(content(waiting).at("/tracks/0/segments/0/clip/alpha").doubleValue())
        .as("the version it was sent with")
        .isEqualTo(0.5);

    JsonNode unknown = Recipes.JSON.readTree(server.post(recipe.toString()).body());
    assertThat(unknown.at("/errors/0/code").stringValue()).isEqualTo("unknown-rule-group");
    ObjectNode second = recipe("/a.png");
    second.putObject("ruleGroup").put("id", "rg-1").put("version", 2);
    JsonNode old = server.submit(second);
    server.awaitEnd(old);
    assertThat(content(old).at("/tracks/0/segments/0/clip/alpha").doubleValue()).isEqualTo(0.25);
  }

  private JsonNode content(JsonNode accepted) throws Exception {
    return Recipes.JSON.readTree(
        Files.readAllBytes(server.drafts().resolve(name(accepted)).resolve("draft_content.json")));
  }

  @Test
  void findsRecordsByWhatIsKnownOfThem() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    JsonNode ready = server.make(recipe("/a.png"));
    ObjectNode other = recipe("/missing.png");
    Recipes.with(other, "/ruleGroup/id", "\"rg2\"");
    JsonNode failed = server.make(other);
    assertThat(names("?state=ready")).containsExactly(name(ready));
    assertThat(names("?ruleGroup=rg2")).containsExactly(name(failed));
    assertThat(names("?state=failed&source=recipe")).containsExactly(name(failed));
    assertThat(names("?text=" + DraftServer.escaped("竖屏"))).hasSize(2);
    assertThat(names("?before=2020-01-01T00:00:00Z")).isEmpty();
    JsonNode page = call("GET", "/generation-records?limit=1", null, 200);
    assertThat(page.path("items").path(0).path("code").stringValue())
        .isEqualTo("download-not-found");
    assertThat(names("?limit=1&cursor=" + page.path("next").stringValue()))
        .containsExactly(name(ready));
    call("DELETE", record(name(ready)), null, 409);
    call("GET", record("nothing"), null, 404);
  }

  private List<String> names(String query) throws Exception {
    return call("GET", "/generation-records" + query, null, 200)
        .path("items")
        .valueStream()
        .map(each -> each.path("name").stringValue())
        .toList();
  }

  @Test
  void countsDraftsByGroupAndDayAndTakesBackWhatIsDrivenAgain() throws Exception {
    web.serve("/a.png", Reply.of(picture(20)));
    server.make(recipe("/a.png"));
    JsonNode failed = server.submit(recipe("/a.png", "/missing.png"));
    server.awaitEnd(failed);
    JsonNode day = call("GET", "/statistics?ruleGroup=rg1", null, 200).at("/days/0");
    assertThat(day.path("ready").asInt()).isOne();
    assertThat(day.path("failed").asInt()).isOne();
    assertThat(day.path("successPercent").doubleValue()).isEqualTo(50.0);
    assertThat(day.path("meanSeconds").doubleValue()).isPositive();
    JsonNode failure = call("GET", "/statistics", null, 200).at("/failures/0");
    assertThat(failure.path("host").stringValue()).isEqualTo("127.0.0.1");
    assertThat(failure.path("code").stringValue()).isEqualTo("download-not-found");
    assertThat(failure.path("files").asInt()).isOne();

    web.serve("/missing.png", Reply.of(picture(30)));
    call("POST", at(name(failed)) + "/retry-downloads", null, 202);
    Signal.awaitUntil(
        "both are ready",
        () -> {
          JsonNode now = server.look("/statistics").at("/days/0");
          return now.path("ready").asInt() == 2 && now.path("failed").asInt() == 0;
        });
    assertThat(call("GET", "/statistics?to=2020-01-01", null, 200).path("days")).isEmpty();
  }

  @Test
  void changesTheLimitsOfAllDownloads() throws Exception {
    JsonNode now = call("GET", "/download-limits", null, 200);
    assertThat(now.path("files").asInt()).isEqualTo(50);
    String wanted = "{\"files\":3,\"bytesPerSecond\":1000000}";
    assertThat(call("PUT", "/download-limits", wanted, 200).path("files").asInt()).isEqualTo(3);
    assertThat(
            call("PUT", "/download-limits", "{\"files\":3,\"bytesPerSecond\":5}", 422)
                .path("code")
                .stringValue())
        .isEqualTo("download-limits-invalid");
    assertThat(call("GET", "/downloads", null, 200).at("/limits/bytesPerSecond").asInt())
        .isEqualTo(1_000_000);
  }
}
