package dev.millrace.server.tasks;

import dev.millrace.http.schema.WireNames;
import dev.millrace.tasks.TaskId;
import dev.millrace.tasks.TaskState;
import dev.millrace.tasks.Tasks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be done to many tasks. */
public enum BulkVerb {
  /** Gives up what is not over. */
  CANCEL,
  /** Runs again what is dead or was cancelled, and now what waits for its time. */
  RETRY,
  /** Runs again what is dead. */
  REDRIVE,
  /** Gives up what is dead. */
  DISCARD,
  /** Takes out of history what is over. */
  DELETE;

  /** The states that it applies to. */
  Set<TaskState> from() {
    return switch (this) {
      case CANCEL ->
          EnumSet.of(
              TaskState.SCHEDULED,
              TaskState.WAITING,
              TaskState.READY,
              TaskState.RUNNING,
              TaskState.RETRYING);
      case RETRY ->
          EnumSet.of(TaskState.DEAD, TaskState.CANCELLED, TaskState.SCHEDULED, TaskState.RETRYING);
      case REDRIVE, DISCARD -> EnumSet.of(TaskState.DEAD);
      case DELETE -> EnumSet.of(TaskState.SUCCEEDED, TaskState.DEAD, TaskState.CANCELLED);
    };
  }

  void on(Tasks tasks, TaskId id) {
    switch (this) {
      case CANCEL -> tasks.cancel(id);
      case RETRY, REDRIVE -> tasks.retry(id);
      case DISCARD -> tasks.discard(id);
      case DELETE -> tasks.delete(id);
    }
  }

  String word() {
    return WireNames.of(this);
  }

  static BulkVerb parse(String word) {
    List<String> words = Arrays.stream(values()).map(BulkVerb::word).toList();
    int at = words.indexOf(word);
    if (at < 0) {
      throw new IllegalArgumentException("action '" + word + "' is none of " + words);
    }
    return values()[at];
  }
}
