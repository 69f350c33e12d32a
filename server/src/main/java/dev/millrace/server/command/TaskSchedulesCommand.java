package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the schedules with their next times. */
@Command(name = "schedules")
final class TaskSchedulesCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Override
  public Integer call() throws CommandException {
    JsonNode page = server.get("/schedules", "limit", "200");
    server.print(page, () -> print(page));
    return 0;
  }

  private static void print(JsonNode page) {
    if (page.path("items").isEmpty()) {
      System.out.println("no schedules");
      return;
    }
    var table =
        new TextTable("schedule", "type", "when", "zone", "next", "last", "started", "state");
    for (JsonNode each : page.path("items")) {
      String error = TaskWords.text(each, "error");
      table.row(
          TaskWords.text(each, "name"),
          TaskWords.text(each, "type"),
          when(each),
          TaskWords.text(each, "zone"),
          TaskWords.time(each, "next"),
          TaskWords.time(each, "lastDue"),
          each.path("started").asLong(),
          each.path("paused").asBoolean() ? "paused" : error.equals("-") ? "active" : error);
    }
    System.out.println(table);
    if (!page.path("next").isNull()) {
      System.out.println("There are more than 200; the others are in the console.");
    }
  }

  private static String when(JsonNode schedule) {
    for (String field : new String[] {"cron", "every", "at"}) {
      if (!TaskWords.text(schedule, field).equals("-")) {
        return TaskWords.text(schedule, field);
      }
    }
    return "-";
  }
}
