package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pieces to take out of a draft. */
@Doc("Which pieces to take out of a draft; all of it if nothing is said.")
public record SubDraftBody(
    @Doc("Name of the draft.") String draft,
    @Doc("Ids or names of tracks.") @Size(max = 200) @Nullable List<String> tracks,
    @Doc("Ids of segments.") @Size(max = 10_000) @Nullable List<String> segments,
    @Doc("Only segments that begin then or later, in seconds.") @Range(min = 0, max = 86_400)
        @Nullable Double from,
    @Doc("Only segments that begin before, in seconds.") @Range(min = 0, max = 86_400)
        @Nullable Double to) {}
