package dev.millrace.apps.crew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills a server in the middle of runs; the next one goes on with them. */
class RunKillTest {
  private static final int RUNS = 6;
  private static final Map<String, String> SETTINGS =
      Map.of("crew.shell.programs", "sh", "crew.retry-pause", "10ms");

  @TempDir Path folder;

  /** A server that starts runs and says their ids. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      CrewServer server = new CrewServer(folder, SETTINGS);
      for (int i = 0; i < RUNS; i++) {
        Map<String, Object> slow =
            Map.of(
                "kind",
                "shell",
                "command",
                List.of(
                    "sh",
                    "-c",
                    "echo $$ >> "
                        + folder.resolve("pids")
                        + "; if [ -e "
                        + folder.resolve("go")
                        + " ]; then cp $CREW_REPORTS/* . ; else sleep 600; fi"),
                "environment",
                Map.of("CREW_REPORTS", RunsTest.report("jacoco.xml").getParent().toString()),
                "reports",
                List.of("jacoco.xml"));
        CrewServer.Answer answer =
            server.post(
                "workflows",
                Map.of("request", "write tests " + i, "executors", Map.of("test-engineer", slow)));
        System.out.println(answer.body().path("id").asString());
        System.out.flush();
      }
      System.in.read();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void killedServerLeavesNothingBehindAndItsRunsGoOn() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> ids = new ArrayList<>();
    Path pids = folder.resolve("pids");
    try (var said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      while (ids.size() < RUNS) {
        String line = said.readLine();
        assertThat(line).as("the server has ended").isNotNull();
        if (line.matches("[0-9a-f-]{36}")) {
          ids.add(line);
        }
      }
      // As many programs as may run at once are in the middle of it.
      Signal.awaitUntil("programs run", () -> lines(pids).size() >= 4);
    } finally {
      process.destroyForcibly().waitFor();
    }
    List<ProcessHandle> left =
        lines(pids).stream()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
            .toList();
    Files.createFile(folder.resolve("go"));
    try (CrewServer server = new CrewServer(folder, SETTINGS)) {
      for (String id : ids) {
        Signal.awaitUntil(
            id + " is completed and written down",
            () -> {
              try {
                JsonNode view = server.get("workflows/" + id).body();
                return view.path("state").asString().equals("completed")
                    && view.hasNonNull("decision");
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
      }
      assertThat(server.get("executions").body().path("items")).hasSize(RUNS);
      assertThat(server.get("decisions").body().path("items")).hasSize(RUNS);
      // Killed ones stay until the system has noticed that they are.
      Signal.awaitUntil(
          "no program of the killed server is left",
          () -> left.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
