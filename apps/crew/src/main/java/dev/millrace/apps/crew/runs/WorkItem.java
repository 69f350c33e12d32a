package dev.millrace.apps.crew.runs;

import dev.millrace.apps.crew.work.Work;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Work that waits for a person. */
@Doc("Work that waits for a person.")
public record WorkItem(
    @Doc("The task to answer.") String taskId,
    @Doc("What is asked.") Work work,
    @Doc("Since when.") Instant since,
    @Doc("Until when.") @Nullable Instant until) {}
