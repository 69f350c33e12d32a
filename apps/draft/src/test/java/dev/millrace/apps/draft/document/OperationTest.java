package dev.millrace.apps.draft.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.document.Operation.AddPieces;
import dev.millrace.apps.draft.document.Operation.Append;
import dev.millrace.apps.draft.document.Operation.ImportSubtitles;
import dev.millrace.apps.draft.document.Operation.ImportTrack;
import dev.millrace.apps.draft.document.Operation.Layer;
import dev.millrace.apps.draft.document.Operation.ReplaceByName;
import dev.millrace.apps.draft.document.Operation.ReplaceBySegment;
import dev.millrace.apps.draft.document.Operation.ReplaceText;
import dev.millrace.apps.draft.format.Media;
import dev.millrace.apps.draft.media.MediaInfo;
import dev.millrace.apps.draft.subtitle.Cue;
import dev.millrace.apps.draft.timeline.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What operations do to the draft of a client, and what they leave alone. */
class OperationTest {
  private static final String HOME = ClientDraft.HOME + "/Resources/";

  private final List<Note> notes = new ArrayList<>();
  private DraftDocument draft;

  @BeforeEach
  void load() throws Exception {
    draft = ClientDraft.document();
  }

  private static MediaFile video(String name, long seconds) {
    return new MediaFile(
        name,
        HOME + name,
        new MediaInfo(Media.Kind.VIDEO, "MP4", 640, 360, seconds * 1_000_000, true));
  }

  private static MediaFile photo(String name) {
    return new MediaFile(
        name, HOME + name, new MediaInfo(Media.Kind.PHOTO, "PNG", 9, 16, 0, false));
  }

  private static MediaFile sound(String name, long seconds) {
    return new MediaFile(
        name, HOME + name, new MediaInfo(Media.Kind.AUDIO, "MP3", 0, 0, seconds * 1_000_000, true));
  }

  private DraftDocument apply(Operation operation) throws Exception {
    operation.applyTo(draft, notes);
    return draft;
  }

  private JsonNode at(String pointer) {
    return draft.content().at(pointer);
  }

  private String times(int track) {
    return DraftDocument.segments(draft.tracks().get(track)).stream()
        .map(segment -> {
          Span target = Span.of(segment, "target_timerange");
          Span source = Span.of(segment, "source_timerange");
          return target.start() / 1_000
              + "+"
              + target.duration() / 1_000
              + (source == null
                  ? ""
                  : "<" + source.start() / 1_000 + "+" + source.duration() / 1_000);
        })
        .collect(Collectors.joining(" "));
  }

  /** Pointers of all values that differ. */
  private static Set<String> changes(JsonNode before, JsonNode after) {
    Set<String> changes = new TreeSet<>();
    changes("", before, after, changes);
    return changes;
  }

