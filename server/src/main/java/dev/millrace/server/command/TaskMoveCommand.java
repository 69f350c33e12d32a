package dev.millrace.server.command;

import dev.millrace.http.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes priority, queue, time or input of a task that waits. */
@Command(name = "move")
final class TaskMoveCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(index = "0", paramLabel = "ID")
  private String id = "";

  @Option(names = "--priority")
  private @Nullable Integer priority;

  @Option(names = "--queue")
  private @Nullable String queue;

  @Option(names = "--delay", paramLabel = "PT30S")
  private @Nullable String delay;

  @Option(names = "--run-at", paramLabel = "2026-12-24T18:00:00Z")
  private @Nullable String runAt;

  @Option(names = "--input", paramLabel = "JSON")
  private @Nullable String input;

  @Override
  public Integer call() throws CommandException, IOException {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("priority", priority).put("queue", queue).put("delay", delay).put("runAt", runAt);
    if (input != null) {
      body.set("input", TaskSubmitCommand.json(input));
    }
    JsonNode changed = server.patch("/tasks/" + server.id(id), body.toString());
    server.print(
        changed,
        () ->
            System.out.println(
                TaskWords.text(changed, "id") + "  " + TaskWords.text(changed, "state")));
    return 0;
  }
}
