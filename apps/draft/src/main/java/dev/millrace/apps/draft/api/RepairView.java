package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a repair changed. */
@Doc("What a repair changed, or would change.")
public record RepairView(
    boolean dryRun,
    List<ChangeView> changes,
    @Doc("Errors that the checker found before.") int errorsBefore,
    @Doc("What the checker says afterwards.") DraftVerdict after,
    @Doc("The file beside the draft that keeps the old document; null if nothing was written.")
        @Nullable String oldContent) {

  /** A change. */
  @Doc("A change.")
  public record ChangeView(
      @Doc("The rule that was broken.") String rule,
      @Doc("The document it is in.") String file,
      @Doc("JSON pointer into the document as it was; empty for the whole.") String pointer,
      @Doc("What is done there.") String what) {}
}
