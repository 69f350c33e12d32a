package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A draft in a list. */
@Doc("A draft in a list.")
public record DraftSummary(
    @Doc("Name of its folder.") String name,
    @Doc("What the recipe calls it.") String title,
    DraftState state,
    @Doc("The task that makes it; null if no recipe made it.") @Nullable String taskId,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Doc("Items of the recipe.") int items,
    @Doc("Files of the recipe, 0 until they are counted.") int files,
    @Doc("Bytes of its files, once it is ready.") long bytes,
    @Doc("Its length in microseconds, once it is ready.") long durationMicros,
    @Doc("How many things a person should know.") int notes,
    @Doc("How many reasons there are that it could not be made.") int problems,
    @Doc("How far it is in thousandths, while it is made.") @Nullable Integer progress) {}
