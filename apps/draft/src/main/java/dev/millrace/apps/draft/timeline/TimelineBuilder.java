package dev.millrace.apps.draft.timeline;

import dev.millrace.apps.draft.format.Draft;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.format.Track;
import dev.millrace.apps.draft.format.TrackType;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.Item;
import dev.millrace.apps.draft.recipe.OnMissing;
import dev.millrace.apps.draft.recipe.RawSegment;
import dev.millrace.apps.draft.recipe.Recipe;
import dev.millrace.apps.draft.recipe.TrackRequest;
import dev.millrace.apps.draft.subtitle.Cue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lays out one recipe. Confined to one thread and used once.
 *
 * <p>Items become pieces with times, the pieces of a track are set apart from each other, then
 * become segments.
 */
public final class TimelineBuilder {
  /** How long a stand-in shows where nobody said and nothing follows. */
  private static final long USUAL_STAND_IN_MICROS = 3_000_000;

  /** More than any client opens; subtitle files could multiply without an end. */
  private static final int MOST_SEGMENTS = 50_000;

  private final Recipe recipe;
  private final Map<String, Found> found;
  private final String resources;
  private final Supplier<String> ids;

  private final Map<String, Media> media = new LinkedHashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private boolean pictureStandIn;
  private long soundStandInMicros;

  /**
   * @param found what became of every link of the recipe
   * @param resources folder of the files on the machine of the editor, with forward slashes
   * @param ids fresh ids, as {@link DraftIds#fresh()}
   */
  public TimelineBuilder(
      Recipe recipe, Map<String, Found> found, String resources, Supplier<String> ids) {
    this.recipe = recipe;
    this.found = found;
    this.resources = resources;
    this.ids = ids;
  }

  /**
   * Lays out the recipe.
   *
   * @param id id of the draft
   * @param name name of its folder
   */
  public Timeline build(String id, String name) {
    Map<String, List<Piece>> pieces = new LinkedHashMap<>();
    for (TrackRequest track : recipe.tracks()) {
      pieces.put(track.id(), new ArrayList<>());
    }
    for (Item item : recipe.items()) {
      pieces.computeIfAbsent(item.track(), _ -> new ArrayList<>()).addAll(pieces(item));
    }
    long segments = pieces.values().stream().mapToLong(List::size).sum();
    if (segments > MOST_SEGMENTS) {
      faults.add(
          new Fault(
              "/testData/items",
              "too-many",
              "make "
                  + segments
                  + " segments with their subtitles; at most "
                  + MOST_SEGMENTS
                  + " are allowed, split the recipe"));
    }
    boolean empty = pieces.values().stream().allMatch(List::isEmpty);
    if (empty && recipe.rawSegments().isEmpty() && faults.isEmpty()) {
      faults.add(
          new Fault(
              "/testData/items",
              "nothing-left",
              "no item is left to show: every file is missing; mend the links"));
    }
    String coverUrl = new CoverChoice(recipe, found, notes, faults).url();
    if (!faults.isEmpty()) {
      return new Timeline.Failed(faults);
    }
    SegmentMaker maker = new SegmentMaker(ids, notes);
    List<Track> tracks = new ArrayList<>();
    List<TrackRequest> order = new ArrayList<>(recipe.tracks());
    order.sort(Comparator.comparingInt(TrackRequest::renderIndex));
    for (TrackRequest track : order) {
      List<Piece> apart = new Spacing(notes).apart(pieces.getOrDefault(track.id(), List.of()));
      pieces.put(track.id(), apart);
      tracks.add(maker.track(track, apart));
    }
    if (recipe.rawSegments().isEmpty()) {
      new MainTrack(recipe, notes).check(order, pieces);
    }
    List<RawSegment> raw = new RawStyler(ids, notes, faults).styled(recipe);
    return faults.isEmpty()
        ? built(id, name, tracks, maker, raw, coverUrl)
        : new Timeline.Failed(faults);
  }

  private Timeline.Built built(
      String id,
      String name,
      List<Track> tracks,
      SegmentMaker maker,
      List<RawSegment> raw,
      @Nullable String coverUrl) {
    addSoundStandIn();
    Draft draft =
        new Draft(
            id,
            name,
            recipe.canvas(),
            recipe.fps(),
            recipe.config(),
            List.copyOf(media.values()),
            maker.texts(),
            maker.overlays(),
            tracks,
            coverUrl != null);
    Timeline.StandIns standIns =
        new Timeline.StandIns(
            pictureStandIn ? Timeline.StandIns.PICTURE : null,
            soundStandInMicros > 0 ? Timeline.StandIns.SOUND : null,
            soundStandInMicros);
    return new Timeline.Built(draft, notes, standIns, raw, coverUrl);
  }

  private List<Piece> pieces(Item item) {
    if (item.text() != null || item.overlay() != null) {
      long duration = item.durationMicros() == null ? USUAL_STAND_IN_MICROS : item.durationMicros();
      return List.of(new Piece(item, null, item.text(), item.startMicros(), duration, 1, false));
    }
    Found file =
        item.url() == null
            ? new Found.Missing("file-missing", "it names no file")
            : found.getOrDefault(
                item.url(), new Found.Missing("file-missing", "it was not downloaded"));
    return switch (file) {
      case Found.Subtitles subtitles when item.type().track() == TrackType.TEXT ->
          cues(item, subtitles.cues());
      case Found.Subtitles _ -> missing(item, "media-kind", "the file holds subtitles");
      case Found.File(String fileName, MediaInfo info) -> clip(item, fileName, info);
      case Found.Missing(String code, String why) -> missing(item, code, why);
    };
  }

