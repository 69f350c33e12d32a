package dev.millrace.apps.draft.upkeep;

import java.util.List;

/**
 * What was removed, or would be.
 *
 * @param settled drafts whose tasks were over without having said so
 * @param names of the drafts, the first 1,000
 * @param skipped drafts that were old enough, but somebody is at work in them
 */
public record CleanupOutput(
    boolean dryRun,
    int settled,
    int drafts,
    long draftBytes,
    int downloads,
    long downloadBytes,
    int records,
    int cacheFiles,
    long cacheBytes,
    int skipped,
    List<String> names) {
  public CleanupOutput {
    names = List.copyOf(names);
  }
}
