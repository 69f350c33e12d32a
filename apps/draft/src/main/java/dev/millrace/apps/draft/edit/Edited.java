package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.timeline.Note;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft that was worked on.
 *
 * @param name of its folder
 * @param notes what a person should know
 * @param oldContent name of the copy of the old document beside it; null for a new draft
 */
public record Edited(String name, List<Note> notes, @Nullable String oldContent) {
  public Edited {
    notes = List.copyOf(notes);
  }
}
