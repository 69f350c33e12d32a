package dev.millrace.tasks;

import java.util.List;

/**
 * Which unfinished tasks wait for which, seen from one task; up to 100 each way.
 *
 * @param before the tasks that it waits for
 * @param after the tasks that wait for it
 */
public record TaskLinks(List<TaskId> before, List<TaskId> after) {}
