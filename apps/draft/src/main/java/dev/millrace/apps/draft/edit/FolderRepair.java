package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.document.UnreadableDraftException;
import dev.millrace.apps.draft.edit.RefusedException.Reason;
import dev.millrace.apps.draft.folder.FolderWriter;
import dev.millrace.apps.draft.repair.Change;
import dev.millrace.apps.draft.repair.DraftRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Mends a draft in any folder, with or without a server. */
final class FolderRepair {
  private FolderRepair() {}

  /**
   * Mends the draft in {@code folder}, and lets nobody else work on it meanwhile.
   *
   * @param home where a draft is at home
   */
  static Repaired repair(
      Path folder,
      Function<DraftDocument, Settling.Home> home,
      Set<Rule> rules,
      boolean dryRun,
      Instant now,
      ZoneId zone)
      throws IOException, InterruptedException, RefusedException {
    DraftDocument draft;
    try {
      draft = DraftDocument.read(folder);
    } catch (UnreadableDraftException e) {
      throw new RefusedException(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
    List<Finding> before = DraftChecker.check(folder);
    int errors =
        (int)
            before.stream()
                .filter(finding -> finding.rule().severity() == Rule.Severity.ERROR)
                .count();
    List<Change> changes = DraftRepair.apply(draft, folder, home.apply(draft), rules, now);
    if (changes.isEmpty()) {
      return new Repaired(changes, errors, before, null);
    }
    Map<String, byte[]> documents = draft.files();
    List<Finding> after = DraftChecker.check(folder, documents);
    String copy =
        dryRun
            ? null
            : FolderWriter.<RuntimeException>replace(
                folder, documents, Map.of(), DraftEditor.STAMP.format(now.atZone(zone)), _ -> {});
    return new Repaired(changes, errors, after, copy);
  }
}
