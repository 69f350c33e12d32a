package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Range;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which records are wanted. */
public record GenerationQuery(
    @Doc("Id of a rule group.") @Nullable String ruleGroup,
    @Doc("open, ready, failed or cancelled.") @Nullable State state,
    @Doc("recipe, url, batch or draft.") @Nullable From source,
    @Doc("The link, the batch, or the draft it was made from.") @Nullable String origin,
    @Doc("Part of the title or the name.") @Nullable String text,
    @Doc("Made at or after this.") @Nullable Instant after,
    @Doc("Made before this.") @Nullable Instant before,
    @Doc("How many at most.") @Range(min = 1, max = 200) @Default("50") int limit,
    @Doc("`next` of the page before.") @Nullable String cursor) {

  /** Where a page ended. */
  record Key(long task) {}

  /** What a draft ended as. */
  public enum State {
    OPEN,
    READY,
    FAILED,
    CANCELLED
  }

  /** What asked for a draft. */
  public enum From {
    RECIPE,
    URL,
    BATCH,
    DRAFT
  }
}
