package dev.millrace.tasks;

import dev.millrace.tasks.workflow.Book;
import dev.millrace.tasks.workflow.Status;

/**
 * A step that a run of a workflow makes in one commit. Immutable.
 *
 * @param name of its definition
 * @param version of its definition
 * @param status of the run after it
 * @param before what the run had come to
 * @param after what it comes to
 */
public record WorkflowChange(
    TaskId run, String name, int version, Status status, Book before, Book after) {}
