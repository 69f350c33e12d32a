package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The record of a draft as clients see it. */
@Doc("How a draft came to be and what became of it; outlives the draft.")
public record GenerationView(
    @Doc("Name of the draft.") String name,
    String title,
    @Doc("open, ready, failed or cancelled.") String state,
    @Doc("Id of its rule group; empty if the recipe named none.") String ruleGroup,
    @Doc("Version of a stored rule group; 0 if the recipe brought its own.") int ruleGroupVersion,
    @Doc("recipe, url, batch or draft.") String source,
    @Doc("The link without its query, the batch, or the draft it was made from.") String origin,
    @Doc("The task that made it.") String taskId,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Doc("Bytes of its files, if it became ready.") long bytes,
    @Doc("Why it failed, of its first problem.") @Nullable String code,
    @Doc("Its folder, if it is still there.") @Nullable String folder) {}
