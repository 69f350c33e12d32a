package dev.millrace.tasks;

import dev.millrace.store.Position;

/**
 * The answer to a submission.
 *
 * @param state ready or scheduled; of a duplicate, the state of the task that is there
 * @param duplicate whether an unfinished task with the same unique key was there already
 * @param position the commit; inside a caller's transaction the one that it will have
 */
public record Submitted(TaskId id, TaskState state, boolean duplicate, Position position) {}
