package dev.millrace.apps.draft.api;

import dev.millrace.http.schema.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is to be removed. */
@Doc(
    "What is to be removed. What is left out is kept as long as the configuration says; PT0S keeps"
        + " it for ever.")
public record CleanupBody(
    @Doc("Finished drafts that ended longer ago than this.") @Nullable Duration drafts,
    @Doc("Downloads of drafts that failed longer ago than this.") @Nullable Duration downloads,
    @Doc("Records of drafts that are gone and ended longer ago than this.")
        @Nullable Duration records,
    @Doc("Cached files that no draft has used for this long.") @Nullable Duration cache,
    @Doc("Whether it is only told what would be removed.") boolean dryRun) {}
