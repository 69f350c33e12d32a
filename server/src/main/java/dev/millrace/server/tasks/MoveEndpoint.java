package dev.millrace.server.tasks;

import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.http.schema.Fault;
import dev.millrace.server.tasks.TaskWire.Changed;
import dev.millrace.server.tasks.TaskWire.Move;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskMove;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code PATCH /api/v1/tasks/{id}}: change a task that waits. */
final class MoveEndpoint {
  private static final Move EXAMPLE =
      new Move(
          0,
          "urgent",
          null,
          Duration.ofMinutes(5),
          JsonNodeFactory.instance.objectNode().put("steps", 5).put("ms", 100));
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private MoveEndpoint() {}

  static Endpoint of(Tasks tasks) {
    return Endpoint.patch("/api/v1/tasks/{id}")
        .id("moveTask")
        .summary("Change priority, queue, time or input of a task that waits")
        .description(
            "What is left out stays as it is. One that a limit holds up, or that waits for others,"
                + " takes another priority, queue or input and goes on waiting; one that runs or is"
                + " over is refused. The input is checked as that of a submission; hidden values"
                + " that are given back as they are shown stay as they are, and so do the steps"
                + " that are done.")
        .tags("tasks")
        .path("id", "The task's id.", TaskExamples.ID)
        .body(Move.class, EXAMPLE)
        .answers(200, Changed.class, new Changed(TaskExamples.ID, TaskState.SCHEDULED))
        .problems(
            TaskProblems.ID_INVALID,
            TaskProblems.NOT_FOUND,
            TaskProblems.STATE,
            TaskProblems.OPTION_INVALID,
            TaskProblems.INPUT_INVALID,
            TaskProblems.TYPE_UNKNOWN,
            TaskProblems.LIMIT)
        .handle(request -> {
          TaskId id = TaskEndpoints.id(request);
          Move body = request.body();
          tasks.move(id, new TaskMove(body.priority(), body.queue(), runAt(body), body.input()));
          TaskState state = tasks.find(id).orElseThrow(() -> TaskEndpoints.notFound(id)).state();
          return Reply.ok(new Changed(id.toString(), state));
        });
  }

  private static @Nullable Instant runAt(Move body) {
    Duration delay = body.delay();
    if (delay == null) {
      return body.runAt();
    }
    String wrong =
        body.runAt() != null
            ? "Give either delay or runAt."
            : delay.isNegative() || delay.compareTo(LONGEST) > 0
                ? "delay is " + delay + "; use PT0S to " + LONGEST + "."
                : null;
    if (wrong != null) {
      throw TaskProblems.OPTION_INVALID.because(
          wrong, List.of(new Fault("/delay", wrong, "task-option-invalid")));
    }
    return Instant.now().plus(delay);
  }
}
