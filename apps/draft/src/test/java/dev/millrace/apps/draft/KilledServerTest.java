package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Another process takes a recipe and is killed in the middle of the work; this one goes on. */
class KilledServerTest {
  private static final int FILES = 40;

  @TempDir Path folder;

  @Test
  void goesOnWithoutFetchingAFinishedFileAgain() throws Exception {
    Signal never = new Signal("the end of the test");
    try (WebServer web = WebServer.start()) {
      byte[] slow = Media.png(400, 300, 0x00FF00);
      for (int i = 0; i < FILES - 1; i++) {
        web.serve("/" + i + ".png", Reply.of(Media.png(20, 20 + i, i)));
      }
      String last = "/" + (FILES - 1) + ".png";
      web.serve(last, Reply.of(slow).stallingAt(500, never), Reply.of(slow));
      Path recipe = Files.writeString(folder.resolve("recipe.json"), recipe(web).toString());
      Path data = Files.createDirectories(folder.resolve("data"));
      Process child = child(data, recipe);
      web.awaitBytes(last, 500);
      for (int i = 0; i < FILES - 1; i++) {
        web.awaitRequests("/" + i + ".png", 1);
      }
      Path downloads = data.resolve("draft/downloads");
      Signal.awaitUntil("all files but one are there", () -> count(downloads) == FILES - 1);
      Path stale = Files.createDirectories(data.resolve("draft/drafts/.left.part/Resources"));
      Files.createDirectories(downloads.resolve("of-nobody"));
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      assertThat(child.exitValue()).as("killed").isEqualTo(137);
      long before = web.requests();

      try (DraftServer server = new DraftServer(data, Map.of())) {
        JsonNode draft = server.json("").path("items").path(0);
        server.awaitEnd(draft);
        JsonNode view = server.json("/" + DraftServer.escaped(draft.path("name").stringValue()));
        assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
        assertThat(web.requests() - before).as("only the unfinished file").isOne();
        assertThat(web.log(last).getLast().header("Range")).isPresent();
        Path made = server.drafts().resolve(view.path("name").stringValue());
        assertThat(DraftChecker.check(made)).isEmpty();
        assertThat(stale).doesNotExist();
        assertThat(Files.list(downloads)).isEmpty();
      }
    } finally {
      never.raise();
    }
  }

  /** aria2 ends with the server that is killed, and the next one goes on where it wrote it was. */
  @Test
  void goesOnWithAria2WhereTheKilledServerWas() throws Exception {
    Aria2ServiceTest.requireProgram();
    Signal never = new Signal("the end of the test");
    try (WebServer web = WebServer.start()) {
      byte[] sound = Media.wav(Duration.ofSeconds(20), 440);
      for (int i = 0; i < FILES; i++) {
        web.serve("/" + i + ".png", Reply.of(Media.png(20, 20 + i, i)));
      }
      web.serve(
          "/long.wav",
          Reply.of(sound).etag("\"v\"").stallingAt(1_200_000, never),
          Reply.of(sound).etag("\"v\""));
      ObjectNode wanted = recipe(web);
      Recipes.with(wanted, "/testData/tracks/-", "{\"id\":\"a\",\"type\":\"audio\"}");
      Recipes.with(
          wanted,
          "/testData/items/-",
          "{\"type\":\"music\",\"data\":{\"track\":\"a\",\"path\":\"%s\",\"start\":0,\"duration\":20}}"
              .formatted(web.url("/long.wav")));
      Path recipe = Files.writeString(folder.resolve("recipe.json"), wanted.toString());
      Path data = Files.createDirectories(folder.resolve("data"));
      Process child = child(data, recipe, "aria2");
      web.awaitBytes("/long.wav", 1_200_000);
      Path downloads = data.resolve("draft/downloads");
      Path parts = data.resolve("draft/cache/aria2/files");
      Signal.awaitUntil("all but one are there", () -> count(downloads) == FILES);
      Signal.awaitUntil(
          "aria2 wrote down how far it is",
          () -> entries(parts).stream().anyMatch(file -> file.toString().endsWith(".aria2")));
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      assertThat(child.exitValue()).as("killed").isEqualTo(137);

      try (DraftServer server = new DraftServer(data, Map.of("draft.downloads.engine", "aria2"))) {
        JsonNode draft = server.json("").path("items").path(0);
        server.awaitEnd(draft);
        JsonNode view = server.json("/" + DraftServer.escaped(draft.path("name").stringValue()));
        assertThat(view.path("state").stringValue()).as("%s", view).isEqualTo("ready");
        for (int i = 0; i < FILES; i++) {
          assertThat(web.requests("/" + i + ".png")).isOne();
        }
        assertThat(web.log("/long.wav").getLast().header("Range").orElse(""))
            .matches("bytes=\\d{4,}-.*");
        assertThat(entries(downloads)).isEmpty();
        assertThat(entries(parts)).isEmpty();
      }
    } finally {
      never.raise();
    }
  }

