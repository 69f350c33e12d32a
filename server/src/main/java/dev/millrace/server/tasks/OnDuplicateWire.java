package dev.millrace.server.tasks;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import dev.millrace.tasks.OnDuplicate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of the task that has a submission's unique key already, as clients say it. */
public record OnDuplicateWire(
    @Doc(
            "'keep' leaves it; 'replace' gives it the parts that are named; 'debounce' puts it off"
                + " by the delay and gives it the input; 'keep-last' gives it the input. One that"
                + " has begun stays as it is: then debounce and keep-last keep another one to run"
                + " after it.")
        OnDuplicate.Action action,
    @Doc("What 'replace' takes from the submission.") @Default("[]") @Size(max = 4)
        List<OnDuplicate.Part> parts,
    @Doc("How long after its submission 'debounce' puts a task off at most.")
        @Nullable Duration atMost) {

  OnDuplicate wanted() {
    return new OnDuplicate(action, Set.copyOf(parts), atMost);
  }
}
