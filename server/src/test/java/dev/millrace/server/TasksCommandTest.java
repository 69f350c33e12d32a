package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.server.ServerProcess.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace tasks …} as its user types it, beside a running server. */
class TasksCommandTest {
  @TempDir static Path data;

  private static ServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(data, "--samples", "--set", "log.level=warn");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Finished tasks(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("tasks"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return ServerProcess.run(all.toArray(String[]::new));
  }

  @Test
  void submitsFollowsAndShows() throws Exception {
    Finished submitted =
        tasks("submit", "sample.steps", "{\"steps\":2,\"ms\":1}", "--tag", "cli", "--follow");
    assertThat(submitted.output()).contains("step step-2", "step 2 of 2 is done", "succeeded");
    assertThat(submitted.status()).isZero();

    Finished list = tasks("list", "--tag", "cli");
    assertThat(list.output().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("ID ")
        .contains("STATE", "TYPE");
    String id = list.output().lines().toList().get(1).split(" ")[0];
    Finished shown = tasks("show", id.substring(id.length() - 8));
    assertThat(shown.output()).contains(id, "sample.steps", "step-1", "{\"steps\":2}");
    assertThat(ServerProcess.parse(tasks("show", id, "--json").output()).path("id").asString())
        .isEqualTo(id);
  }

  @Test
  void movesWhatWaitsAndDeletesWhatIsOver() throws Exception {
    String id =
        tasks("submit", "sample.noop", "--delay", "PT9H", "--expiry", "PT1H").output().strip();
    assertThat(tasks("delete", id).output()).contains("is scheduled and cannot be deleted");
    assertThat(tasks("move", id).output()).contains("Give priority, queue, runAt or input");
    assertThat(tasks("move", id, "--priority", "12").output()).contains("priority");
    Finished moved = tasks("move", id, "--priority", "0", "--queue", "urgent", "--delay", "PT0S");
    assertThat(moved.output()).contains(id);
    assertThat(tasks("follow", id).output()).contains("succeeded");
    assertThat(tasks("show", id).output()).contains("urgent");
    assertThat(tasks("delete", id).output()).contains(id, "deleted");
    assertThat(tasks("show", id).status()).isEqualTo(1);
  }

  @Test
  void waitsForTheEndOfAnother() throws Exception {
    String first =
        tasks("submit", "sample.noop", "--delay", "PT9H", "--cost", "2").output().strip();
    String behind =
        tasks("submit", "sample.noop", "--after", first, "--after-outcome", "ended")
            .output()
            .strip();
    assertThat(tasks("show", behind).output()).contains("waiting");
    tasks("cancel", first);
    assertThat(tasks("follow", behind).output()).contains("succeeded");
  }

  @Test
  void goesQuietAndWakes() throws Exception {
    assertThat(tasks("quiet").output()).contains("quiet: nothing runs any more");
    try {
      String id = tasks("submit", "sample.noop").output().strip();
      assertThat(tasks("show", id).output()).contains("ready");
      assertThat(server.json("/api/v1/quiet").path("through").asBoolean()).isTrue();
      assertThat(tasks("wake").output()).contains("takes work again");
      assertThat(tasks("follow", id).output()).contains("succeeded");
      assertThat(server.json("/api/v1/quiet").path("quiet").asBoolean()).isFalse();
    } finally {
      tasks("wake");
    }
  }

  @Test
  void recordsALoad() throws Exception {
    tasks("submit", "sample.steps", "{\"steps\":2,\"ms\":20}", "--follow");
    Finished recorded = tasks("record", "--type", "sample.steps", "--limit", "1");
    assertThat(recorded.status()).isZero();
    var line = ServerProcess.parse(recorded.output().strip());
    assertThat(line.path("at").asLong()).isZero();
    assertThat(line.path("ms").asLong()).isGreaterThanOrEqualTo(40);
    assertThat(line.path("queue").asString()).isEqualTo("default");
    assertThat(tasks("record", "--type", "no.such").status()).isEqualTo(1);
  }

  @Test
  void inputComesFromAFile() throws Exception {
    Path input = Files.writeString(data.resolve("input.json"), "{\"ms\": 0}");
    Finished submitted = tasks("submit", "sample.sleep", "@" + input, "--follow", "--json");
    assertThat(submitted.status()).isZero();
    assertThat(submitted.output().lines().map(ServerProcess::parse))
        .last()
        .satisfies(end -> {
          assertThat(end.path("event").asString()).isEqualTo("end");
          assertThat(end.at("/data/state").asString()).isEqualTo("succeeded");
        });
  }

  @Test
  void cancelsAndRunsAgain() throws Exception {
    Finished submitted = tasks("submit", "sample.noop", "--delay", "PT1H");
    String id = submitted.output().strip();
    assertThat(tasks("cancel", id).output()).contains(id, "cancelled");
    Finished again = tasks("cancel", id);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.output()).startsWith("millrace: ").contains("cancelled");
    assertThat(tasks("retry", id).output()).contains(id);
    Finished followed = tasks("follow", id);
    assertThat(followed.output()).contains("succeeded");
    Finished alive = tasks("discard", id);
    assertThat(alive.status()).isEqualTo(1);
    assertThat(alive.output()).contains("is succeeded and cannot be discarded");
  }

  /** Each page of the server looks through 20,000 tasks: what is behind them is found as well. */
  @Test
  void findsWhatIsBehindManyOthers() throws Exception {
    String id =
        tasks("submit", "sample.noop", "--delay", "PT9H", "--tag", "needle").output().strip();
    String one = "{\"type\":\"sample.noop\",\"delay\":\"PT9H\"}";
    for (int i = 0; i < 3; i++) {
      server.send("/api/v1/tasks/bulk", "{\"tasks\":[" + (one + ",").repeat(9_999) + one + "]}");
    }
    assertThat(server.json("/api/v1/tasks?text=needle").path("items"))
        .as("the first page does not reach it")
        .isEmpty();
    assertThat(tasks("list", "--text", "needle", "--limit", "1").output()).contains(id);
    assertThat(tasks("show", id.substring(28)).output()).contains(id, "needle");
  }

  @Test
  void followingAFailureFails() throws Exception {
    Finished submitted = tasks("submit", "sample.noop", "--delay", "PT1H");
    String id = submitted.output().strip();
    server.send("/api/v1/tasks/" + id + "/cancel", "");
    Finished followed = tasks("follow", id);
    assertThat(followed.output()).contains("cancelled");
    assertThat(followed.status()).isEqualTo(1);
  }

  @Test
  void listsQueuesAndSchedules() throws Exception {
    // The applications have theirs.
    assertThat(tasks("schedules").output()).contains("draft.cleanup").doesNotContain("cli");
    server.send(
        "/api/v1/schedules",
        "{\"name\":\"cli\",\"schedule\":{\"type\":\"sample.noop\",\"cron\":\"0 7 * * *\"}}");
    assertThat(tasks("schedules").output()).contains("cli", "0 7 * * *", "active");
    assertThat(tasks("submit", "sample.noop", "--follow").status()).isZero();
    assertThat(tasks("queues").output()).contains("QUEUE", "READY", "default");
  }

  @Test
  void refusalsNameTheFaultAndTheRemedy() throws Exception {
    Finished wrong = tasks("submit", "sample.sleep", "{\"ms\":\"soon\"}");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.output())
        .contains("/input/ms", "a whole number is expected")
        .doesNotContain("at dev.millrace", "java.");
    assertThat(tasks("submit", "sample.slep").output()).contains("Did you mean sample.sleep");
    assertThat(tasks("submit", "sample.sleep", "{ms}").output()).contains("no JSON", "@FILE");
    assertThat(tasks("show", "ffffffff").output()).contains("no task whose id");
    Finished nothing = ServerProcess.run("tasks");
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.output()).contains("submit, list, show, follow");
  }

  @Test
  void saysThatNoServerRuns(@TempDir Path empty) throws Exception {
    Finished alone = ServerProcess.run("tasks", "list", "--data", empty.toString());
    assertThat(alone.status()).isEqualTo(1);
    assertThat(alone.output()).contains("no server runs on", "./millrace up", "--data");
    Finished away = ServerProcess.run("tasks", "list", "--server", "http://127.0.0.1:9");
    assertThat(away.status()).isEqualTo(1);
    assertThat(away.output()).contains("no server answers at http://127.0.0.1:9");
  }
}
