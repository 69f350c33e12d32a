package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import org.jspecify.annotations.Nullable;

/** The query of a list of the catalogue. */
public record CatalogQuery(
    @Doc("Part of a name, upper or lower case.") @Nullable String q,
    @Doc("How many at most.") @Range(min = 1, max = 1_000) @Default("100") int limit,
    @Doc("`next` of the page before.") @Nullable String cursor) {

  /** How many entries came before. */
  record Key(int done) {}
}
