package dev.millrace.apps.draft.build;

import dev.millrace.apps.draft.folder.Addition;
import dev.millrace.apps.draft.folder.Cover;
import dev.millrace.apps.draft.folder.DraftWriter;
import dev.millrace.apps.draft.folder.EditorPaths;
import dev.millrace.apps.draft.folder.Names;
import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.recipe.CoverRequest;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.subtitle.SubtitleReader;
import dev.millrace.apps.draft.subtitle.UnusableSubtitlesException;
import dev.millrace.apps.draft.timeline.DraftIds;
import dev.millrace.apps.draft.timeline.Found;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.apps.draft.timeline.TimelineBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts recipe and files together into a folder. Thread-safe, for different drafts. */
final class Assembly {
  /** Notes that are kept: nobody reads more. */
  private static final int MOST_NOTES = 1_000;

  private final Workplace workplace;
  private final DraftWriter writer;
  private final EditorPaths paths;

  Assembly(Workplace workplace, DraftWriter writer, EditorPaths paths) {
    this.workplace = workplace;
    this.writer = writer;
    this.paths = paths;
  }

  /** What is kept of the step. */
  record Result(
      String folder,
      long durationMicros,
      int tracks,
      int segments,
      int files,
      long bytes,
      List<Note> notes) {}

  Result assemble(DraftRow row, Recipe recipe, List<FileRow> files)
      throws IOException, InterruptedException, BuildRefused {
    Map<String, Found> found = new HashMap<>();
    Map<String, Path> byName = new HashMap<>();
    Cover cover = null;
    for (FileRow file : files) {
      Path path = workplace.file(row.name(), file.url());
      found.put(file.url(), found(file, path));
      MediaInfo info = file.info();
      if (info != null) {
        byName.put(Names.file(file.url(), file.wanted(), info.format()), path);
        if (isCover(recipe, file, info)) {
          cover = cover(path, info, found);
        }
      }
    }
    Timeline timeline =
        new TimelineBuilder(recipe, found, paths.resources(row.name()), DraftIds.fresh())
            .build(row.draftId(), row.name());
    return switch (timeline) {
      case Timeline.Failed(var faults) -> throw new BuildRefused(faults);
      case Timeline.Built built ->
          write(
              row,
              built,
              new RawPieces(recipe, built, found, paths.resources(row.name())),
              byName,
              built.coverUrl() == null ? null : cover);
    };
  }

  private static boolean isCover(Recipe recipe, FileRow file, MediaInfo info) {
    return recipe.cover() != null
        && recipe.cover().url().equals(file.url())
        && info.kind() == Media.Kind.PHOTO;
  }

  private static @Nullable Cover cover(Path path, MediaInfo info, Map<String, Found> found) {
    try {
      return Cover.of(path, info.format());
    } catch (IOException e) {
      found.put(
          CoverRequest.POINTER, new Found.Missing("cover-format", String.valueOf(e.getMessage())));
      return null;
    }
  }

  private Result write(
      DraftRow row,
      Timeline.Built built,
      RawPieces raw,
      Map<String, Path> byName,
      @Nullable Cover cover)
      throws IOException, InterruptedException {
    Draft draft = built.draft();
    Map<String, Path> used = new LinkedHashMap<>();
    long bytes = 0;
    Set<String> names = new LinkedHashSet<>(raw.files());
    draft.media().forEach(media -> names.add(media.fileName()));
    for (String name : names) {
      Path path = byName.get(name);
      if (path != null && used.put(name, path) == null) {
        bytes += Files.size(path);
      }
    }
    Addition addition = raw.segments() == 0 ? Addition.none() : raw::add;
    Path folder = writer.write(draft, used, built.standIns(), cover, row.createdAt(), addition);
    List<Note> notes = new ArrayList<>(built.notes());
    notes.addAll(raw.notes());
    return new Result(
        folder.toString(),
        raw.durationMicros(draft),
        draft.tracks().size() + raw.newTracks(),
        draft.tracks().stream().mapToInt(track -> track.segments().size()).sum() + raw.segments(),
        used.size(),
        bytes,
        cut(notes));
  }

  private static List<Note> cut(List<Note> notes) {
    if (notes.size() <= MOST_NOTES) {
      return notes;
    }
    List<Note> kept = new ArrayList<>(notes.subList(0, MOST_NOTES));
    kept.add(
        new Note("", "more-notes", (notes.size() - MOST_NOTES) + " more notes are not listed"));
    return kept;
  }

  private static Found found(FileRow file, Path path) throws IOException {
    MediaInfo info = file.info();
    if (file.state() == FileRow.State.USABLE && info != null) {
      return new Found.File(Names.file(file.url(), file.wanted(), info.format()), info);
    }
    if (file.state() == FileRow.State.USABLE) {
      try {
        return new Found.Subtitles(SubtitleReader.read(Files.readAllBytes(path)));
      } catch (UnusableSubtitlesException e) {
        return new Found.Missing("subtitles-unusable", String.valueOf(e.getMessage()));
      }
    }
    String code = file.code() == null ? "file-missing" : file.code();
    String why = file.why() == null ? "it was not downloaded" : file.why();
    return new Found.Missing(code, why);
  }
}
