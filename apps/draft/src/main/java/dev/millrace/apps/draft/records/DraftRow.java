package dev.millrace.apps.draft.records;

import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.tasks.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft as it is kept.
 *
 * @param name of its folder
 * @param draftId id that the client knows it by
 * @param ended what it ended as; null while its task decides
 * @param files how many there are, 0 until they are counted
 * @param bytes of all its files, 0 until it is built
 * @param durationMicros 0 until it is built
 */
public record DraftRow(
    TaskId task,
    String name,
    String title,
    String draftId,
    @Nullable DraftState ended,
    Instant createdAt,
    @Nullable Instant endedAt,
    int items,
    int files,
    long bytes,
    long durationMicros,
    List<Note> notes,
    List<Fault> problems) {

  /** Whether no recipe made it: it has no task, whatever its key is called. */
  public boolean isFolder() {
    return (task.key() & FolderDraft.MARK) == FolderDraft.MARK;
  }
}
