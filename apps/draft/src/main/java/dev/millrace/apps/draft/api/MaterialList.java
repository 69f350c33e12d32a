package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import org.jspecify.annotations.Nullable;

/** The query of the materials of a draft. */
public record MaterialList(
    @Doc(
            "Only those of this list, such as videos; otherwise those that people know: files and"
                + " texts.")
        @Nullable String list,
    @Doc("How many at most.") @Range(min = 1, max = 1_000) @Default("200") int limit,
    @Doc("`next` of the page before.") @Nullable String cursor) {

  /** Where a page ended. */
  record Key(int after) {}
}
