package dev.millrace.server.webhooks;

import dev.millrace.http.Json;
import dev.millrace.store.journal.Event;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.TaskView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a web hook is told, in the form of Standard Webhooks: type, timestamp, data. It names the
 * task and says where it stands, without input and result: who may see those asks for them.
 *
 * @param id the same for the same change, however often it is told
 * @param about the task's id
 * @param body JSON
 */
record Message(String id, String event, String about, String body) {

  /** The whole body. */
  record Body(String type, Instant timestamp, Object data) {}

  /** A task when it changed. */
  record TaskData(
      String id,
      String type,
      String queue,
      TaskState state,
      int attempt,
      List<String> tags,
      @Nullable String tenant,
      @Nullable String key,
      @Nullable String uniqueKey,
      @Nullable String batch,
      @Nullable String error,
      Instant createdAt,
      @Nullable Instant finishedAt,
      String position) {}

  /** Nothing but a greeting. */
  record TestData(String webhook, String text) {}

  /**
   * That a task came into a state.
   *
   * @param encrypted whether its error is for no copy outside of its row
   */
  static Message of(Event event, TaskState state, TaskView task, boolean encrypted) {
    String about = task.id().toString();
    String position = event.cursor().position().toString();
    String type = "task." + state.word();
    var data =
        new TaskData(
            about,
            task.type(),
            task.queue(),
            state,
            task.attempt(),
            task.tags(),
            task.tenant(),
            task.key(),
            task.uniqueKey(),
            task.batch() == null ? null : task.batch().toString(),
            state == TaskState.SUCCEEDED || encrypted ? null : task.error(),
            task.createdAt(),
            state.finished() ? task.finishedAt() : null,
            position);
    String id = "msg_" + about + "_" + position + "_" + state.word();
    return new Message(id, type, about, json(new Body(type, event.at(), data)));
  }

  /** A message to try a receiver with. */
  static Message test(String webhook, Instant at) {
    String type = "webhook.test";
    var data = new TestData(webhook, "This is a test. Nothing has happened.");
    return new Message(
        "msg_test_" + at.toEpochMilli(), type, webhook, json(new Body(type, at, data)));
  }

  private static String json(Body body) {
    return Json.mapper().writeValueAsString(body);
  }
}
