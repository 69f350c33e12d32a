package dev.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the queues with a count for each state. */
@Command(name = "queues")
final class TaskQueuesCommand implements Callable<Integer> {
  private static final List<String> STATES =
      List.of("ready", "running", "scheduled", "waiting", "retrying", "dead", "succeeded");

  @Mixin private TaskServer server = new TaskServer();

  @Override
  public Integer call() throws CommandException {
    JsonNode page = server.get("/queues");
    server.print(page, () -> print(page));
    return 0;
  }

  private static void print(JsonNode page) {
    var titles = new ArrayList<>(List.of("queue", "paused", "at once"));
    titles.addAll(STATES);
    var table = new TextTable(titles.toArray(String[]::new));
    for (JsonNode queue : page.path("items")) {
      var row = new ArrayList<Object>();
      row.add(TaskWords.text(queue, "name"));
      row.add(queue.path("paused").asBoolean() ? "yes" : "no");
      row.add(TaskWords.text(queue, "concurrency"));
      STATES.forEach(state -> row.add(queue.path("counts").path(state).asLong()));
      table.row(row.toArray());
    }
    System.out.println(table);
  }
}
