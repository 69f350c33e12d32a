package dev.millrace.tasks;

import dev.millrace.store.Position;
import java.util.List;

/**
 * The answer to a bulk submission.
 *
 * @param ids in the order of the submissions; of a duplicate, the id of the task that is there
 */
public record SubmittedAll(List<TaskId> ids, Position position) {}
