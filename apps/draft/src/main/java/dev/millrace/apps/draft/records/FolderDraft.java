package dev.millrace.apps.draft.records;

import dev.millrace.apps.draft.timeline.Note;
import java.time.Instant;
import java.util.List;

/**
 * A draft that no recipe made, as its folder tells it.
 *
 * @param draftId id that the client knows it by
 * @param files pictures, videos and sounds that it names
 * @param bytes of all its files
 */
public record FolderDraft(
    String name,
    String title,
    String draftId,
    Instant createdAt,
    int files,
    long bytes,
    long durationMicros,
    List<Note> notes) {
  /**
   * The last part of the key of such a draft. A task of ours has 0 there, so the two never meet,
   * and both sort by time.
   */
  static final long MARK = 1023;

  private static final int TIME_SHIFT = 20;
  private static final int COUNTER_SHIFT = 10;

  /** The key of the {@code number}-th draft of this moment. */
  long key(int number) {
    long millis = Math.max(1, createdAt.toEpochMilli());
    return (millis << TIME_SHIFT) + ((long) number << COUNTER_SHIFT) + MARK;
  }
}
