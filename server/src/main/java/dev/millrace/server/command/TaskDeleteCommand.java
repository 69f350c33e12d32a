package dev.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes finished tasks out of history. */
@Command(name = "delete")
final class TaskDeleteCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(arity = "1..*", paramLabel = "ID")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() throws CommandException {
    for (String given : ids) {
      String id = server.id(given);
      server.delete("/tasks/" + id);
      System.out.println(id + "  deleted");
    }
    return 0;
  }
}
