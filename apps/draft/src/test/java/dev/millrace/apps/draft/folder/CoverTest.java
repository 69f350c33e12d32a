package dev.millrace.apps.draft.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Finding;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.timeline.Note;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.testkit.media.Media;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class CoverTest {
  private static final String COVER = "https://cdn.example.com/cover";

  @TempDir Path folder;
  private final ObjectNode recipe = Recipes.example();
  private Bench bench;

  @BeforeEach
  void askForACover() throws Exception {
    Recipes.with(recipe, "/cover", "{\"path\":\"" + COVER + "\"}");
    bench =
        new Bench(folder)
            .file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 1))
            .file("https://cdn.example.com/2.jpg", Media.jpeg(40, 60, 1))
            .file("https://cdn.example.com/bgm.mp3", Media.wav(Duration.ofSeconds(8), 440));
  }

  @Test
  void keepsAJpegAsItIs() throws Exception {
    byte[] jpeg = Media.jpeg(30, 20, 0xFF0000);
    Path draft = bench.file(COVER, jpeg).written(recipe);

    assertThat(Files.readAllBytes(draft.resolve("draft_cover.jpg"))).isEqualTo(jpeg);
    assertThat(Files.readString(draft.resolve(DraftRoot.META)))
        .contains("\"draft_cover\":\"draft_cover.jpg\"");
    assertThat(DraftChecker.check(draft)).isEmpty();
  }

  @Test
  void drawsOtherPicturesAgainNoLargerThanNeeded() throws Exception {
    Path file = Files.write(folder.resolve("large"), Media.png(4_000, 1_000, 0x0000FF));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cover.of(file, "PNG").writeTo(out);

    var picture = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(picture.getWidth()).isBetween(1_000, 1_920);
    assertThat(picture.getRGB(5, 5) & 0xFF).isGreaterThan(200);
    Path draft = bench.file(COVER, Media.gif(30, 20, 5)).written(recipe);
    assertThat(DraftChecker.check(draft)).isEmpty();
  }

  @Test
  void refusesWhatCannotBeDrawn() throws Exception {
    Path file = Files.writeString(folder.resolve("broken"), "no picture");
    assertThatThrownBy(() -> Cover.of(file, "PNG"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("JPEG");

    Timeline failed = bench.file(COVER, Media.wav(Duration.ofSeconds(1), 440)).timeline(recipe);
    assertThat(((Timeline.Failed) failed).faults())
        .extracting(Fault::pointer, Fault::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("/cover", "media-kind"));
  }

  @Test
  void goesWithoutACoverThatIsMissingIfMissingFilesAreSkipped() throws Exception {
    Recipes.with(recipe, "/onMissing", "\"skip\"");
    Path draft = bench.missing(COVER).written(recipe);

    assertThat(draft.resolve("draft_cover.jpg")).doesNotExist();
    assertThat(bench.built(recipe).notes()).extracting(Note::pointer).contains("/cover");
    assertThat(DraftChecker.check(draft)).isEmpty();
  }

  @Test
  void isCheckedWithTheDraft() throws Exception {
    Path draft = bench.file(COVER, Media.jpeg(30, 20, 1)).written(recipe);
    Path cover = draft.resolve("draft_cover.jpg");
    Files.writeString(cover, "no JPEG");
    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactly(Rule.COVER_THERE);
    Files.delete(cover);
    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactly(Rule.COVER_THERE);
    Path meta = draft.resolve(DraftRoot.META);
    Files.writeString(
        meta, Files.readString(meta).replace("\"draft_cover.jpg\"", "\"../../cover.jpg\""));
    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactly(Rule.COVER_THERE);
  }
}
