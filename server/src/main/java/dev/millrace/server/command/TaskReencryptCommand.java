package dev.millrace.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Encrypts anew, with the newest key, what older keys have encrypted. */
@Command(name = "reencrypt")
final class TaskReencryptCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Option(names = "--no-follow")
  private boolean alone;

  @Override
  public Integer call() throws CommandException {
    JsonNode accepted = server.post("/encryption/rewrite", "");
    String id = accepted.path("id").asString();
    if (alone) {
      server.print(accepted, () -> System.out.println(id));
      return 0;
    }
    int status = new TaskFollower(server).follow(id);
    JsonNode result = server.get("/tasks/" + id).path("result");
    if (status == 0 && !server.json) {
      System.out.println(said(result));
    }
    return status != 0 || !result.path("clean").asBoolean() ? MillraceCommand.FAILED : 0;
  }

  private static String said(JsonNode result) {
    String key = result.path("key").asString();
    String rewritten =
        result.path("rewritten").asLong() + " values were encrypted anew with '" + key + "'.\n";
    if (result.path("clean").asBoolean()) {
      return rewritten + "Nothing is left under another key: the older ones can be taken away.";
    }
    var left = new StringBuilder(rewritten);
    result
        .path("left")
        .properties()
        .forEach(each ->
            left.append(each.getValue().asLong())
                .append(" values do not open with the key '")
                .append(each.getKey())
                .append("'; configure it, and do this again.\n"));
    return left.toString().strip();
  }
}
