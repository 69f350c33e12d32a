package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the server take work again. */
@Command(name = "wake")
final class TaskWakeCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Override
  public Integer call() throws CommandException {
    server.delete("/quiet");
    server.print(server.get("/quiet"), () -> System.out.println("it takes work again"));
    return 0;
  }
}
