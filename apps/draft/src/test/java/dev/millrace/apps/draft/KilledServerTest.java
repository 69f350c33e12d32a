package dev.millrace.apps.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.testkit.Reply;
import dev.millrace.testkit.Signal;
import dev.millrace.testkit.WebServer;
import dev.millrace.testkit.media.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Another process takes a recipe, is killed in the middle of its downloads, and this one goes on.
 */
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
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServerTest.class.getName() + "$Child",
            data.toString(),
            recipe.toString());
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
              Map.of("draft.downloads.stall-limit", "60s", "draft.downloads.per-host", "50"));
      server.submit(Recipes.JSON.readTree(Files.readString(Path.of(args[1]))));
      Thread.currentThread().join();
    }
  }
}
