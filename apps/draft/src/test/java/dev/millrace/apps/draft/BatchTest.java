package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.TaskId;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Many recipes at once. */
class BatchTest {
  @TempDir Path folder;
  private final WebServer web = WebServer.start();
  private DraftServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DraftServer(folder, Map.of());
    web.serve("/a.png", Reply.of(Media.png(20, 20, 1)));
  }

  @AfterEach
  void stop() {
    server.close();
    web.close();
  }

  private ObjectNode recipe(String path) {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/tracks", "[{\"id\":\"v\",\"type\":\"video\"}]");
    Recipes.with(
        recipe,
        "/testData/items",
        "[{\"type\":\"image\",\"data\":{\"track\":\"v\",\"path\":\"%s\",\"start\":0,\"duration\":1}}]"
            .formatted(web.url(path)));
    return recipe;
  }

  @Test
  void makesWhatItCanAndTellsWhatItCannot() throws Exception {
    ObjectNode body = Recipes.JSON.createObjectNode().put("name", "tonight");
    ArrayNode recipes = body.putArray("recipes");
    for (int i = 0; i < 25; i++) {
      recipes.add(recipe("/a.png"));
    }
    recipes.add(Recipes.with(recipe("/a.png"), "/testData/items/0/data/start", "-1"));
    recipes.add(recipe("/missing.png"));
    recipes.add(7);
    JsonNode batch = server.call("POST", "/batches", body.toString(), 202);
    assertThat(batch.path("recipes").asInt()).isEqualTo(28);
    assertThat(batch.path("drafts").asInt()).isEqualTo(26);
    assertThat(batch.path("refused")).hasSize(2);
    assertThat(batch.at("/refused/0/index").asInt()).isEqualTo(25);
    assertThat(batch.at("/refused/0/errors/0/pointer").stringValue())
        .isEqualTo("/testData/items/0/data/start");
    String id = batch.path("id").stringValue();
    server.tasks.batches().await(BatchId.parse(id), Signal.LIMIT).orElseThrow();
    JsonNode over = server.call("GET", "/batches/" + id, null, 200);
    assertThat(over.path("ready").asInt()).isEqualTo(25);
    assertThat(over.path("failed").asInt()).isOne();
    assertThat(over.path("open").asInt()).isZero();
    assertThat(over.path("progress").asInt()).isEqualTo(1_000);
    assertThat(over.path("finishedAt").isNull()).isFalse();
    JsonNode records = server.call("GET", "/generation-records?limit=200&origin=" + id, null, 200);
    assertThat(records.path("items")).hasSize(26);
    assertThat(records.at("/items/0/source").stringValue()).isEqualTo("batch");
    assertThat(server.call("GET", "/batches", null, 200).path("items")).hasSize(1);
    assertThat(server.json("?limit=200").path("items")).hasSize(26);
  }

  @Test
  void givesUpWhatIsNotMadeYetAndRefusesWhatIsNoBatch() throws Exception {
    Signal never = new Signal("the end of the test");
    web.serve("/slow.png", Reply.of(Media.png(20, 20, 1)).silentUntil(never));
    ObjectNode body = Recipes.JSON.createObjectNode();
    ArrayNode recipes = body.putArray("recipes");
    recipes.add(recipe("/slow.png")).add(recipe("/slow.png"));
    String id = server.call("POST", "/batches", body.toString(), 202).path("id").stringValue();
    server.call("POST", "/batches/" + id + "/cancel", null, 202);
    server.tasks.batches().await(BatchId.parse(id), Signal.LIMIT).orElseThrow();
    never.raise();
    assertThat(server.call("GET", "/batches/" + id, null, 200).path("cancelled").asInt())
        .isEqualTo(2);
    server.call("GET", "/batches/nothing", null, 404);
    server.call("POST", "/batches", "{\"recipes\":[]}", 422);
  }

  /** The process was killed between the commit of the tasks and that of the drafts. */
  @Test
  void aTaskMakesItsOwnDraftIfNobodyElseDid() throws Exception {
    var records = new DraftRecords(server.store);
    var batches = new BatchRecords(server.store, records);
    BatchId id = server.tasks.batches().open("b", dev.millrace.tasks.BatchCallbacks.none()).id();
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    var pending =
        new BatchRecords.Pending(
            "alone", "alone", "D-1", "rg1", 0, 1, recipe("/a.png").toString(), now);
    batches.add(new BatchRecords.BatchRow(id, "b", 1, List.of(), now), List.of(pending));
    List<TaskId> ids =
        server
            .tasks
            .batches()
            .add(
                id,
                List.of(
                    new dev.millrace.tasks.Submission(
                        "draft.build",
                        Recipes.JSON.createObjectNode().put("name", "alone"),
                        dev.millrace.tasks.SubmitOptions.defaults())))
            .ids();
    server.tasks.await(ids.getFirst(), Signal.LIMIT).orElseThrow();
    assertThat(server.json("/alone").path("state").stringValue()).isEqualTo("ready");
    batches.adopt(List.of("alone"), ids);
    assertThat(server.json("/alone").path("state").stringValue()).isEqualTo("ready");
  }
}
