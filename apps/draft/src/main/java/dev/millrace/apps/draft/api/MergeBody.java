package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Default;
import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts that become one. */
@Doc("Drafts that become one.")
public record MergeBody(
    @Doc("Names of the drafts; canvas and frame rate are those of the first.")
        @Size(min = 2, max = 50)
        List<String> drafts,
    @Doc("Whether they play one after the other or at the same time.") @Default("sequence")
        Mode mode,
    @Doc("Title of the new draft.") @Size(max = 200) @Nullable String title) {

  /** How drafts are put together. */
  public enum Mode {
    /** One behind the other. */
    SEQUENCE,
    /** Each over the one before. */
    LAYERS
  }
}
