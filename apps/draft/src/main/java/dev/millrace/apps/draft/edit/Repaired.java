package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.repair.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft that was mended.
 *
 * @param errorsBefore what the checker found before
 * @param after what it finds now, or would find
 * @param oldContent name of the copy of the old document; null if nothing was written
 */
public record Repaired(
    List<Change> changes, int errorsBefore, List<Finding> after, @Nullable String oldContent) {
  public Repaired {
    changes = List.copyOf(changes);
    after = List.copyOf(after);
  }
}
