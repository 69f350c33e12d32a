package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import org.jspecify.annotations.Nullable;

/** The query of the lists. */
public record DraftList(
    @Doc("How many at most.") @Range(min = 1, max = 200) @Default("50") int limit,
    @Doc("`next` of the page before.") @Nullable String cursor) {

  /** Where a page of drafts ended. */
  record Key(long task) {}

  /** Where a page of files ended. */
  record FileKey(int no) {}
}
