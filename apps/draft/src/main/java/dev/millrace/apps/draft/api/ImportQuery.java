package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** The query of an import. */
public record ImportQuery(
    @Doc("Title of the draft; the name of the folder in the archive if it is left out.")
        @Size(max = 200)
        @Nullable String title) {}
