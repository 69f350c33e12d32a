package dev.millrace.server.command;

import dev.millrace.http.Json;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prints what happens to a task until it is over. */
final class TaskFollower {
  private static final String EVENT = "event: ";
  private static final String DATA = "data: ";

  private final TaskServer server;
  private String said = "";

  TaskFollower(TaskServer server) {
    this.server = server;
  }

  /**
   * Follows.
   *
   * @return 0 if the task succeeded, else 1
   */
  int follow(String id) throws CommandException {
    try (Stream<String> lines = server.lines("/tasks/" + id + "/stream")) {
      String event = "";
      Iterator<String> each = lines.iterator();
      while (each.hasNext()) {
        String line = each.next();
        if (line.startsWith(EVENT)) {
          event = line.substring(EVENT.length());
        } else if (line.startsWith(DATA)) {
          JsonNode data = Json.mapper().readTree(line.substring(DATA.length()));
          print(event, data);
          if (event.equals("end")) {
            return data.path("state").asString().equals("succeeded") ? 0 : MillraceCommand.FAILED;
          }
        }
      }
    } catch (java.io.UncheckedIOException broken) {
      throw new CommandException("the connection to the server broke; follow the task again");
    }
    throw new CommandException("the server ended before the task; follow it again");
  }

  private void print(String event, JsonNode data) {
    if (server.json) {
      System.out.println(
          Json.mapper().createObjectNode().put("event", event).set("data", data).toString());
      return;
    }
    switch (event) {
      case "log" ->
          System.out.println(
              TaskWords.time(data, "at")
                  + "  "
                  + TaskWords.text(data, "level")
                  + "  "
                  + TaskWords.text(data, "text"));
      case "step" ->
          System.out.println("step " + TaskWords.text(data, "name") + ", " + TaskWords.took(data));
      case "state", "progress", "end" -> state(data);
      default -> {
        // Of a newer server.
      }
    }
  }

  private void state(JsonNode task) {
    var line = new StringBuilder(TaskWords.text(task, "state"));
    JsonNode progress = task.path("progress");
    if (progress.path("total").asLong() > 0) {
      line.append(' ').append(progress.path("done").asLong());
      line.append('/').append(progress.path("total").asLong());
    }
    for (String field : new String[] {"waitsFor", "error"}) {
      if (!TaskWords.text(task, field).equals("-")) {
        line.append(", ").append(TaskWords.text(task, field));
      }
    }
    if (!said.contentEquals(line)) {
      said = line.toString();
      System.out.println(said);
    }
  }
}
