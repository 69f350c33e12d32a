package dev.millrace.apps.draft.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.media.Media;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Breaks a draft that has everything a recipe can ask for: one video segment with all that fits,
 * one that uses its own scales, music with two effects, a text with bubble and flower, and a
 * segment each on tracks for effects, filters and stickers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverlayCheckTest {
  @TempDir static Path shared;

  private Path draft;
  private byte[] whole;

  @BeforeAll
  void makeTheDraftToBreak() throws Exception {
    draft =
        new Bench(shared)
            .file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 0xFF0000))
            .file("https://cdn.example.com/2.jpg", Media.mp4(64, 48, Duration.ofSeconds(4)))
            .file("https://cdn.example.com/bgm.mp3", Media.wav(Duration.ofSeconds(8), 440))
            .written(Recipes.decorated());
    whole = Files.readAllBytes(draft.resolve(DraftRoot.CONTENT));
  }

  private ObjectNode content() {
    return (ObjectNode) Recipes.JSON.readTree(whole);
  }

  private void write(ObjectNode content) throws Exception {
    Files.write(draft.resolve(DraftRoot.CONTENT), Recipes.JSON.writeValueAsBytes(content));
    Files.write(draft.resolve(DraftRoot.INFO), Recipes.JSON.writeValueAsBytes(content));
  }

  @Test
  void findsNothingWrongWithADraftOfOurs() throws Exception {
    write(content());
    assertThat(DraftChecker.check(draft)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "/materials/masks/0/config/width | 0 | MASK_SANE | /materials/masks/0/config/width",
        "/materials/masks/0/config/aspectRatio | null | MASK_SANE |"
            + " /materials/masks/0/config/aspectRatio",
        "/materials/masks/0/config/centerX | \"0\" | MASK_SANE | /materials/masks/0/config/centerX",
        "/materials/masks/0/config/feather | 1.5 | MASK_SANE | /materials/masks/0/config/feather",
        "/materials/masks/0/config/invert | 0 | MASK_SANE | /materials/masks/0/config/invert",
        "/materials/masks/0/resource_type | null | FIELD_REQUIRED |"
            + " /materials/masks/0/resource_type",
        "/materials/masks/0/resource_id | \"\" | EFFECT_IDS | /materials/masks/0/resource_id",
        "/materials/canvases/0/type | \"canvas\" | BACKGROUND_SANE | /materials/canvases/0/type",
        "/materials/canvases/0/blur | 2 | BACKGROUND_SANE | /materials/canvases/0/blur",
        "/materials/canvases/1/color | \"black\" | BACKGROUND_SANE | /materials/canvases/1/color",
        "/materials/effects/0/value | 1.2 | VALUE_RANGE | /materials/effects/0/value",
        "/materials/effects/0/value | null | FIELD_REQUIRED | /materials/effects/0/value",
        "/materials/effects/0/type | \"text_shape\" | ATTACHMENT_FITS | /materials/effects/0",
        "/materials/effects/1/type | \"filter\" | ATTACHMENT_FITS | /materials/effects/1",
        "/materials/effects/0/resource_id | null | EFFECT_IDS | /materials/effects/0/resource_id",
        "/materials/video_effects/0/apply_target_type | 2 | EFFECT_TARGET |"
            + " /materials/video_effects/0/apply_target_type",
        "/materials/video_effects/2/apply_target_type | 0 | EFFECT_TARGET |"
            + " /materials/video_effects/2/apply_target_type",
        "/materials/video_effects/0/adjust_params/0/value | 1.1 | EFFECT_PARAMS |"
            + " /materials/video_effects/0/adjust_params/0/value",
        "/materials/video_effects/0/resource_id | null | EFFECT_IDS |"
            + " /materials/video_effects/0/resource_id",
        "/materials/audio_effects/0/sub_type | 3 | EFFECT_CATEGORY |"
            + " /materials/audio_effects/0/sub_type",
        "/materials/audio_effects/1/category_id | \"tone\" | EFFECT_CATEGORY |"
            + " /materials/audio_effects/1/category_id",
        "/materials/audio_effects/1/audio_adjust_params/0/value | -1 | EFFECT_PARAMS |"
            + " /materials/audio_effects/1/audio_adjust_params/0/value",
        "/materials/stickers/0/resource_id | null | EFFECT_IDS |"
            + " /materials/stickers/0/resource_id",
        "/tracks/0/segments/0/common_keyframes/0/property_type | \"KFTypeNew\" | KEYFRAME_KNOWN |"
            + " /tracks/0/segments/0/common_keyframes/0/property_type",
        "/tracks/0/segments/0/common_keyframes/0/property_type | \"position_x\" | KEYFRAME_KNOWN |"
            + " /tracks/0/segments/0/common_keyframes/0/property_type",
        "/tracks/0/segments/0/common_keyframes/0/property_type | \"KFTypeAlpha\" |"
            + " KEYFRAME_PROPERTY | /tracks/0/segments/0/common_keyframes/2/property_type",
        "/tracks/1/segments/0/common_keyframes/0/property_type | \"KFTypeAlpha\" |"
            + " KEYFRAME_PROPERTY | /tracks/1/segments/0/common_keyframes/0/property_type",
        "/tracks/0/segments/0/common_keyframes/0/keyframe_list/1/time_offset | 0 |"
            + " KEYFRAME_ORDER |"
            + " /tracks/0/segments/0/common_keyframes/0/keyframe_list/1/time_offset",
        "/tracks/0/segments/0/common_keyframes/0/keyframe_list/1/time_offset | 3500001 |"
            + " KEYFRAME_WITHIN |"
            + " /tracks/0/segments/0/common_keyframes/0/keyframe_list/1/time_offset",
        "/tracks/0/segments/0/common_keyframes/0/keyframe_list/0/time_offset | 0.5 | TIME_WHOLE |"
            + " /tracks/0/segments/0/common_keyframes/0/keyframe_list/0/time_offset",
        "/tracks/0/segments/0/common_keyframes/0/keyframe_list | [] | FIELD_REQUIRED |"
            + " /tracks/0/segments/0/common_keyframes/0/keyframe_list",
        "/tracks/0/segments/0/common_keyframes/2/keyframe_list/0/values | [2] | KEYFRAME_VALUE |"
            + " /tracks/0/segments/0/common_keyframes/2/keyframe_list/0/values/0",
        "/tracks/0/segments/0/common_keyframes/2/keyframe_list/0/values | [\"1\"] |"
            + " KEYFRAME_VALUE |"
            + " /tracks/0/segments/0/common_keyframes/2/keyframe_list/0/values",
        "/tracks/0/segments/1/uniform_scale/on | true | KEYFRAME_SCALE |"
            + " /tracks/0/segments/1/uniform_scale/on",
        "/tracks/2/segments/0/material_id | \"X\" | MATERIAL_RESOLVES |"
            + " /tracks/2/segments/0/material_id",
        "/tracks/2/segments/0/clip | {} | CLIP_FITS | /tracks/2/segments/0/clip",
        "/tracks/4/segments/0/clip | null | CLIP_FITS | /tracks/4/segments/0/clip",
        "/tracks/4/segments/0/speed | null | FIELD_REQUIRED | /tracks/4/segments/0/speed",
      })
  void findsOneThingThatIsWrong(String place, String value, Rule rule, String pointer)
      throws Exception {
    write(Recipes.with(content(), place, value));

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule, Finding::pointer)
        .contains(org.assertj.core.groups.Tuple.tuple(rule, pointer));
  }

  @Test
  void findsEffectsOnTheWrongTrack() throws Exception {
    ObjectNode content = content();
    String refs = "/tracks/0/segments/0/extra_material_refs/";
    // Speed, transition, background, mask, filter, effects.
    String mask = content.at(refs + "3").toString();
    assertThat(content.at("/materials/masks/0/id").toString()).isEqualTo(mask);
    Recipes.with(content, "/tracks/1/segments/0/extra_material_refs/1", mask);
    write(content);

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .contains(Rule.ATTACHMENT_FITS, Rule.REFERENCE_UNSHARED);
  }

  @Test
  void knowsThatTracksOfAnotherMakerUseWhatTheyName() throws Exception {
    ObjectNode content = content();
    Recipes.with(content, "/tracks/2/type", "\"adjust\"");
    write(content);

    assertThat(DraftChecker.check(draft)).isEmpty();
  }
}
