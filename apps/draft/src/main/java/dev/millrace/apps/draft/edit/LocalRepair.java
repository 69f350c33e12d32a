package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.apps.draft.repair.DraftRepair;
import dev.millrace.apps.draft.timeline.DraftIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/** Mends a draft in any folder of this machine, without a server. */
public final class LocalRepair {
  private LocalRepair() {}

  /**
   * Mends what can be mended safely; the old document stays beside the draft.
   *
   * @param dryRun whether to tell what would be changed, and change nothing
   * @throws RefusedException if there is no draft that can be read
   */
  public static Repaired repair(Path folder, boolean dryRun, InstantSource clock)
      throws IOException, InterruptedException, RefusedException {
    return FolderRepair.repair(
        folder,
        draft -> home(draft, folder),
        DraftRepair.repairable(),
        dryRun,
        clock.instant(),
        ZoneId.systemDefault());
  }

  /** Where the meta file says, if that bears the folder's name; else where the folder is. */
  private static Settling.Home home(DraftDocument draft, Path folder) {
    String here = OwnFiles.slashed(folder.toAbsolutePath().normalize().toString());
    String name = here.substring(here.lastIndexOf('/') + 1);
    String told =
        draft
            .meta()
            .map(meta -> OwnFiles.slashed(meta.path("draft_fold_path").asString("")))
            .filter(path -> path.endsWith("/" + name))
            .orElse(here);
    String id = draft.content().path("id").asString("");
    return new Settling.Home(
        id.matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}") ? id : DraftIds.fresh().get(),
        name,
        told,
        told.substring(0, told.length() - name.length() - 1));
  }
}
