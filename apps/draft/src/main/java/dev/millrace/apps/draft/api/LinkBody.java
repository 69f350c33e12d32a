package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;

/** A link to a recipe. */
@Doc("A link to a recipe.")
public record LinkBody(@Doc("http or https, to a public address.") String url) {}
