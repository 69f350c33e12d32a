package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.UnreadableDraftException;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.EditorPaths;
import dev.millrace.apps.draft.media.MediaProbe;
import dev.millrace.outbound.Downloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What work on drafts is done with.
 *
 * @param work folder for files that are under way
 */
public record EditParts(
    DraftRoot root,
    EditorPaths paths,
    Downloads downloads,
    MediaProbe probe,
    Adoption adoption,
    Path work,
    InstantSource clock,
    ZoneId zone) {

  /** The folder of another draft that an operation names. */
  Path folder(String draft, String field) throws EditException {
    return root.find(draft)
        .orElseThrow(() ->
            new EditException(
                field,
                "draft-not-found",
                "there is no draft '" + draft + "'; look the names up at /api/v1/draft/drafts"));
  }

  DraftDocument read(Path folder) throws IOException, RefusedException {
    try {
      return DraftDocument.read(folder);
    } catch (UnreadableDraftException e) {
      throw new RefusedException(
          RefusedException.Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }
}
