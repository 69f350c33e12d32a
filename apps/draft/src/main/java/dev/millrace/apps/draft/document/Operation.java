package dev.millrace.apps.draft.document;

import dev.millrace.apps.draft.subtitle.Cue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that can be done to a draft, with all that it needs at hand. Times are microseconds.
 */
public sealed interface Operation {

  /**
   * Puts another file in the place of every material of a name.
   *
   * @param name as the draft calls it
   */
  record ReplaceByName(String name, MediaFile file, Shrink shrink, Extend extend)
      implements Operation {}

  /**
   * Puts another file in the place of what one segment shows.
   *
   * @param sourceStart where in the file it begins
   * @param sourceDuration how much of it shows; null for what there is room for
   */
  record ReplaceBySegment(
      String segment,
      MediaFile file,
      long sourceStart,
      @Nullable Long sourceDuration,
      Shrink shrink,
      Extend extend)
      implements Operation {}

  /**
   * Puts other words into a text.
   *
   * @param segment whose text it is; null for every text that reads {@code find}
   */
  record ReplaceText(@Nullable String segment, @Nullable String find, String text)
      implements Operation {}

  /**
   * Adds a track of another draft.
   *
   * @param track its id, name or number there
   * @param start how much later it plays here
   * @param name of the track here; null for the one that it has
   */
  record ImportTrack(Source from, String track, long start, @Nullable String name)
      implements Operation {}

  /** Adds a track of texts. */
  record ImportSubtitles(List<Cue> cues, long start, @Nullable String name) implements Operation {
    public ImportSubtitles {
      cues = List.copyOf(cues);
    }
  }

  /** Plays another draft after this one. */
  record Append(Source from) implements Operation {}

  /** Plays another draft over this one. */
  record Layer(Source from, long start) implements Operation {}

  /** Adds pieces that were taken out of a draft. */
  record AddPieces(SubDraft pieces, long start) implements Operation {}

  /**
   * Does it.
   *
   * @param notes takes what a person should know
   * @throws EditException if it cannot be done; the draft is spoilt then and must be thrown away
   */
  default void applyTo(DraftDocument draft, List<dev.millrace.apps.draft.timeline.Note> notes)
      throws EditException {
    switch (this) {
      case ReplaceByName it ->
          new Replacement(draft, it.file(), it.shrink(), it.extend(), notes).byName(it.name());
      case ReplaceBySegment it ->
          new Replacement(draft, it.file(), it.shrink(), it.extend(), notes)
              .bySegment(it.segment(), it.sourceStart(), it.sourceDuration());
      case ReplaceText it -> {
        if (it.segment() != null) {
          TextReplacement.bySegment(draft, it.segment(), it.text());
        } else {
          TextReplacement.byWords(draft, it.find() == null ? "" : it.find(), it.text());
        }
      }
      case ImportTrack it -> {
        TrackImport imports = new TrackImport(draft, it.from());
        ObjectNode track = imports.find(it.track());
        imports.add(track, it.start(), it.name());
      }
      case ImportSubtitles it -> SubtitleTrack.add(draft, it.cues(), it.start(), it.name());
      case Append it -> new Merging(draft, it.from()).append();
      case Layer it -> new Merging(draft, it.from()).layer(it.start());
      case AddPieces it -> it.pieces().addTo(draft, it.start());
    }
    draft.settleDuration();
  }
}
