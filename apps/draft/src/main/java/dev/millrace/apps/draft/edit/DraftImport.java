package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.edit.RefusedException.Reason;
import dev.millrace.apps.draft.folder.ArchiveLimits;
import dev.millrace.apps.draft.folder.DraftArchive;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.folder.RefusedArchiveException;
import dev.millrace.apps.draft.timeline.DraftIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes drafts in that somebody packed. Thread-safe. */
public final class DraftImport {
  private final DraftEditor editor;
  private final ArchiveLimits limits;

  public DraftImport(DraftEditor editor, ArchiveLimits limits) {
    this.editor = editor;
    this.limits = limits;
  }

  /**
   * Makes a draft out of a zip archive, with a name and an id of its own.
   *
   * @param archive read to its end and not closed
   * @param title of the draft; null for the name of the folder in the archive
   * @throws RefusedException if the archive is not taken, or the draft in it cannot be read;
   *     nothing of it remains
   */
  public Edited take(InputStream archive, @Nullable String title)
      throws IOException, RefusedException {
    Path file = Files.createTempFile(editor.parts().work(), "import-", ".zip");
    try {
      Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
      Edited edited =
          DraftArchive.<Edited, RefusedException>with(
              file, limits, packed -> unpacked(packed, title));
      editor.parts().adoption().adopt(edited.name());
      return edited;
    } catch (RefusedArchiveException e) {
      throw new RefusedException(Reason.ARCHIVE, String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Edited unpacked(DraftArchive archive, @Nullable String title)
      throws IOException, RefusedException {
    EditParts parts = editor.parts();
    Instant now = parts.clock().instant();
    String wanted = title == null ? Names.titleOf(archive.name()) : title;
    String name = Names.draft(wanted, now, parts.zone());
    editor
        .writer()
        .<RefusedException>receive(
            name,
            folder -> {
              try {
                archive.unpack(folder);
              } catch (RefusedArchiveException e) {
                throw new RefusedException(Reason.ARCHIVE, String.valueOf(e.getMessage()));
              }
              return settled(folder, archive.name(), name, now);
            });
    return new Edited(name, List.of(), null);
  }

  private Map<String, byte[]> settled(Path folder, String before, String name, Instant now)
      throws IOException, RefusedException {
    EditParts parts = editor.parts();
    DraftDocument draft = parts.read(folder);
    Settling.Home home =
        new Settling.Home(
            DraftIds.fresh().get(), name, parts.paths().draft(name), parts.paths().root());
    Settling.move(draft, Settling.homes(draft, folder, before), home, now);
    return draft.files();
  }
}
