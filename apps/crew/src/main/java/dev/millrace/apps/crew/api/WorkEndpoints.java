package dev.millrace.apps.crew.api;

import dev.millrace.apps.crew.runs.OpenWork;
import dev.millrace.apps.crew.runs.RunException;
import dev.millrace.apps.crew.runs.WorkItem;
import dev.millrace.apps.crew.work.Answer;
import dev.millrace.http.Endpoint;
import dev.millrace.http.Page;
import dev.millrace.http.Reply;
import dev.millrace.store.Position;
import java.util.List;
import java.util.Optional;

/** Work that waits for people. */
public final class WorkEndpoints {
  private static final String WORK = "/api/v1/crew/work";

  private final OpenWork work;

  public WorkEndpoints(OpenWork work) {
    this.work = work;
  }

  public List<Endpoint> all() {
    return List.of(list(), answer());
  }

  private Endpoint list() {
    return Endpoint.get(WORK)
        .id("listCrewWork")
        .tags("crew")
        .summary("List work that waits for people, newest first")
        .query(RunBodies.WorkQuery.class)
        .answersPage(WorkItem.class, RunExamples.WORK)
        .handle(request -> {
          RunBodies.WorkQuery query = request.query();
          OpenWork.Listed page =
              RunProblems.told(() -> work.list(query.workflow(), query.limit(), query.cursor()));
          return Reply.ok(new Page<>(page.items(), page.next()));
        });
  }

  private Endpoint answer() {
    return Endpoint.post(WORK + "/{taskId}/answer")
        .id("answerCrewWork")
        .tags("crew")
        .path("taskId", "Id of the task that waits.", RunExamples.ID)
        .summary("Answer for an agent whose work is a person's")
        .body(Answer.class, RunExamples.ANSWER)
        .answers(202, RunBodies.Told.class, RunExamples.TOLD)
        .problems(CrewProblems.WORK_NOT_FOUND, CrewProblems.WORK_STATE)
        .handle(request -> {
          String id = request.path("taskId");
          try {
            Optional<Position> position = work.answer(id, request.body());
            return Reply.accepted(
                new RunBodies.Told(
                    position.orElseThrow(() ->
                        CrewProblems.WORK_NOT_FOUND.because("There is no work '" + id + "'."))));
          } catch (RunException refused) {
            throw CrewProblems.WORK_STATE.because(refused.getMessage() + ".");
          }
        });
  }
}
