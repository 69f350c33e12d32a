package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;

/** The answer to a clean-up. */
@Doc("A task removes what is asked for; its result tells what that was.")
public record CleanupView(
    @Doc("The task to follow.") String taskId,
    @Doc("Where the task is followed.") String statusUrl) {}
