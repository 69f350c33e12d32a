package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a task until it is over; the exit status says how it ended. */
@Command(name = "follow")
final class TaskFollowCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(paramLabel = "ID")
  private String id = "";

  @Override
  public Integer call() throws CommandException {
    return new TaskFollower(server).follow(server.id(id));
  }
}
