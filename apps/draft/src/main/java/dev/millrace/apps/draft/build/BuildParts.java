package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.extension.TypedReader;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.DraftWriter;
import dev.millrace.apps.draft.folder.EditorPaths;
import dev.millrace.apps.draft.media.MediaProbe;
import dev.millrace.apps.draft.records.BatchRecords;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.apps.draft.records.Pauses;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.tasks.TaskId;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What a {@link DraftBuilder} is made of.
 *
 * @param givenUp whether somebody cancelled a task, as opposed to the server stopping
 */
public record BuildParts(
    DraftRecords records,
    Pauses pauses,
    GenerationRecords generations,
    StoredRules rules,
    BatchRecords batches,
    TypedReader reader,
    DownloadGroups downloads,
    MediaProbe probe,
    Workplace workplace,
    DraftRoot root,
    EditorPaths paths,
    LiveBuilds builds,
    Predicate<TaskId> givenUp,
    InstantSource clock) {

  /** The handler made of these. */
  public DraftBuilder builder() {
    return new DraftBuilder(
        records,
        pauses,
        generations,
        rules,
        batches,
        reader,
        new FileFetcher(downloads, workplace),
        new FileProber(probe, workplace),
        new Assembly(workplace, new DraftWriter(root, paths), paths),
        workplace,
        builds,
        givenUp,
        clock);
  }
}
