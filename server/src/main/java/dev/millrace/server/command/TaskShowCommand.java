package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one task with its steps and attempts. */
@Command(name = "show")
final class TaskShowCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(paramLabel = "ID")
  private String id = "";

  @Override
  public Integer call() throws CommandException {
    JsonNode task = server.get("/tasks/" + server.id(id));
    server.print(task, () -> print(task));
    return 0;
  }

  private static void print(JsonNode task) {
    for (String field :
        new String[] {
          "id",
          "type",
          "state",
          "queue",
          "priority",
          "attempt",
          "waitsFor",
          "batch",
          "tenant",
          "key",
          "uniqueKey",
          "error"
        }) {
      line(field, TaskWords.text(task, field));
    }
    for (String field : new String[] {"createdAt", "runAt", "startedAt", "finishedAt"}) {
      line(field, TaskWords.time(task, field));
    }
    line("took", TaskWords.took(task));
    if (!task.path("tags").isEmpty()) {
      line("tags", task.path("tags").toString());
    }
    line("input", TaskWords.text(task, "input"));
    line("result", TaskWords.text(task, "result"));
    if (!task.path("steps").isEmpty()) {
      var steps = new TextTable("step", "started", "took");
      for (JsonNode step : task.path("steps")) {
        steps.row(
            TaskWords.text(step, "name"), TaskWords.time(step, "startedAt"), TaskWords.took(step));
      }
      System.out.println("\n" + steps);
    }
    if (!task.path("attempts").isEmpty()) {
      var attempts = new TextTable("attempt", "started", "finished", "outcome", "error");
      for (JsonNode attempt : task.path("attempts")) {
        attempts.row(
            attempt.path("number").asInt(),
            TaskWords.time(attempt, "startedAt"),
            TaskWords.time(attempt, "finishedAt"),
            TaskWords.text(attempt, "outcome"),
            TaskWords.text(attempt, "error"));
      }
      System.out.println("\n" + attempts);
    }
  }

  private static void line(String name, String value) {
    if (!value.equals("-")) {
      System.out.printf("%-11s %s%n", name, value);
    }
  }
}
