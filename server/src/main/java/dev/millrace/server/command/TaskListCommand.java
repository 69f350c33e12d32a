package dev.millrace.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the newest tasks that match. */
@Command(name = "list")
final class TaskListCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Option(names = "--state", split = ",")
  private List<String> states = new ArrayList<>();

  @Option(names = "--queue")
  private @Nullable String queue;

  @Option(names = "--type")
  private @Nullable String type;

  @Option(names = "--tag")
  private @Nullable String tag;

  @Option(names = "--text")
  private @Nullable String text;

  @Option(names = "--input")
  private @Nullable String input;

  @Option(names = "--tenant")
  private @Nullable String tenant;

  @Option(names = "--key")
  private @Nullable String key;

  @Option(names = "--batch", paramLabel = "ID")
  private @Nullable String batch;

  @Option(names = "--schedule")
  private @Nullable String schedule;

  @Option(names = "--limit", defaultValue = "20")
  private int limit = 20;

  @Override
  public Integer call() throws CommandException {
    JsonNode page =
        server.list(
            limit,
            limit,
            "state",
            states.isEmpty() ? null : String.join(",", states),
            "queue",
            queue,
            "type",
            type,
            "tag",
            tag,
            "text",
            text,
            "input",
            input,
            "tenant",
            tenant,
            "key",
            key,
            "batch",
            batch,
            "schedule",
            schedule);
    server.print(page, () -> print(page));
    return 0;
  }

  private static void print(JsonNode page) {
    boolean more = !page.path("next").isNull();
    if (page.path("items").isEmpty()) {
      System.out.println(more ? "no tasks so far" + looked(page) : "no tasks");
      return;
    }
    var table =
        new TextTable("id", "state", "type", "queue", "attempt", "created", "took", "error");
    for (JsonNode task : page.path("items")) {
      table.row(
          TaskWords.text(task, "id"),
          TaskWords.text(task, "state"),
          TaskWords.text(task, "type"),
          TaskWords.text(task, "queue"),
          task.path("attempt").asInt(),
          TaskWords.time(task, "createdAt"),
          TaskWords.took(task),
          TaskWords.text(task, "error"));
    }
    System.out.println(table);
    if (more) {
      System.out.println(
          "There are more"
              + looked(page)
              + "; narrow the list down, or raise --limit (up to 200).");
    }
  }

  private static String looked(JsonNode page) {
    String at = TaskWords.time(page, "lookedBackTo");
    return at.equals("-") ? "" : ", looked back to " + at;
  }
}
