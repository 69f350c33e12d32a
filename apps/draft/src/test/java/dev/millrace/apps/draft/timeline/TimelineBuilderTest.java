package dev.millrace.apps.draft.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.format.Animations.Animation;
import dev.millrace.apps.draft.format.Animations.Phase;
import dev.millrace.apps.draft.format.Segment;
import dev.millrace.apps.draft.format.Track;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.testkit.media.Cue;
import dev.millrace.testkit.media.Media;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class TimelineBuilderTest {
  private static final String ONE = "https://cdn.example.com/1.jpg";
  private static final String TWO = "https://cdn.example.com/2.jpg";
  private static final String MUSIC = "https://cdn.example.com/bgm.mp3";

  @TempDir Path folder;
  private Bench bench;
  private final ObjectNode recipe = Recipes.example();

  @BeforeEach
  void setOut() throws Exception {
    bench =
        new Bench(folder)
            .file(ONE, Media.jpeg(40, 60, 1))
            .file(TWO, Media.mp4(64, 48, Duration.ofSeconds(4)))
            .file(MUSIC, Media.wav(Duration.ofSeconds(5), 440));
  }

  private static List<Segment> segments(Timeline.Built built, int track) {
    return built.draft().tracks().get(track).segments();
  }

  private static List<String> codes(Timeline.Built built) {
    return built.notes().stream().map(Note::code).toList();
  }

  private List<String> faults() {
    return switch (bench.timeline(recipe)) {
      case Timeline.Failed failed -> failed.faults().stream().map(Fault::code).toList();
      case Timeline.Built built -> throw new AssertionError("built with " + built.notes());
    };
  }

  @Test
  void shortensAClipThatAsksForMoreThanItsFileHolds() {
    Timeline.Built built = bench.built(recipe);
    Segment music = segments(built, 1).getFirst();

    assertThat(music.target().durationMicros()).isEqualTo(5_000_000);
    assertThat(music.source().durationMicros()).isEqualTo(5_000_000);
    assertThat(codes(built)).containsExactly("clip-shortened");
  }

  @Test
  void stretchesAClipThatIsShortOfLessThanAFrame() throws Exception {
    bench.file(MUSIC, Media.wav(Duration.ofMillis(6_990), 440));
    Timeline.Built built = bench.built(recipe);
    Segment music = segments(built, 1).getFirst();

    assertThat(music.target().durationMicros()).isEqualTo(7_000_000);
    assertThat(music.source().durationMicros()).isEqualTo(6_990_000);
    assertThat(music.speed()).isEqualTo(6_990_000 / 7_000_000.0);
    assertThat(built.notes()).isEmpty();
  }

  @Test
  void takesWhatSpeedSays() {
    Recipes.with(recipe, "/testData/items/2/data/speed", "0.3333");
    Segment music = segments(bench.built(recipe), 1).getFirst();

    assertThat(music.source().durationMicros()).isEqualTo(2_333_100);
    assertThat(music.speed()).isEqualTo(0.3333);
  }

  @Test
  void letsAnItemWithoutDurationLastAsLongAsItsFileOrUntilTheNext() {
    Recipes.with(recipe, "/testData/items/2/data/duration", "null");
    Recipes.with(recipe, "/testData/items/2/data/sourceStart", "1");
    assertThat(segments(bench.built(recipe), 1).getFirst().target().durationMicros())
        .isEqualTo(4_000_000);

    Recipes.with(
        recipe,
        "/testData/items/-",
        "{\"type\":\"music\",\"data\":{\"track\":\"t_mus\",\"start\":3,\"duration\":1}}");
    Timeline.Built built = bench.built(recipe);
    assertThat(segments(built, 1).getFirst().target().endMicros()).isEqualTo(3_000_000);
    assertThat(codes(built)).containsExactly("made-room");
  }

  @Test
  void refusesASourceBeyondTheEnd() {
    Recipes.with(recipe, "/testData/items/2/data/sourceStart", "5");
    assertThat(faults()).containsExactly("source-beyond-end");
  }

  @Test
  void refusesFilesOfTheWrongKind() throws Exception {
    bench.file(ONE, Media.wav(Duration.ofSeconds(5), 440)).file(MUSIC, Media.png(4, 4, 0));
    assertThat(faults()).containsExactly("media-kind", "media-kind");
  }

  @Test
  void reportsEveryMissingFile() {
    bench.missing(ONE).missing(MUSIC);
    assertThat(faults()).containsExactly("download-failed", "download-failed");
  }

  @Test
  void refusesToMakeADraftOfNothing() {
    Recipes.with(recipe, "/onMissing", "\"skip\"");
    Recipes.with(
        recipe,
        "/testData/items/3",
        "{\"type\":\"image\",\"data\":{\"track\":\"t_img\","
            + "\"path\":\""
            + ONE
            + "\",\"start\":7,\"duration\":1}}");
    bench.missing(ONE).missing(TWO).missing(MUSIC);
    assertThat(faults()).containsExactly("nothing-left");
  }

  @Test
  void dropsATransitionWhoseClipBecameShorter() {
    Recipes.with(recipe, "/testData/items/0/data/path", "\"" + TWO + "\"");
    Recipes.with(recipe, "/testData/items/0/data/sourceStart", "2");
    Timeline.Built built = bench.built(recipe);

    assertThat(segments(built, 0).getFirst().transition()).isNull();
    assertThat(codes(built)).contains("clip-shortened", "transition-dropped", "main-track-gap");
  }

  @Test
  void capsATransitionOfUsualLengthAtHalfOfTheShorterItem() {
    Recipes.with(recipe, "/testData/items/1/data/duration", "0.6");
    Recipes.with(recipe, "/testData/items/1/data/animations", "[]");
    Recipes.with(recipe, "/testData/items/0/data/transitions", "[{\"name\":\"左移\"}]");

    assertThat(segments(bench.built(recipe), 0).getFirst().transition().durationMicros())
        .isEqualTo(300_000);
  }

  @Test
  void scalesFadesAndAnimationsWithAShortenedClip() throws Exception {
    bench.file(MUSIC, Media.wav(Duration.ofSeconds(2), 440));
    bench.file(TWO, Media.mp4(64, 48, Duration.ofMillis(400)));
    Recipes.with(recipe, "/testData/items/2/data/fades", "{\"in\":3,\"out\":1}");
    Timeline.Built built = bench.built(recipe);

    assertThat(segments(built, 1).getFirst().fade().inMicros()).isEqualTo(1_500_000);
    assertThat(segments(built, 1).getFirst().fade().outMicros()).isEqualTo(500_000);
    assertThat(segments(built, 0).get(1).animations().animations().getFirst().durationMicros())
        .isEqualTo(400_000);
    assertThat(codes(built)).contains("fade-shortened", "animation-shortened");
  }

  @Test
  void placesInOutAndLoop() {
    Recipes.with(
        recipe,
        "/testData/items/3/data/animations",
        """
        [{"type":"text_loop","name":"闪烁"},{"type":"text_intro","name":"弹入","duration":1},
         {"type":"text_outro","name":"渐隐","duration":0.5}]\
        """);
    Segment text = segments(bench.built(recipe), 2).getFirst();

    assertThat(text.animations().animations())
        .extracting(Animation::phase, Animation::startMicros, Animation::durationMicros)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Phase.LOOP, 1_000_000L, 1_500_000L),
            org.assertj.core.groups.Tuple.tuple(Phase.IN, 0L, 1_000_000L),
            org.assertj.core.groups.Tuple.tuple(Phase.OUT, 2_500_000L, 500_000L));
  }

  @Test
  void dropsALoopThatIsLeftNoTime() {
    Recipes.with(
        recipe,
        "/testData/items/3/data/animations",
        "[{\"type\":\"text_intro\",\"name\":\"弹入\",\"duration\":3},{\"type\":\"text_loop\",\"name\":\"跳动\"}]");
    assertThat(codes(bench.built(recipe))).contains("animation-dropped");
  }

  @Test
  void ordersTracksByRenderIndex() {
    Recipes.with(
        recipe, "/testData/tracks/-", "{\"id\":\"low\",\"type\":\"text\",\"absoluteIndex\":0}");
    assertThat(bench.built(recipe).draft().tracks())
        .extracting(Track::renderIndex)
        .containsExactly(0, 0, 0, 15_000);
  }

  @Test
  void laysSubtitlesBetweenWhatIsThere() throws Exception {
    bench.subtitles(
        "https://h/a.srt",
        Media.srt(
            List.of(
                new Cue(Duration.ZERO, Duration.ofSeconds(2), "before"),
                new Cue(Duration.ofSeconds(2), Duration.ofMillis(3_600), "within"),
                new Cue(Duration.ofMillis(3_800), Duration.ofSeconds(9), "beyond"))));
    Recipes.with(recipe, "/testData/items/3/data/start", "1.5");
    Recipes.with(recipe, "/testData/items/3/data/duration", "2");
    Recipes.with(
        recipe,
        "/testData/items/-",
        "{\"type\":\"text\",\"data\":{\"track\":\"t_sub\",\"path\":\"https://h/a.srt\",\"start\":0,\"duration\":6}}");
    Timeline.Built built = bench.built(recipe);

    assertThat(segments(built, 2))
        .extracting(
            segment -> segment.target().startMicros(), segment -> segment.target().endMicros())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0L, 1_500_000L),
            org.assertj.core.groups.Tuple.tuple(1_500_000L, 3_500_000L),
            org.assertj.core.groups.Tuple.tuple(3_500_000L, 3_600_000L),
            org.assertj.core.groups.Tuple.tuple(3_800_000L, 6_000_000L));
    assertThat(codes(built)).contains("made-room");
  }

  @Test
  void makesOneMaterialOfAFileThatIsUsedOften() {
    Recipes.with(recipe, "/testData/items/0/data/path", "\"" + TWO + "\"");
    Recipes.with(recipe, "/testData/items/0/data/transitions", "[]");
    assertThat(bench.built(recipe).draft().media()).hasSize(2);
  }
}
