package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** What is wanted of a duplicate. */
@Doc("What is wanted of a duplicate.")
public record DuplicateBody(
    @Doc("Title of the new draft; that of the old one if it is left out.") @Size(max = 200)
        @Nullable String title) {}
