package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;

/** The query of a preview. */
public record PreviewQuery(
    @Doc("Name of the draft.") String draft,
    @Doc("The file within the draft's folder, such as Resources/1.jpg.") String file) {}