  private List<Piece> cues(Item item, List<Cue> cues) {
    List<Piece> pieces = new ArrayList<>();
    Long end = item.endMicros();
    for (Cue cue : cues) {
      long from = item.startMicros() + Math.max(0, cue.startMicros() - item.sourceStartMicros());
      long to = item.startMicros() + cue.endMicros() - item.sourceStartMicros();
      to = end == null ? to : Math.min(to, end);
      if (to > from) {
        pieces.add(new Piece(item, null, cue.text(), from, to - from, 1, true));
      }
    }
    return pieces.isEmpty()
        ? missing(item, "subtitles-outside", "no subtitle of the file falls into its time")
        : pieces;
  }

  private List<Piece> clip(Item item, String fileName, MediaInfo info) {
    boolean audioTrack = item.type().track() == TrackType.AUDIO;
    if (item.type().track() == TrackType.TEXT) {
      return missing(item, "media-kind", "the file is " + kind(info) + ", not subtitles");
    }
    if (audioTrack && !info.hasAudio()) {
      return missing(item, "media-kind", "the file is " + kind(info) + " without sound");
    }
    if (!audioTrack && info.kind() == Media.Kind.AUDIO) {
      return missing(item, "media-kind", "the file is " + kind(info) + ", which shows nothing");
    }
    if (info.kind() == Media.Kind.PHOTO && item.durationMicros() == null) {
      return missing(item, "media-kind", "the file is a photo and the item has no duration");
    }
    long length = info.kind() == Media.Kind.PHOTO ? Media.PHOTO_MICROS : info.durationMicros();
    long slack = Math.round(1_000_000 / recipe.fps());
    Sizing sizing =
        Sizing.fit(item.durationMicros(), item.speed(), length - item.sourceStartMicros(), slack);
    if (sizing == null) {
      return missing(
          item,
          "source-beyond-end",
          "sourceStart lies beyond the end of the file, which lasts " + Times.show(length));
    }
    if (sizing.shortened()) {
      notes.add(
          new Note(
              item.pointer("duration"),
              "clip-shortened",
              "shows for "
                  + Times.show(sizing.durationMicros())
                  + ", because its file lasts only "
                  + Times.show(length)));
    }
    Media used = media(item, fileName, info, length, audioTrack);
    boolean flexible = item.durationMicros() == null;
    return List.of(
        new Piece(
            item,
            used,
            null,
            item.startMicros(),
            sizing.durationMicros(),
            sizing.speed(),
            flexible));
  }

  private static String kind(MediaInfo info) {
    return switch (info.kind()) {
      case VIDEO -> "a video";
      case PHOTO -> "a photo";
      case AUDIO -> "sound";
    };
  }

  /** One material a file, or two if it is both seen and heard. */
  private Media media(Item item, String fileName, MediaInfo info, long length, boolean heard) {
    return media.computeIfAbsent(
        (heard ? "audio " : "video ") + item.url(),
        _ ->
            new Media(
                ids.get(),
                heard ? Media.Kind.AUDIO : info.kind(),
                fileName,
                resources + "/" + fileName,
                length,
                heard ? 0 : info.width(),
                heard ? 0 : info.height(),
                info.hasAudio()));
  }

  private List<Piece> missing(Item item, String code, String why) {
    String pointer = item.pointer("path");
    boolean text = item.type().track() == TrackType.TEXT;
    OnMissing policy = recipe.onMissing();
    if (policy == OnMissing.FAIL) {
      faults.add(
          new Fault(
              pointer,
              code,
              why + "; mend the link, or send onMissing \"skip\" or \"placeholder\""));
      return List.of();
    }
    if (policy == OnMissing.SKIP || text) {
      notes.add(new Note(pointer, "skipped", "was left out: " + why));
      return List.of();
    }
    notes.add(new Note(pointer, "placeholder", "is a placeholder: " + why));
    return List.of(standIn(item));
  }

  private Piece standIn(Item item) {
    Long asked = item.durationMicros();
    long duration = asked == null ? USUAL_STAND_IN_MICROS : asked;
    boolean audio = item.type().track() == TrackType.AUDIO;
    if (audio) {
      long needed = item.sourceStartMicros() + Math.round(duration * item.speed());
      soundStandInMicros = Math.max(soundStandInMicros, needed);
    } else {
      pictureStandIn = true;
    }
    String name = audio ? Timeline.StandIns.SOUND : Timeline.StandIns.PICTURE;
    Media stand =
        media.computeIfAbsent(
            name,
            _ ->
                new Media(
                    ids.get(),
                    audio ? Media.Kind.AUDIO : Media.Kind.PHOTO,
                    name,
                    resources + "/" + name,
                    Media.PHOTO_MICROS,
                    audio ? 0 : recipe.canvas().width(),
                    audio ? 0 : recipe.canvas().height(),
                    audio));
    return new Piece(item, stand, null, item.startMicros(), duration, item.speed(), asked == null);
  }

  /** The silence is as long as the longest item needs, which is known only at the end. */
  private void addSoundStandIn() {
    media.computeIfPresent(
        Timeline.StandIns.SOUND,
        (_, stand) ->
            new Media(
                stand.id(),
                stand.kind(),
                stand.fileName(),
                stand.path(),
                soundStandInMicros,
                0,
                0,
                true));
  }
}
