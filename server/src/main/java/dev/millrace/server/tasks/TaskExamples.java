package dev.millrace.server.tasks;

import dev.millrace.server.tasks.TaskWire.Accepted;
import dev.millrace.server.tasks.TaskWire.AcceptedAll;
import dev.millrace.server.tasks.TaskWire.AttemptItem;
import dev.millrace.server.tasks.TaskWire.Changed;
import dev.millrace.server.tasks.TaskWire.Done;
import dev.millrace.server.tasks.TaskWire.LogItem;
import dev.millrace.server.tasks.TaskWire.QueueItem;
import dev.millrace.server.tasks.TaskWire.StepItem;
import dev.millrace.server.tasks.TaskWire.TaskDetail;
import dev.millrace.server.tasks.TaskWire.TaskItem;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** The examples of the API document. */
final class TaskExamples {
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

  static final String ID = new TaskId((AT.toEpochMilli() << 20) | (7 << 10)).toString();
  private static final String POSITION = "8f14e45fceea167a-1042";

  static final Accepted ACCEPTED =
      new Accepted(ID, TaskState.READY, false, POSITION, "/api/v1/tasks/" + ID);
  static final AcceptedAll ACCEPTED_ALL = new AcceptedAll(List.of(ID), POSITION);
  static final Changed CHANGED = new Changed(ID, TaskState.CANCELLED);
  static final TaskItem ITEM =
      new TaskItem(
          ID,
          "sample.steps",
          "default",
          5,
          TaskState.SUCCEEDED,
          1,
          0,
          false,
          List.of("demo"),
          null,
          new Done(3, 3, "step 3 of 3"),
          null,
          AT,
          null,
          AT.plusMillis(2),
          AT.plusMillis(640),
          638L);
  static final TaskDetail DETAIL =
      new TaskDetail(
          ITEM.id(),
          ITEM.type(),
          ITEM.queue(),
          ITEM.priority(),
          ITEM.state(),
          ITEM.attempt(),
          ITEM.crashes(),
          ITEM.cancelling(),
          ITEM.tags(),
          ITEM.uniqueKey(),
          ITEM.progress(),
          ITEM.error(),
          ITEM.createdAt(),
          ITEM.runAt(),
          ITEM.startedAt(),
          ITEM.finishedAt(),
          ITEM.durationMs(),
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          SubmitTask.EXAMPLE.input(),
          JsonNodeFactory.instance.objectNode().put("steps", 3),
          List.of(new AttemptItem(1, AT.plusMillis(2), AT.plusMillis(640), "succeeded", null)),
          List.of(new StepItem("step-1", AT.plusMillis(2), AT.plusMillis(210), 208, null)));
  static final LogItem LOG = new LogItem(AT, LogLine.Level.INFO, "step 1 of 3 is done");
  static final QueueItem QUEUE =
      QueueItem.of(
          new QueueView("default", false, 64, Map.of(TaskState.READY, 12L, TaskState.RUNNING, 3L)));

  private TaskExamples() {}
}
