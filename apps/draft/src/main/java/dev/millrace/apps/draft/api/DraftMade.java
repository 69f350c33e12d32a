package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draft that was made out of others, or changed. */
@Doc("A draft that was made out of others, or changed.")
public record DraftMade(
    @Doc("Name of the draft.") String name,
    @Doc("What a person should know although it was done.") List<Note> notes,
    @Doc("The file beside the draft that keeps the old document; null for a new draft.")
        @Nullable String oldContent) {}
