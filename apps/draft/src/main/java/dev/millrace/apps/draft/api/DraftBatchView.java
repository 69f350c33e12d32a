package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.http.schema.Doc;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts that were asked for together, as clients see them. */
@Doc("Drafts that were asked for together.")
public record DraftBatchView(
    @Doc("Also the id of the batch of their tasks.") String id,
    String name,
    Instant createdAt,
    @Doc("When the last draft ended.") @Nullable Instant finishedAt,
    @Doc("Recipes that were sent.") int recipes,
    @Doc("Recipes that were taken.") long drafts,
    @Doc("Drafts that have not ended.") long open,
    long ready,
    long failed,
    long cancelled,
    @Doc("How many of those taken have ended, in thousandths.") int progress,
    @Doc("Recipes that were refused, and why.") List<RefusedView> refused) {

  /** A recipe that was refused. */
  @Doc("A recipe that was refused.")
  public record RefusedView(
      @Doc("Its place in the request, from 0.") int index, List<Fault> errors) {}
}
