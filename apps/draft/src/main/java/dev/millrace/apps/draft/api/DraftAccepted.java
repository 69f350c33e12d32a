package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;

/** The answer to a recipe. */
@Doc("A recipe was accepted; its task makes the draft.")
public record DraftAccepted(
    @Doc("The task to follow.") String taskId,
    @Doc("The name that the draft will have.") String name,
    @Doc("Where the task is followed.") String statusUrl) {}
