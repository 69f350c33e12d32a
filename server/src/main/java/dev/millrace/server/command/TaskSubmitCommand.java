package dev.millrace.server.command;

import dev.millrace.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Submits a task, and follows it if asked to. */
@Command(name = "submit")
final class TaskSubmitCommand implements Callable<Integer> {
  @Mixin private TaskServer server = new TaskServer();

  @Parameters(index = "0", paramLabel = "TYPE")
  private String type = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "INPUT")
  private @Nullable String input;

  @Option(names = "--queue")
  private @Nullable String queue;

  @Option(names = "--priority")
  private @Nullable Integer priority;

  @Option(names = "--delay", paramLabel = "PT30S")
  private @Nullable String delay;

  @Option(names = "--unique-key")
  private @Nullable String uniqueKey;

  @Option(names = "--unique-for", paramLabel = "PT1H")
  private @Nullable String uniqueFor;

  @Option(names = "--cost")
  private @Nullable Integer cost;

  @Option(names = "--on-duplicate", paramLabel = "keep|replace|debounce|keep-last")
  private @Nullable String onDuplicate;

  @Option(names = "--replace", split = ",", paramLabel = "input,priority,queue,due")
  private List<String> replaced = new ArrayList<>();

  @Option(names = "--at-most", paramLabel = "PT1M")
  private @Nullable String atMost;

  @Option(names = "--expiry", paramLabel = "PT10M")
  private @Nullable String expiry;

  @Option(names = "--tenant")
  private @Nullable String tenant;

  @Option(names = "--key")
  private @Nullable String key;

  @Option(names = "--tag")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--after", paramLabel = "ID")
  private List<String> after = new ArrayList<>();

  @Option(names = "--after-outcome", paramLabel = "failed|ended")
  private @Nullable String afterOutcome;

  @Option(names = "--chain")
  private @Nullable String chain;

  @Option(names = "--follow")
  private boolean follow;

  @Override
  public Integer call() throws CommandException, IOException {
    ObjectNode body = Json.mapper().createObjectNode().put("type", type);
    body.set("input", input == null ? Json.mapper().createObjectNode() : json(input));
    body.put("queue", queue).put("priority", priority).put("delay", delay);
    body.put("uniqueKey", uniqueKey).put("tenant", tenant).put("key", key);
    body.put("uniqueFor", uniqueFor).put("expiry", expiry).put("cost", cost);
    if (onDuplicate != null) {
      ObjectNode wanted = body.putObject("onDuplicate").put("action", onDuplicate);
      wanted.put("atMost", atMost);
      replaced.forEach(wanted.putArray("parts")::add);
    }
    tags.forEach(body.putArray("tags")::add);
    var before = body.putArray("after");
    for (String id : after) {
      before.add(server.id(id));
    }
    if (afterOutcome != null) {
      body.put("afterOutcome", afterOutcome);
    }
    if (chain != null) {
      body.put("chain", chain);
    }
    JsonNode answer = server.post("/tasks", body.toString());
    String id = answer.path("id").asString();
    if (follow) {
      return new TaskFollower(server).follow(id);
    }
    boolean duplicate = answer.path("duplicate").asBoolean();
    server.print(
        answer,
        () -> {
          System.out.println(id);
          if (duplicate) {
            System.err.println("millrace: it was there already, with the same unique key");
          }
        });
    return 0;
  }

  /** JSON from the command line, or of the file whose name stands behind an @. */
  static JsonNode json(String given) throws CommandException, IOException {
    String text = given.startsWith("@") ? Files.readString(Path.of(given.substring(1))) : given;
    try {
      return Json.mapper().readTree(text);
    } catch (JacksonException malformed) {
      throw new CommandException(
          "the input is no JSON: "
              + malformed.getOriginalMessage()
              + "\nPut it into single quotes, or into a file and name that as @FILE.");
    }
  }
}
