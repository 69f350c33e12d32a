package dev.millrace.server.tasks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
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
            "With this at the beginning or end of the id, or within type, tags, unique key or last"
                + " error.")
        @Nullable
        @Size(max = 100)
        String text) {
  TaskFilter filter() {
    return new TaskFilter(Set.copyOf(state), queue, type, tag, text);
  }
}
