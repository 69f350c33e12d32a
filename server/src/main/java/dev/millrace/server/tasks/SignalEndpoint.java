package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.Tasks;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /api/v1/tasks/{id}/signals/{name}}: tell a task what it awaits. */
final class SignalEndpoint {
  private static final int LONGEST = 100;

  private SignalEndpoint() {}

  /** The answer to a signal. */
  public record Signalled(
      @Doc("The task's id.") String id, @Doc("The commit it stands in.") String position) {}

  static Endpoint of(Tasks tasks) {
    return Endpoint.post("/api/v1/tasks/{id}/signals/{name}")
        .id("signalTask")
        .summary("Send a signal to a task")
        .description(
            "The body is what the handler gets: any JSON, or none. A signal is kept until the task"
                + " takes it, also when it comes before it is awaited; those of a name are taken in"
                + " the order in which they came.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .path("name", "The name that the handler awaits.", "delivered")
        .optionalBody(
            JsonNode.class,
            JsonNodeFactory.instance.objectNode().put("receipt", "A-17"),
            JsonNodeFactory.instance.nullNode())
        .answers(202, Signalled.class, new Signalled(TaskExamples.ID, TaskExamples.POSITION))
        .problems(
            TaskProblems.ID_INVALID,
            TaskProblems.NOT_FOUND,
            TaskProblems.STATE,
            TaskProblems.OPTION_INVALID,
            TaskProblems.LIMIT)
        .handle(request -> {
          TaskId id = TaskEndpoints.id(request);
          String name = request.path("name");
          check(name);
          JsonNode body = request.body();
          return Reply.accepted(
              new Signalled(
                  id.toString(), tasks.signal(id, name, body.isNull() ? null : body).toString()));
        });
  }

  private static void check(String name) {
    if (name.isBlank() || name.length() > LONGEST || name.startsWith("millrace.")) {
      String detail =
          name.startsWith("millrace.")
              ? "The signals 'millrace.…' are the server's own; steer a workflow by its endpoints."
              : "A signal's name has 1 to " + LONGEST + " characters.";
      throw TaskProblems.OPTION_INVALID.because(
          detail, List.of(new Fault("/name", detail, "task-option-invalid")));
    }
  }
}
