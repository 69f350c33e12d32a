package dev.millrace.apps.draft.edit;

import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.document.DraftDocument;
import dev.millrace.apps.draft.document.EditException;
import dev.millrace.apps.draft.document.Settling;
import dev.millrace.apps.draft.edit.RefusedException.Reason;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.apps.draft.folder.FolderWriter;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.folder.OwnFiles;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.apps.draft.timeline.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works on drafts. Either all of a piece of work is done or nothing: a new draft appears when it is
 * complete, and a draft that is changed in its place has its documents replaced after the result
 * was checked. Thread-safe.
 */
public final class DraftEditor {
  static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

  private final EditParts parts;
  private final FolderWriter writer;
  private final Locks locks = new Locks();

  public DraftEditor(EditParts parts) {
    this.parts = parts;
    this.writer = new FolderWriter(parts.root());
  }

  /**
   * Makes a new draft out of one that is there.
   *
   * @param title of the new draft; null for that of the old
   * @param operations what to do to it, in this order
   * @throws RefusedException if it cannot be done; nothing of it remains
   */
  public Edited toNew(String name, @Nullable String title, List<Preparation> operations)
      throws IOException, InterruptedException, RefusedException {
    Path base = folder(name);
    DraftDocument draft = parts.read(base);
    Instant now = parts.clock().instant();
    String made = Names.draft(title == null ? Names.titleOf(name) : title, now, parts.zone());
    String home = parts.paths().draft(made);
    List<Note> notes = new ArrayList<>();
    Baseline baseline = baseline(base);
    try (Intake intake = new Intake(parts, base, home + "/" + DraftRoot.RESOURCES, true)) {
      List<String> homes = Settling.homes(draft, base);
      apply(draft, operations, intake, notes);
      Settling.move(
          draft,
          homes,
          new Settling.Home(DraftIds.fresh().get(), made, home, parts.paths().root()),
          now);
      sources(baseline, intake);
      writer.<RefusedException>create(
          made,
          base,
          draft.files(),
          intake.copies(),
          folder -> baseline.compare(DraftChecker.check(folder)));
    }
    parts.adoption().adopt(made);
    return new Edited(made, notes, null);
  }

  /**
   * Changes a draft in its place. The document as it was stays beside it.
   *
   * @throws RefusedException if it cannot be done; the draft is as it was
   */
  public Edited inPlace(String name, List<Preparation> operations)
      throws IOException, InterruptedException, RefusedException {
    return locks.<Edited, RefusedException>hold(
        name,
        () -> {
          Path base = folder(name);
          DraftDocument draft = parts.read(base);
          Settling.Home home = home(draft, name);
          List<Note> notes = new ArrayList<>();
          Baseline baseline = baseline(base);
          try (Intake intake =
              new Intake(parts, base, home.folder() + "/" + DraftRoot.RESOURCES, true)) {
            apply(draft, operations, intake, notes);
            sources(baseline, intake);
            String copy = save(base, draft, home, intake.copies(), baseline);
            parts.adoption().refresh(name);
            return new Edited(name, notes, copy);
          }
        });
  }

  private String save(
      Path base,
      DraftDocument draft,
      Settling.Home home,
      Map<String, Path> copies,
      Baseline baseline)
      throws IOException, InterruptedException, RefusedException {
    Instant now = parts.clock().instant();
    Settling.settle(draft, home, now);
    Map<String, byte[]> documents = draft.files();
    return FolderWriter.<RefusedException>replace(
        base,
        documents,
        copies,
        STAMP.format(now.atZone(parts.zone())),
        folder -> baseline.compare(DraftChecker.check(folder, documents)));
  }

  /**
   * Mends a draft in its place. The document as it was stays beside it.
   *
   * @param rules to look after
   * @param dryRun whether to tell what would be changed, and change nothing
   */
  public Repaired repair(String name, Set<Rule> rules, boolean dryRun)
      throws IOException, InterruptedException, RefusedException {
    return locks.<Repaired, RefusedException>hold(
        name,
        () -> {
          Repaired repaired =
              FolderRepair.repair(
                  folder(name),
                  draft -> home(draft, name),
                  rules,
                  dryRun,
                  parts.clock().instant(),
                  parts.zone());
          parts.adoption().refresh(name);
          return repaired;
        });
  }

  EditParts parts() {
    return parts;
  }

  FolderWriter writer() {
    return writer;
  }

  /** The document of a draft as it is now. */
  public DraftDocument read(String name) throws IOException, RefusedException {
    return parts.read(folder(name));
  }

  /** The folder of a draft. */
  public Path folder(String name) throws RefusedException {
    return parts
        .root()
        .find(name)
        .orElseThrow(() ->
            new RefusedException(
                Reason.NOT_FOUND,
                "the folder of the draft '" + name + "' is not in " + parts.root().path()));
  }

  /** Where a draft is at home: where its meta file says, if that bears its name. */
  Settling.Home home(DraftDocument draft, String name) {
    String id = draft.content().path("id").asString("");
    String told =
        draft
            .meta()
            .map(meta -> OwnFiles.slashed(meta.path("draft_fold_path").asString("")))
            .orElse("");
    boolean known = told.endsWith("/" + name);
    return new Settling.Home(
        id.matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}") ? id : DraftIds.fresh().get(),
        name,
        known ? told : parts.paths().draft(name),
        known ? told.substring(0, told.length() - name.length() - 1) : parts.paths().root());
  }

  private static Baseline baseline(Path folder) throws IOException {
    Baseline baseline = new Baseline();
    baseline.add(DraftChecker.check(folder));
    return baseline;
  }

  /** What comes from a draft may be as wrong as it was there. */
  private void sources(Baseline baseline, Intake intake) throws IOException {
    for (String source : intake.sources().keySet()) {
      Path folder = parts.root().find(source).orElse(null);
      if (folder != null) {
        baseline.add(DraftChecker.check(folder));
      }
    }
  }

  private static void apply(
      DraftDocument draft, List<Preparation> operations, Intake intake, List<Note> notes)
      throws IOException, InterruptedException, RefusedException {
    for (int i = 0; i < operations.size(); i++) {
      String pointer = "/operations/" + i;
      List<Note> of = new ArrayList<>();
      try {
        operations.get(i).prepare(intake).applyTo(draft, of);
      } catch (EditException e) {
        throw new RefusedException(
            Reason.IMPOSSIBLE,
            "operation " + i + " cannot be done: " + e.detail(),
            List.of(new Fault(pointer + e.field(), e.code(), e.detail())));
      }
      of.forEach(note -> notes.add(new Note(pointer, note.code(), note.detail())));
    }
  }
}
