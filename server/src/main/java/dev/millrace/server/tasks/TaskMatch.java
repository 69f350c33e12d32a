package dev.millrace.server.tasks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Fault;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.BatchId;
import dev.millrace.tasks.TaskFilter;
import dev.millrace.tasks.TaskState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which tasks. What is left out matches any. */
public record TaskMatch(
    @Doc("In any of these states.") @Default("[]") List<TaskState> state,
    @Doc("Of this queue.") @Nullable @Size(max = 100) String queue,
    @Doc("Of this type.") @Nullable @Size(max = 100) String type,
    @Doc("With this tag.") @Nullable @Size(max = 100) String tag,
    @Doc(
            "With this at the beginning or end of the id, or within type, tags, unique key, key or"
                + " last error. A page may then hold few or no items and still have a next one:"
                + " each looks through a bounded number of tasks.")
        @Nullable
        @Size(max = 100)
        String text,
    @Doc("Of this tenant; looked for as a text is.") @Nullable @Size(max = 100) String tenant,
    @Doc("About this; looked for as a text is.") @Nullable @Size(max = 100) String key,
    @Doc("Of the batch with this id.") @Nullable @Size(max = 40) String batch,
    @Doc("Of the schedule of this name. Not together with tag.") @Nullable @Size(max = 50)
        String schedule,
    @Doc(
            "With this within the input, as JSON or as a text in it. Costs most: a page looks"
                + " through a bounded number of tasks and bytes, and 'lookedBackTo' says how far.")
        @Nullable
        @Size(max = 100)
        String input) {
  private static final TaskMatch ANY =
      new TaskMatch(List.of(), null, null, null, null, null, null, null, null, null);

  /** Any task. */
  static TaskMatch any() {
    return ANY;
  }

  TaskFilter filter() {
    return new TaskFilter(
        Set.copyOf(state),
        queue,
        type,
        tagOrSchedule(),
        text,
        tenant,
        key,
        batch == null ? null : BatchId.parse(batch),
        input);
  }

  private @Nullable String tagOrSchedule() {
    if (schedule == null) {
      return tag;
    }
    if (tag != null) {
      throw TaskProblems.OPTION_INVALID.because(
          "Give either tag or schedule.",
          List.of(new Fault("?schedule", "give either tag or schedule", "task-option-invalid")));
    }
    return "schedule:" + schedule;
  }
}
