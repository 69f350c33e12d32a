package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.executions.LearnInput;
import dev.millrace.apps.crew.executions.LearnReport;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Reply;
import dev.millrace.tasks.SubmitOptions;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskType;
import dev.millrace.tasks.Tasks;
import java.util.List;

/** Learning from executions. */
public final class LearningEndpoints {
  private final Tasks tasks;
  private final TaskType<LearnInput, LearnReport> type;

  public LearningEndpoints(Tasks tasks, TaskType<LearnInput, LearnReport> type) {
    this.tasks = tasks;
    this.type = type;
  }

  public List<Endpoint> all() {
    return List.of(learn());
  }

  private Endpoint learn() {
    return Endpoint.post("/api/v1/crew/agents/learn")
        .id("learnFromExecutions")
        .tags("crew")
        .summary("Learn from executions how well agents do, as a task")
        .description(
            "What is said about an agent counts as ten executions beside those that it took part"
                + " in; ranking goes by the result. A schedule may submit the task type"
                + " crew.learn.")
        .body(LearnInput.class, new LearnInput(90))
        .answers(202, DecisionBodies.Accepted.class, Examples.ACCEPTED)
        .handle(request -> {
          TaskId task =
              tasks
                  .submit(
                      type,
                      request.body(),
                      SubmitOptions.defaults()
                          .withTags("crew")
                          .withTraceparent(request.traceparent()))
                  .id();
          return Reply.accepted(
              new DecisionBodies.Accepted(task.toString(), "/api/v1/tasks/" + task));
        });
  }
}
