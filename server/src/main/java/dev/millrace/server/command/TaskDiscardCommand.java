package dev.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Gives dead tasks up. */
@Command(name = "discard")
final class TaskDiscardCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(arity = "1..*", paramLabel = "ID")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() throws CommandException {
    for (String id : ids) {
      JsonNode changed = server.post("/tasks/" + server.id(id) + "/discard", "");
      server.print(
          changed,
          () ->
              System.out.println(
                  TaskWords.text(changed, "id") + "  " + TaskWords.text(changed, "state")));
    }
    return 0;
  }
}
