package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Keeps the server from taking any more work, and says when nothing runs any more. */
@Command(name = "quiet")
final class TaskQuietCommand implements Callable<Integer> {
  private static final String PIECE = "PT20S";

  @Mixin private TaskServer server = new TaskServer();

  @Option(names = "--no-wait")
  private boolean alone;

  @Override
  public Integer call() throws CommandException {
    JsonNode now = server.post("/quiet", "");
    if (alone) {
      show(now);
      return 0;
    }
    while (!now.path("through").asBoolean()) {
      show(now);
      now = server.get("/quiet", "await", PIECE);
      if (!now.path("quiet").asBoolean()) {
        throw new CommandException("somebody has had it take work again meanwhile");
      }
    }
    show(now);
    return 0;
  }

  private void show(JsonNode now) {
    server.print(now, () -> System.out.println(said(now)));
  }

  private static String said(JsonNode now) {
    return now.path("through").asBoolean()
        ? "quiet: nothing runs any more"
        : "quiet: " + now.path("running").asInt() + " tasks still run";
  }
}
