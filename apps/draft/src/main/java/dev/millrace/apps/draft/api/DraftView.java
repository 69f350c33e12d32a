package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.records.DraftState;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draft as clients see it. */
@Doc("A draft.")
public record DraftView(
    @Doc("Name of its folder, and of it everywhere else.") String name,
    @Doc("What the recipe calls it.") String title,
    DraftState state,
    @Doc("The task that makes it; null if no recipe made it.") @Nullable String taskId,
    Instant createdAt,
    @Doc("When it became ready, failed or was cancelled.") @Nullable Instant endedAt,
    @Doc("Items of the recipe.") int items,
    @Doc("Files of the recipe, 0 until they are counted.") int files,
    @Doc("Bytes of its files, once it is ready.") long bytes,
    @Doc("Its length in microseconds, once it is ready.") long durationMicros,
    @Doc("What a person should know although it was made.") List<Note> notes,
    @Doc("Why it could not be made.") List<Fault> problems,
    @Doc("How far it is, while it is made.") @Nullable DraftProgress progress) {}
