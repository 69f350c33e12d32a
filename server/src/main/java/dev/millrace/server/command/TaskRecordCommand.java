package dev.millrace.server.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records a load: when the newest finished tasks were submitted and how long they ran, a JSON
 * object a line, for {@code bench tasks.autotune} to play again. Inputs and results stay where they
 * are.
 */
@Command(name = "record")
final class TaskRecordCommand implements Callable<Integer> {
  private static final int PAGE = 200;

  @Mixin private TaskServer server = new TaskServer();

  @Option(names = "--queue")
  private @Nullable String queue;

  @Option(names = "--type")
  private @Nullable String type;

  @Option(names = "--limit", defaultValue = "10000")
  private int limit = 10_000;

  @Override
  public Integer call() throws CommandException {
    List<JsonNode> newestFirst = tasks();
    if (newestFirst.isEmpty()) {
      throw new CommandException("There are no finished tasks of that queue and type to record.");
    }
    Instant first = Instant.parse(newestFirst.getLast().path("createdAt").asString());
    for (JsonNode task : newestFirst.reversed()) {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      Instant at = Instant.parse(task.path("createdAt").asString());
      line.put("at", Duration.between(first, at).toMillis());
      line.put("ms", task.path("durationMs").asLong());
      line.put("type", task.path("type").asString());
      line.put("queue", task.path("queue").asString());
      System.out.println(line);
    }
    return 0;
  }

  private List<JsonNode> tasks() throws CommandException {
    var found = new ArrayList<JsonNode>();
    String cursor = null;
    do {
      JsonNode page =
          server.get(
              "/tasks",
              "state",
              "succeeded",
              "queue",
              queue,
              "type",
              type,
              "limit",
              String.valueOf(Math.min(PAGE, limit - found.size())),
              "cursor",
              cursor);
      page.path("items").forEach(found::add);
      cursor = page.path("next").isNull() ? null : page.path("next").asString();
    } while (cursor != null && found.size() < limit);
    return found;
  }
}