  private static void changes(String at, JsonNode before, JsonNode after, Set<String> changes) {
    if (before.isObject() && after.isObject() || before.isArray() && after.isArray()) {
      Set<String> names = new TreeSet<>();
      if (before.isObject()) {
        names.addAll(before.propertyNames());
        names.addAll(after.propertyNames());
        names.forEach(
            name -> changes(at + "/" + name, before.path(name), after.path(name), changes));
      } else {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
          changes(at + "/" + i, before.path(i), after.path(i), changes);
        }
      }
    } else if (!before.equals(after)) {
      changes.add(at);
    }
  }

  @Test
  void replacesByNameAndTouchesNothingElse() throws Exception {
    apply(new ReplaceByName("clip1.mp4", video("new.mp4", 20), Shrink.CUT_TAIL, Extend.CUT));

    assertThat(changes(ClientDraft.document().content(), draft.content()))
        .containsExactly(
            "/materials/videos/0/duration",
            "/materials/videos/0/height",
            "/materials/videos/0/material_name",
            "/materials/videos/0/path",
            "/materials/videos/0/width");
    assertThat(changes(ClientDraft.document().meta().orElseThrow(), draft.meta().orElseThrow()))
        .containsExactly(
            "/draft_materials/0/value/0/duration",
            "/draft_materials/0/value/0/extra_info",
            "/draft_materials/0/value/0/file_Path",
            "/draft_materials/0/value/0/height",
            "/draft_materials/0/value/0/width");
    assertThat(notes).isEmpty();
  }

  /** Segment 80 plays 0 to 4 s, 81 a photo 4 to 7 s, 82 at double speed 7 to 9 s. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CUT_TAIL | 0+3000<0+3000 4000+3000<0+3000 7000+2000<6000+4000",
        "CUT_HEAD | 1000+3000<0+3000 4000+3000<0+3000 7000+2000<6000+4000",
        "SHIFT | 0+3000<0+3000 3000+3000<0+3000 6000+2000<6000+4000"
      })
  void shrinksASegment(Shrink shrink, String times) throws Exception {
    apply(
        new ReplaceBySegment(
            ClientDraft.id(80), video("short.mp4", 3), 0, null, shrink, Extend.CUT));

    assertThat(times(0)).isEqualTo(times);
    // Others still show the old file.
    assertThat(at("/tracks/0/segments/0/material_id").stringValue())
        .isNotEqualTo(ClientDraft.id(1));
    assertThat(at("/tracks/0/segments/2/material_id").stringValue()).isEqualTo(ClientDraft.id(1));
    assertThat(at("/materials/videos")).hasSize(3);
    assertThat(at("/materials/videos/2/path").stringValue()).isEqualTo(HOME + "short.mp4");
    assertThat(at("/materials/videos/2/stable/matrix_path").isString()).isTrue();
    // The sound goes on to the old end.
    assertThat(draft.durationMicros()).isEqualTo(9_000_000);
  }

  @Test
  void keepsTransitionsAnimationsAndKeyframesWithinTheNewLength() throws Exception {
    apply(
        new ReplaceBySegment(
            ClientDraft.id(80), video("s.mp4", 1), 700_000, null, Shrink.SHIFT, Extend.CUT));

    assertThat(times(0)).startsWith("0+300<700+300 300+3000");
    assertThat(at("/materials/transitions/0/duration").asLong()).isEqualTo(150_000);
    assertThat(at("/materials/material_animations/0/animations/0/duration").asLong())
        .isEqualTo(300_000);
    JsonNode frames = at("/tracks/0/segments/0/common_keyframes/0/keyframe_list");
    assertThat(frames).hasSize(2);
    assertThat(frames.at("/1/time_offset").asLong()).isEqualTo(300_000);
    assertThat(frames.at("/1/values/0").asDouble()).isEqualTo(0.075);
  }

  @Test
  void dropsATransitionWhoseSegmentsCameApart() throws Exception {
    apply(
        new ReplaceBySegment(
            ClientDraft.id(80), video("s.mp4", 3), 0, null, Shrink.CUT_TAIL, Extend.CUT));

    assertThat(at("/materials/transitions")).isEmpty();
    assertThat(at("/tracks/0/segments/0/extra_material_refs").toString())
        .doesNotContain(ClientDraft.id(50));
    assertThat(notes).extracting(Note::code).containsExactly("transition-dropped");
  }

  @Test
  void extendsByCuttingOrPushing() throws Exception {
    apply(
        new ReplaceBySegment(
            ClientDraft.id(82), video("long.mp4", 20), 0, null, Shrink.CUT_TAIL, Extend.CUT));
    assertThat(times(0)).endsWith("7000+2000<0+4000");

    apply(
        new ReplaceBySegment(
            ClientDraft.id(80), video("long.mp4", 20), 0, null, Shrink.CUT_TAIL, Extend.PUSH));
    assertThat(times(0)).isEqualTo("0+20000<0+20000 20000+3000<0+3000 23000+2000<0+4000");
    assertThat(draft.durationMicros()).isEqualTo(25_000_000);
    assertThat(draft.meta().orElseThrow().path("tm_duration").asLong()).isEqualTo(25_000_000);

    apply(
        new ReplaceBySegment(
            ClientDraft.id(82), video("x.mp4", 20), 0, 2_000_000L, Shrink.SHIFT, Extend.PUSH));
    assertThat(times(0)).endsWith("23000+1000<0+2000");
  }

  @Test
  void replacesPhotosWithVideosAndBack() throws Exception {
    apply(
        new ReplaceBySegment(
            ClientDraft.id(81), video("v.mp4", 2), 0, null, Shrink.SHIFT, Extend.CUT));
    assertThat(at("/materials/videos/1/type").stringValue()).isEqualTo("video");
    assertThat(times(0)).endsWith("4000+2000<0+2000 6000+2000<6000+4000");

    apply(new ReplaceByName("v.mp4", photo("p.png"), Shrink.CUT_TAIL, Extend.PUSH));
    assertThat(at("/materials/videos/1/type").stringValue()).isEqualTo("photo");
    assertThat(at("/materials/videos/1/duration").asLong()).isEqualTo(Media.PHOTO_MICROS);
    assertThat(times(0)).endsWith("4000+2000<0+2000 6000+2000<6000+4000");
  }

  @Test
  void replacesSound() throws Exception {
    apply(new ReplaceByName("bgm.wav", sound("short.mp3", 2), Shrink.CUT_TAIL, Extend.CUT));
    assertThat(times(1)).isEqualTo("0+2000<0+2000");
    assertThat(at("/materials/audio_fades/0/fade_in_duration").asLong()).isEqualTo(666_666);
    assertThat(at("/materials/audio_fades/0/fade_out_duration").asLong()).isEqualTo(1_333_334);
  }

  @Test
  void refusesWhatDoesNotFitAndSaysWhatToGive() {
    assertThatThrownBy(
            () -> apply(new ReplaceByName("none", photo("p"), Shrink.CUT_TAIL, Extend.CUT)))
        .hasMessageContaining("\"none\"");
    assertThatThrownBy(
            () -> apply(new ReplaceByName("bgm.wav", photo("p.png"), Shrink.CUT_TAIL, Extend.CUT)))
        .hasMessageContaining("p.png")
        .hasMessageContaining("sound");
    assertThatThrownBy(() ->
            apply(new ReplaceByName("photo.jpg", sound("s.mp3", 1), Shrink.CUT_TAIL, Extend.CUT)))
        .hasMessageContaining("seen");
    for (String segment : List.of("none", ClientDraft.id(84))) {
      assertThatThrownBy(() ->
              apply(
                  new ReplaceBySegment(segment, photo("p"), 0, null, Shrink.CUT_TAIL, Extend.CUT)))
          .isInstanceOf(EditException.class)
          .hasMessageContaining(segment);
    }
    assertThatThrownBy(() ->
            apply(
                new ReplaceBySegment(
                    ClientDraft.id(80),
                    video("s.mp4", 3),
                    3_000_000,
                    null,
                    Shrink.CUT_TAIL,
                    Extend.CUT)))
        .hasMessageContaining("3000000");
  }

  @ParameterizedTest
  @CsvSource({
    "两个字, '[0,2] [2,3]'",
    "比原来长得多的八个字, '[0,5] [5,10]'",
    "😀😀, '[0,1] [1,2]'",
    "一, '[0,1]'",
    "'', '[0,0]'"
  })
  void scalesStylesWithTheirText(String words, String ranges) throws Exception {
    apply(new ReplaceText(ClientDraft.id(84), null, words));

    JsonNode content = DocumentJson.read(at("/materials/texts/0/content").stringValue());
    assertThat(content.path("text").stringValue()).isEqualTo(words);
    assertThat(
            content
                .path("styles")
                .valueStream()
                .map(style -> style.path("range").toString())
                .collect(Collectors.joining(" ")))
        .isEqualTo(ranges);
    assertThat(content.at("/styles/0/font/path").stringValue()).isEqualTo("C:/fonts/系统.ttf");
    assertThat(changes(ClientDraft.document().content(), draft.content()))
        .containsExactly("/materials/texts/0/content");
  }

  @Test
  void replacesTextsByTheirWords() throws Exception {
    apply(new ReplaceText(null, "新品上市", "限时特惠"));
    assertThat(at("/materials/texts/0/content").stringValue()).contains("限时特惠");
    assertThatThrownBy(() -> apply(new ReplaceText(null, "新品上市", "x")))
        .hasMessageContaining("新品上市");
    assertThatThrownBy(() -> apply(new ReplaceText(ClientDraft.id(80), null, "x")))
        .hasMessageContaining(ClientDraft.id(80));
  }

  private Source other() throws Exception {
    return new Source(ClientDraft.document(), "other", path -> "D:/here/" + fileName(path));
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void importsATrackWithFreshLocalIdsAndTheIdsOfTheCatalogue() throws Exception {
    apply(new ImportTrack(other(), "0", 1_000_000, "second"));

    assertThat(draft.tracks()).hasSize(4);
    ObjectNode track = draft.tracks().get(2);
    assertThat(track.path("name").stringValue()).isEqualTo("second");
    assertThat(times(2)).isEqualTo("1000+4000<1000+4000 5000+3000<0+3000 8000+2000<6000+4000");
    assertThat(TrackPlace.index(track)).isEqualTo(1);
    assertThat(track.toString())
        .doesNotContain(ClientDraft.id(70))
        .doesNotContain(ClientDraft.id(80))
        .doesNotContain(ClientDraft.id(1))
        .doesNotContain(ClientDraft.id(60))
        .doesNotContain(ClientDraft.id(61));
    assertThat(at("/materials/transitions/1/effect_id").stringValue()).isEqualTo("322577");
    assertThat(at("/materials/transitions/1/resource_id").stringValue())
        .isEqualTo("6724845717472416269");
    assertThat(at("/materials/material_animations/1/animations/0/id").stringValue())
        .isEqualTo("446078");
    assertThat(at("/materials/videos/2/path").stringValue()).isEqualTo("D:/here/clip1.mp4");
    assertThat(at("/materials/videos")).hasSize(4);
    assertThat(at("/materials/canvases")).hasSize(6);
    assertThat(draft.durationMicros()).isEqualTo(10_000_000);
    assertResolved();

    apply(new ImportTrack(other(), "字幕", 0, null));
    assertThat(TrackPlace.index(draft.tracks().getLast())).isEqualTo(15_001);
    assertThatThrownBy(() -> apply(new ImportTrack(other(), "none", 0, null)))
        .hasMessageContaining("none");
  }

  /** Every id is there once, and every reference leads somewhere. */
  private void assertResolved() {
    Set<String> ids = new TreeSet<>();
    draft
        .materials()
        .forEachEntry((list, all) ->
            all.forEach(material ->
                assertThat(ids.add(material.path("id").stringValue())).as(list).isTrue()));
    for (ObjectNode track : draft.tracks()) {
      assertThat(ids.add(track.path("id").stringValue())).isTrue();
      for (ObjectNode segment : DraftDocument.segments(track)) {
        assertThat(ids.add(segment.path("id").stringValue())).isTrue();
        assertThat(ids).contains(segment.path("material_id").stringValue());
        segment
            .path("extra_material_refs")
            .forEach(reference -> assertThat(ids).contains(reference.stringValue()));
      }
    }
  }

  @Test
  void followsShortIdsOnlyWhereTheyAreReferences() throws Exception {
    ObjectNode content =
        (ObjectNode)
            DocumentJson.read(
                "{\"materials\":{\"texts\":[{\"id\":\"t1\",\"name\":\"t1\",\"effect_id\":\"t1\"}]},"
                    + "\"tracks\":[{\"id\":\"x\",\"type\":\"text\",\"name\":\"x\",\"segments\":["
                    + "{\"id\":\"s\",\"material_id\":\"t1\",\"target_timerange\":"
                    + "{\"start\":0,\"duration\":5}}]}]}");
    apply(
        new ImportTrack(
            new Source(DraftDocument.of(content, null), "short", path -> path), "x", 0, null));

    JsonNode text = at("/materials/texts/1");
    assertThat(text.path("name").stringValue()).isEqualTo("t1");
    assertThat(text.path("effect_id").stringValue()).isEqualTo("t1");
    assertThat(text.path("id").stringValue()).isNotEqualTo("t1");
    assertThat(at("/tracks/3/segments/0/material_id")).isEqualTo(text.path("id"));
  }

  @Test
  void importsSubtitles() throws Exception {
    apply(
        new ImportSubtitles(
            List.of(new Cue(0, 1_000_000, "一"), new Cue(1_500_000, 2_000_000, "二")),
            500_000,
            "字幕"));

    assertThat(times(3)).isEqualTo("500+1000 2000+500");
    ObjectNode segment = DraftDocument.segments(draft.tracks().get(3)).getFirst();
    assertThat(segment.at("/clip/transform/y").asDouble()).isEqualTo(-0.8);
    assertThat(at("/materials/texts/1/alignment").asInt()).isEqualTo(1);
    assertThat(
            DocumentJson.read(at("/materials/texts/1/content").stringValue())
                .at("/styles/0/size")
                .asDouble())
        .isEqualTo(5);
    assertResolved();
  }

  @Test
  void playsADraftBehindAnother() throws Exception {
    apply(new Append(other()));

    assertThat(draft.tracks()).hasSize(3);
    assertThat(times(0))
        .endsWith("7000+2000<6000+4000 9000+4000<1000+4000 13000+3000<0+3000 16000+2000<6000+4000");
    assertThat(times(2)).isEqualTo("500+3000 9500+3000");
    assertThat(draft.durationMicros()).isEqualTo(18_000_000);
    assertResolved();
  }

  @Test
  void playsADraftOverAnother() throws Exception {
    apply(new Layer(other(), 0));

    assertThat(draft.tracks().stream().map(TrackPlace::index))
        .containsExactly(0L, 0L, 1L, 1L, 15_000L, 15_001L);
    assertThat(draft.durationMicros()).isEqualTo(9_000_000);
    assertResolved();
  }

  @Test
  void takesPiecesOutAndAddsThemElsewhere() throws Exception {
    SubDraft pieces =
        SubDraft.extract(
            draft, (track, segment) -> !track.path("type").asString("").equals("audio"));
    assertThat(changes(ClientDraft.document().content(), draft.content())).isEmpty();
    assertThat(pieces.segments()).hasSize(4);
    SubDraft.RawSegment first = pieces.segments().getFirst();
    assertThat(first.relativeIndex()).isZero();
    assertThat(first.materialCategory()).isEqualTo("videos");
    assertThat(first.extraMaterials().keySet())
        .containsExactlyInAnyOrder(
            "speeds",
            "transitions",
            "canvases",
            "material_animations",
            "sound_channel_mappings",
            "vocal_separations");
    assertThat(pieces.materials())
        .extracting(SubDraft.RawMaterial::category)
        .containsExactly("videos", "videos", "texts");
    assertThat(pieces.paths()).containsExactly(HOME + "clip1.mp4", HOME + "photo.jpg");

    apply(new AddPieces(pieces, 2_000_000));

    assertThat(draft.tracks()).hasSize(5);
    assertThat(times(2)).isEqualTo("2000+4000<1000+4000 6000+3000<0+3000 9000+2000<6000+4000");
    assertThat(TrackPlace.index(draft.tracks().get(2))).isEqualTo(1);
    // One file, shown by two segments, is added once.
    assertThat(at("/materials/videos")).hasSize(4);
    assertResolved();
  }

  @Test
  void takesMaterialsOfPiecesFromTheirList() throws Exception {
    SubDraft whole = SubDraft.extract(draft, (track, segment) -> true);
    List<SubDraft.RawSegment> bare =
        whole.segments().stream()
            .map(raw ->
                new SubDraft.RawSegment(
                    raw.trackId(),
                    raw.trackType(),
                    raw.trackName(),
                    null,
                    77L,
                    raw.materialId(),
                    raw.segment(),
                    null,
                    "",
                    raw.extraMaterials()))
            .toList();

    apply(new AddPieces(new SubDraft(bare, whole.materials()), 0));
    assertResolved();
    assertThat(draft.tracks().stream().map(TrackPlace::index)).contains(77L);

    assertThatThrownBy(() -> apply(new AddPieces(new SubDraft(bare, List.of()), 0)))
        .isInstanceOf(EditException.class)
        .hasMessageContaining("rawMaterials");
  }
}
