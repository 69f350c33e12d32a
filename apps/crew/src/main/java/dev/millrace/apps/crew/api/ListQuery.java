package dev.millrace.apps.crew.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import org.jspecify.annotations.Nullable;

/** The query of the lists. */
public record ListQuery(
    @Doc("How many at most.") @Range(min = 1, max = 200) @Default("50") int limit,
    @Doc("`next` of the page before.") @Nullable String cursor) {

  /** Where a page ended. */
  record Key(long id) {}
}