  /**
   * The sound is so long that copying it takes many times as long as to notice that it has begun;
   * that the kill came in time is checked.
   */
  @Test
  void makesAWholeDraftOutOfOneThatWasKilledWhileItWasWritten() throws Exception {
    try (WebServer web = WebServer.start()) {
      for (int i = 0; i < FILES; i++) {
        web.serve("/" + i + ".png", Reply.of(Media.png(20, 20 + i, i)));
      }
      web.serve("/long.wav", Reply.of(Media.wav(Duration.ofMinutes(12), 440)));
      ObjectNode wanted = recipe(web);
      Recipes.with(wanted, "/testData/tracks/-", "{\"id\":\"a\",\"type\":\"audio\"}");
      Recipes.with(
          wanted,
          "/testData/items/-",
          "{\"type\":\"music\",\"data\":{\"track\":\"a\",\"path\":\"%s\",\"start\":0,\"duration\":20}}"
              .formatted(web.url("/long.wav")));
      Path recipe = Files.writeString(folder.resolve("recipe.json"), wanted.toString());
      Path data = Files.createDirectories(folder.resolve("data"));
      Path drafts = Files.createDirectories(data.resolve("draft/drafts"));
      Process child = child(data, recipe);
      Signal.awaitUntil(
          "the draft is being written",
          () -> entries(drafts).stream().anyMatch(part -> count(part) > 0) || !child.isAlive());
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      assertThat(child.exitValue()).as("killed").isEqualTo(137);
      assertThat(entries(drafts))
          .as("half a draft is left, and hidden")
          .singleElement()
          .asString()
          .matches(".*/\\.[^/]+\\.part");
      assertThat(web.requests()).isEqualTo(FILES + 1);

      try (DraftServer server = new DraftServer(data, Map.of())) {
        JsonNode draft = server.json("").path("items").path(0);
        server.awaitEnd(draft);
        String name = draft.path("name").stringValue();
        assertThat(server.json("/" + DraftServer.escaped(name)).path("state").stringValue())
            .isEqualTo("ready");
        assertThat(web.requests()).as("no file is fetched again").isEqualTo(FILES + 1);
        assertThat(entries(drafts)).containsExactly(drafts.resolve(name));
        assertThat(entries(drafts.resolve(name).resolve("Resources"))).hasSize(FILES + 1);
        JsonNode verdict = server.json("/" + DraftServer.escaped(name) + "/validate");
        assertThat(verdict.path("valid").asBoolean()).as("%s", verdict).isTrue();
        assertThat(verdict.path("findings")).as("%s", verdict).isEmpty();
        assertThat(entries(data.resolve("draft/downloads"))).isEmpty();
        try (var all = Files.walk(data)) {
          assertThat(all.map(Path::toString)).noneMatch(path -> path.endsWith(".part"));
        }
      }
    }
  }

  private static List<Path> entries(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    } catch (java.io.IOException | java.io.UncheckedIOException notYet) {
      return List.of();
    }
  }

  private static long count(Path downloads) {
    try (var tree = Files.walk(downloads)) {
      return tree.filter(Files::isRegularFile).count();
    } catch (java.io.IOException | java.io.UncheckedIOException notYet) {
      return 0;
    }
  }

  private static ObjectNode recipe(WebServer web) {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items", "[]");
    Recipes.with(recipe, "/testData/tracks", "[{\"id\":\"v\",\"type\":\"video\"}]");
    for (int i = 0; i < FILES; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"image\",\"data\":{\"track\":\"v\",\"path\":\"%s\",\"start\":%d,\"duration\":1}}"
              .formatted(web.url("/" + i + ".png"), i));
    }
    return recipe;
  }

  private Process child(Path data, Path recipe) throws Exception {
    return child(data, recipe, "built-in");
  }

  private Process child(Path data, Path recipe, String engine) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServerTest.class.getName() + "$Child",
            data.toString(),
            recipe.toString(),
            engine);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child.log").toFile())
        .start();
  }

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      DraftServer server =
          new DraftServer(
              Path.of(args[0]),
              Map.of(
                  "draft.downloads.stall-limit", "60s",
                  "draft.downloads.per-host", "50",
                  "draft.downloads.engine", args[2]));
      server.submit(Recipes.JSON.readTree(Files.readString(Path.of(args[1]))));
      Thread.currentThread().join();
    }
  }
}
