package dev.millrace.server.command;

import dev.millrace.http.Json;
import dev.millrace.server.RunningServer;
import dev.millrace.server.StoreFile;
import dev.millrace.store.Store;
import dev.millrace.store.StoreConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Writes a verified copy of the database, through the running server if there is one. */
@Command(name = "backup")
final class BackupCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path target = file.toAbsolutePath().normalize();
    Optional<RunningServer> running = RunningServer.find(options.data);
    if (running.isPresent()) {
      throughServer(running.get(), target);
    } else {
      directly(target);
    }
    return 0;
  }

  private void directly(Path target) throws CommandException, IOException {
    Path database = StoreFile.in(options.data);
    if (!Files.exists(database)) {
      throw new CommandException(
          "there is no database at " + database + "; name its folder by --data");
    }
    try (NativeFolder _ = NativeFolder.in(options.data);
        Store store = Store.open(StoreConfig.defaults(database))) {
      var report = store.backup(target);
      say(target, report.bytes(), report.position().toString());
    }
  }

  private static void throughServer(RunningServer server, Path target)
      throws IOException, InterruptedException, CommandException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(server.url().resolve("/api/v1/store/backup"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Json.mapper().writeValueAsString(Map.of("file", target.toString()))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode body = Json.mapper().readTree(response.body());
      if (response.statusCode() != 201) {
        throw new CommandException(
            body.path("detail").asString("the server answered " + response.statusCode()));
      }
      say(target, body.path("bytes").asLong(), body.path("position").asString());
    }
  }

  private static void say(Path target, long bytes, String position) {
    System.out.println(target + ": " + bytes + " bytes, verified, as of position " + position);
  }
}
