package dev.millrace.server.tasks;

import dev.millrace.server.tasks.QueueWire.QueueItem;
import dev.millrace.server.tasks.TaskWire.Accepted;
import dev.millrace.server.tasks.TaskWire.AcceptedAll;
import dev.millrace.server.tasks.TaskWire.Changed;
import dev.millrace.server.tasks.TaskWire.LogItem;
import dev.millrace.server.tasks.TaskWire.TaskDetail;
import dev.millrace.server.tasks.TaskWire.TaskItem;
import dev.millrace.tasks.Attempt;
import dev.millrace.tasks.Kept;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Progress;
import dev.millrace.tasks.QueueOrder;
import dev.millrace.tasks.QueueView;
import dev.millrace.tasks.Step;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import dev.millrace.tasks.Trail;
import dev.millrace.tasks.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** The examples of the API document. */
final class TaskExamples {
  private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

  static final String ID = new TaskId((AT.toEpochMilli() << 20) | (7 << 10)).toString();
  static final String POSITION = "8f14e45fceea167a-1042";

  static final Accepted ACCEPTED =
      new Accepted(ID, TaskState.READY, false, POSITION, "/api/v1/tasks/" + ID);
  static final AcceptedAll ACCEPTED_ALL = new AcceptedAll(List.of(ID), POSITION);
  static final Changed CHANGED = new Changed(ID, TaskState.CANCELLED);
  private static final TaskView VIEW =
      new TaskView(
          TaskId.parse(ID),
          "sample.steps",
          "default",
          TaskState.SUCCEEDED,
          5,
          1,
          0,
          false,
          AT,
          null,
          AT.plusMillis(2),
          AT.plusMillis(640),
          new Progress(3, 3, "step 3 of 3"),
          null,
          null,
          List.of("demo"),
          null,
          null,
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          null,
          null,
          null,
          SubmitTask.EXAMPLE.input(),
          JsonNodeFactory.instance.objectNode().put("steps", 3));
  private static final Trail TRAIL =
      new Trail(
          List.of(
              new Attempt(
                  1, AT.plusMillis(2), AT.plusMillis(640), Transition.Event.SUCCEEDED, null)),
          List.of(new Step("step-1", AT.plusMillis(2), AT.plusMillis(210), null)),
          List.of());
  static final TaskItem ITEM = TaskItem.of(VIEW);
  static final TaskDetail DETAIL =
      TaskDetail.of(VIEW, TRAIL, Family.NONE, false, new Kept(AT.plus(Duration.ofDays(30)), null));
  static final LogItem LOG = new LogItem(AT, LogLine.Level.INFO, "step 1 of 3 is done");
  static final QueueItem QUEUE =
      QueueItem.of(
          new QueueView(
              "default",
              false,
              QueueOrder.FIFO,
              64,
              List.of(),
              null,
              null,
              Map.of(TaskState.READY, 12L, TaskState.RUNNING, 3L)));

  private TaskExamples() {}
}
