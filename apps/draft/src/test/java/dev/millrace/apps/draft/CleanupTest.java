package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is over goes when its time has come, and nothing else. */
class CleanupTest {
  private static final String ALL =
      "{\"drafts\":\"PT0.001S\",\"downloads\":\"PT0.001S\",\"records\":\"PT0S\","
          + "\"cache\":\"PT0.001S\",\"dryRun\":%s}";

  @TempDir Path folder;
  private final WebServer web = WebServer.start();
  private final Signal never = new Signal("the end of the test");
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder, Map.of("draft.downloads.stall-limit", "20s"));
    web.serve("/a.png", Reply.of(Media.png(20, 20, 1)));
    web.serve("/slow.png", Reply.of(Media.png(20, 20, 1)).silentUntil(never));
  }

  @AfterEach
  void stop() {
    never.raise();
    server.close();
    web.close();
  }

  private ObjectNode recipe(String... paths) {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/tracks", "[{\"id\":\"v\",\"type\":\"video\"}]");
    Recipes.with(recipe, "/testData/items", "[]");
    for (int i = 0; i < paths.length; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"image\",\"data\":{\"track\":\"v\",\"path\":\"%s\",\"start\":%d,\"duration\":1}}"
              .formatted(web.url(paths[i]), i));
    }
    return recipe;
  }

  private JsonNode cleanUp(boolean dry) throws Exception {
    JsonNode accepted = server.call("POST", "/cleanup", ALL.formatted(dry), 202);
    TaskView task =
        server
            .tasks
            .await(TaskId.parse(accepted.path("taskId").stringValue()), Signal.LIMIT)
            .orElseThrow();
    assertThat(task.state()).as("%s", task.error()).isEqualTo(TaskState.SUCCEEDED);
    return task.output();
  }

  private Path draft(JsonNode view) {
    return server.drafts().resolve(view.path("name").stringValue());
  }

  /** As if nobody had touched it for an hour. */
  private static void age(Path folder) throws Exception {
    for (String name : new String[] {DraftRoot.CONTENT, DraftRoot.INFO, DraftRoot.META}) {
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(Instant.now().minusSeconds(3_600)));
    }
  }

  @Test
  void removesFinishedDraftsAndKeepsWhatIsInUse() throws Exception {
    JsonNode old = server.make(recipe("/a.png"));
    JsonNode edited = server.make(recipe("/a.png"));
    JsonNode failed = server.make(recipe("/a.png", "/missing.png"));
    JsonNode atWork = server.submit(recipe("/a.png", "/slow.png"));
    web.awaitRequests("/slow.png", 1);
    Path other = Files.createDirectories(server.drafts().resolve("by-hand"));
    Files.writeString(other.resolve(DraftRoot.CONTENT), "{}");
    Path downloads = folder.resolve("draft/downloads/" + failed.path("name").stringValue());
    age(draft(old));
    Files.setLastModifiedTime(
        draft(edited).resolve(DraftRoot.CONTENT), FileTime.from(Instant.now().plusSeconds(60)));
    Files.setLastModifiedTime(downloads, FileTime.from(Instant.now().minusSeconds(3_600)));

    JsonNode told = cleanUp(true);
    assertThat(told.path("drafts").asInt()).as("%s", told).isEqualTo(2);
    assertThat(told.path("downloads").asInt()).isOne();
    assertThat(told.path("cacheFiles").asInt()).isPositive();
    assertThat(draft(old)).as("only told").exists();
    assertThat(downloads).exists();

    JsonNode done = cleanUp(false);
    assertThat(done.path("drafts").asInt()).isEqualTo(2);
    assertThat(done.path("skipped").asInt()).isOne();
    assertThat(done.path("draftBytes").asLong()).isPositive();
    assertThat(draft(old)).doesNotExist();
    assertThat(draft(edited)).as("somebody works in it").exists();
    assertThat(other).as("not made here").exists();
    assertThat(downloads).doesNotExist();
    assertThat(server.get("/" + DraftServer.escaped(old.path("name").stringValue())).statusCode())
        .isEqualTo(404);
    assertThat(Files.list(server.drafts()).map(path -> path.getFileName().toString()))
        .noneMatch(name -> name.startsWith("."));

    String record = "/generation-records/" + DraftServer.escaped(old.path("name").stringValue());
    assertThat(server.call("GET", record, null, 200).path("folder").isNull()).isTrue();
    server.call("GET", record + "/recipe", null, 200);
    JsonNode again =
        server.call(
            "POST",
            "/drafts/" + DraftServer.escaped(old.path("name").stringValue()) + "/regenerate",
            null,
            202);
    assertThat(server.awaitEnd(again).state()).isEqualTo(TaskState.SUCCEEDED);
    server.call("DELETE", record, null, 204);
    server.call("GET", record, null, 404);

    never.raise();
    web.serve("/slow.png", Reply.of(Media.png(20, 20, 1)));
    assertThat(server.awaitEnd(atWork).state()).isEqualTo(TaskState.SUCCEEDED);
  }

  @Test
  void keepsADraftThatSomebodyHolds() throws Exception {
    JsonNode draft = server.make(recipe("/a.png"));
    DraftRoot root = new DraftRoot(server.drafts());
    String name = draft.path("name").stringValue();
    try (var _ = root.hold(name);
        var _ = root.hold(name)) {
      assertThat(root.remove(name)).isFalse();
      assertThat(root.isHeld(name)).isTrue();
    }
    assertThat(root.isHeld(name)).isFalse();
    assertThat(root.remove(name)).isTrue();
    assertThat(draft(draft)).doesNotExist();
  }

  /** A task that is cancelled while it waits never runs, and so never says that it is over. */
  @Test
  void settlesDraftsWhoseTasksAreOver() throws Exception {
    JsonNode accepted = server.submit(recipe("/slow.png"));
    String group = "/downloads/" + DraftServer.escaped(accepted.path("name").stringValue());
    web.awaitRequests("/slow.png", 1);
    server.call("POST", group + "/pause", null, 200);
    TaskId task = TaskId.parse(accepted.path("taskId").stringValue());
    Signal.awaitUntil(
        "the task has given way",
        () -> server.tasks.find(task).orElseThrow().state() == TaskState.WAITING);
    server.tasks.cancel(task);
    JsonNode done = cleanUp(false);
    assertThat(done.path("settled").asInt()).isOne();
    JsonNode day = server.call("GET", "/statistics", null, 200).at("/days/0");
    assertThat(day.path("cancelled").asInt()).isOne();
    assertThat(server.call("GET", "/downloads", null, 200).path("groups")).isEmpty();
  }

  @Test
  void runsByItselfOnASchedule() {
    var schedule = server.tasks.schedules().find("draft.cleanup").orElseThrow();
    assertThat(schedule.schedule().zone().getId()).isEqualTo("UTC");
    assertThat(server.tasks.schedules().next(schedule.schedule().name(), 1)).hasSize(1);
  }
}
