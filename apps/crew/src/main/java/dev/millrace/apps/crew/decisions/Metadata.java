package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;
import dev.millrace.http.schema.Size;
import org.jspecify.annotations.Nullable;

/** Where a decision comes from. */
@Doc("Where a decision comes from.")
public record Metadata(
    @Doc("The session it was made in.") @Nullable @Size(max = 200) String sessionId,
    @Doc("How complex the matter was.") @Nullable @Size(max = 50) String complexity,
    @Doc("The workflow it belongs to.") @Nullable @Size(max = 200) String workflowId,
    @Doc("Its id in the record it was imported from.") @Nullable @Size(max = 200) String origin) {
  /** Of unknown origin. */
  public static final Metadata NONE = new Metadata(null, null, null, null);
}
