package dev.millrace.apps.draft.upkeep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be removed; null for what the configuration says, zero to keep for ever.
 *
 * @param drafts finished longer ago than this
 * @param downloads of drafts that failed longer ago than this
 * @param records of drafts that are gone and ended longer ago than this
 * @param cache files that no draft has used for this long
 * @param dryRun whether it is only told what would be removed
 */
public record CleanupInput(
    @Nullable Duration drafts,
    @Nullable Duration downloads,
    @Nullable Duration records,
    @Nullable Duration cache,
    boolean dryRun) {}
