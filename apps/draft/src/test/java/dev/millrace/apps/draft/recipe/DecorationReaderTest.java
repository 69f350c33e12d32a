package dev.millrace.apps.draft.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.catalogue.EffectKind;
import dev.millrace.apps.draft.format.KeyframeProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What items carry: items 0 and 1 are pictures, 2 is music, 3 is a subtitle. */
class DecorationReaderTest {
  @TempDir Path folder;

  private final ObjectNode recipe = Recipes.example();
  private RecipeReader reader;

  @BeforeEach
  void extendTheCatalogue() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.json"), Recipes.CATALOGUE);
    Catalogue catalogue = Catalogue.shipped().with(file);
    reader = new RecipeReader(() -> catalogue, LinkRule.any());
  }

  private Recipe good() {
    Reading reading = reader.read(recipe);
    assertThat(reading.faults()).isEmpty();
    return reading.found().orElseThrow();
  }

  private Decoration with(int item, String field, String json) {
    Recipes.with(recipe, "/testData/items/" + item + "/data/" + field, json);
    return good().items().get(item).decoration();
  }

  private void tracks() {
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"fx\",\"type\":\"effect\"}");
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"fi\",\"type\":\"filter\"}");
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"st\",\"type\":\"sticker\"}");
  }

  @Test
  void sortsKeyframesByPropertyAndTime() {
    Decoration decoration =
        with(
            0,
            "keyframes",
            """
            [{"property":"alpha","time":"2s","value":0},{"property":"KFTypePositionX","time":1,"value":0.5},
             {"property":"alpha","time":0.5,"value":1},{"property":"uniform_scale","time":0,"value":2}]\
            """);

    assertThat(decoration.keyframes())
        .containsExactly(
            new KeyframeRequest(1, KeyframeProperty.POSITION_X, 1_000_000, 0.5),
            new KeyframeRequest(3, KeyframeProperty.UNIFORM_SCALE, 0, 2),
            new KeyframeRequest(2, KeyframeProperty.ALPHA, 500_000, 1),
            new KeyframeRequest(0, KeyframeProperty.ALPHA, 2_000_000, 0));
  }

  @Test
  void readsMasksBackgroundsFiltersAndEffects() {
    Recipes.with(
        recipe, "/testData/items/0/data/mask", "{\"name\":\"圆形\",\"size\":0.4,\"feather\":0.2}");
    Recipes.with(recipe, "/testData/items/0/data/background", "{\"blur\":2}");
    Recipes.with(recipe, "/testData/items/1/data/background", "{\"color\":\"#102030\"}");
    Recipes.with(recipe, "/testData/items/0/data/filters", "[{\"name\":\"暖\",\"intensity\":40}]");
    Decoration decoration =
        with(
            0,
            "effects",
            """
            [{"type":"video_effect","name":"雪","values":{"speed":25}},
             {"type":"face_effect","resourceId":"71","effectId":"72"}]\
            """);

    assertThat(decoration.mask().effect().resourceType()).isEqualTo("circle");
    assertThat(decoration.mask().size()).isEqualTo(0.4);
    assertThat(decoration.background()).isEqualTo(new BackgroundRequest(0.375, null));
    assertThat(good().items().get(1).decoration().background().color()).isEqualTo("#102030FF");
    assertThat(decoration.filters().getFirst().intensity()).isEqualTo(0.4);
    assertThat(decoration.effects().get(0).values()).containsExactly(-0.5, 0.3);
    assertThat(decoration.effects().get(1).effect().resourceId()).isEqualTo("71");
    assertThat(decoration.effects().get(1).effect().kind()).isEqualTo(EffectKind.FACE_EFFECT);
  }

  @Test
  void readsEffectsOfSoundsAndTexts() {
    assertThat(
            with(2, "effects", "[{\"type\":\"tone\",\"name\":\"大叔\"}]")
                .effects()
                .getFirst()
                .effect()
                .resourceId())
        .isEqualTo("90");
    assertThat(with(3, "bubble", "{\"resourceId\":\"1\",\"effectId\":\"2\"}").bubble().effectId())
        .isEqualTo("2");
    assertThat(with(3, "flower", "{\"name\":\"火\"}").flower().effectId()).isEqualTo("112");
    with(
        3,
        "style",
        "{\"font\":\"宋\",\"ranges\":[{\"start\":0,\"end\":1,\"font\":{\"resourceId\":\"9\"}}]}");
    TextStyle style = good().items().get(3).style();
    assertThat(style.look().font().resourceId()).isEqualTo("120");
    assertThat(style.spans().getFirst().look().font().resourceId()).isEqualTo("9");
  }

  @Test
  void readsTransitionsAndAnimationsByTheClientsIds() {
    Recipes.with(
        recipe,
        "/testData/items/0/data/transitions",
        "[{\"resourceId\":\"61\",\"effectId\":\"62\",\"overlap\":true,\"duration\":0.25}]");
    Recipes.with(
        recipe,
        "/testData/items/1/data/animations",
        "[{\"type\":\"video_group\",\"name\":\"my\",\"resourceId\":\"63\",\"effectId\":\"64\"}]");
    Recipe read = good();

    assertThat(read.items().get(0).transition().effect().overlap()).isTrue();
    assertThat(read.items().get(0).transition().micros(1_000_000)).isEqualTo(250_000);
    assertThat(read.items().get(1).animations().getFirst().effect().name()).isEqualTo("my");
    assertThat(read.items().get(1).animations().getFirst().micros()).isEqualTo(500_000);
  }

  @Test
  void readsItemsThatAreEffectsThemselves() {
    tracks();
    for (String item :
        new String[] {
          "{\"type\":\"video_effect\",\"data\":{\"track\":\"fx\",\"start\":0,\"duration\":2,\"name\":\"雪\"}}",
          "{\"type\":\"filter\",\"data\":{\"track\":\"fi\",\"start\":0,\"duration\":\"1m\",\"name\":\"暖\",\"intensity\":50}}",
          "{\"type\":\"sticker\",\"data\":{\"track\":\"st\",\"start\":0,\"duration\":2,\"resourceId\":\"77\",\"x\":0.5,"
              + "\"keyframes\":[{\"property\":\"rotation\",\"time\":0,\"value\":90}]}}"
        }) {
      Recipes.with(recipe, "/testData/items/-", item);
    }
    Recipe read = good();

    assertThat(read.tracks())
        .extracting(TrackRequest::renderIndex)
        .containsExactly(0, 0, 15_000, 10_000, 11_000, 14_000);
    assertThat(read.items().get(4).overlay().values()).containsExactly(0.0, 0.3);
    assertThat(read.items().get(5).overlay().intensity()).isEqualTo(0.5);
    assertThat(read.items().get(5).durationMicros()).isEqualTo(60_000_000);
    assertThat(read.items().get(6).overlay().effect().resourceId()).isEqualTo("77");
    assertThat(read.items().get(6).clip().x()).isEqualTo(0.5);
    assertThat(read.items().get(6).decoration().keyframes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "0 | keyframes | [{}] | keyframes/0/property | missing",
        "0 | keyframes | [{\"property\":\"alpha\",\"value\":1}] | keyframes/0/time | missing",
        "0 | keyframes | [{\"property\":\"alpha\",\"time\":0}] | keyframes/0/value | missing",
        "0 | keyframes | [{\"property\":\"alpha\",\"time\":0,\"value\":1.1}] |"
            + " keyframes/0/value | out-of-range",
        "0 | keyframes | [5,{\"property\":\"alfa\",\"time\":0,\"value\":1}] |"
            + " keyframes/1/property | unknown-word",
        "0 | keyframes | [{\"property\":\"alpha\",\"time\":3.6,\"value\":1}] | keyframes/0/time |"
            + " keyframe-outside",
        "0 | keyframes | [{\"property\":\"alpha\",\"time\":1,\"value\":1},"
            + "{\"property\":\"alpha\",\"time\":\"1s\",\"value\":0}] | keyframes/1 |"
            + " keyframe-clash",
        "0 | keyframes | [{\"property\":\"uniform_scale\",\"time\":1,\"value\":1},"
            + "{\"property\":\"scale_y\",\"time\":1,\"value\":1}] | keyframes/0 | keyframe-clash",
        "2 | keyframes | [{\"property\":\"alpha\",\"time\":1,\"value\":1}] | keyframes/0/property |"
            + " does-not-apply",
        "3 | keyframes | [{\"property\":\"volume\",\"time\":1,\"value\":1}] |"
            + " keyframes/0/property | does-not-apply",
        "0 | background | {} | background | missing",
        "0 | background | {\"blur\":1,\"color\":\"#000000\"} | background | missing",
        "0 | background | {\"blur\":5} | background/blur | out-of-range",
        "0 | background | {\"color\":\"black\"} | background/color | bad-color",
        "3 | background | {\"blur\":1} | background | does-not-apply",
        "0 | mask | {\"name\":\"圆\"} | mask/name | unknown-effect",
        "0 | mask | {\"name\":\"圆形\",\"feather\":2} | mask/feather | out-of-range",
        "0 | mask | {\"name\":\"圆形\",\"width\":0.1,\"aspectRatio\":2} | mask/width |"
            + " does-not-apply",
        "0 | mask | {\"resourceId\":\"5\"} | mask/resourceType | missing",
        "2 | mask | {\"name\":\"圆形\"} | mask | does-not-apply",
        "0 | filters | [{\"name\":\"冷\"}] | filters/0/name | unknown-effect",
        "0 | filters | [{\"name\":\"暖\",\"intensity\":101}] | filters/0/intensity |"
            + " out-of-range",
        "0 | filters | [{\"resourceId\":\"5\"}] | filters/0/effectId | missing",
        "3 | filters | [{\"name\":\"暖\"}] | filters | does-not-apply",
        "0 | effects | [{\"type\":\"tone\",\"name\":\"大叔\"}] | effects/0/type | unknown-type",
        "0 | effects | [{\"type\":\"video_effect\",\"name\":\"雪\",\"values\":{\"sped\":1}}] |"
            + " effects/0/values/sped | unknown-field",
        "0 | effects | [{\"type\":\"video_effect\",\"name\":\"雪\",\"values\":{\"speed\":101}}] |"
            + " effects/0/values/speed | out-of-range",
        "0 | effects | [{\"type\":\"face_effect\",\"resourceId\":\"5\",\"effectId\":\"6\","
            + "\"values\":{\"a\":1}}] | effects/0/values | does-not-apply",
        "2 | effects | [{\"type\":\"tone\",\"name\":\"大叔\"},{\"type\":\"tone\",\"name\":\"大叔\"}]"
            + " | effects/1/type | effect-clash",
        "3 | effects | [] | effects | does-not-apply",
        "0 | bubble | {\"name\":\"x\"} | bubble | does-not-apply",
        "3 | bubble | {\"name\":\"x\"} | bubble/name | unknown-effect",
        "3 | style | {\"font\":\"楷\"} | style/font | unknown-effect",
        "3 | style | {\"font\":{\"resourceId\":5}} | style/font/resourceId | wrong-type",
      })
  void namesWhatIsWrongAndWhere(int item, String field, String json, String place, String code) {
    Recipes.with(recipe, "/testData/items/" + item + "/data/" + field, json);

    assertThat(reader.read(recipe).faults())
        .extracting(Fault::pointer, Fault::code)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "/testData/items/" + item + "/data/" + place, code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "video_effect | \"track\":\"fx\",\"start\":0,\"duration\":1 | name | missing",
        "video_effect | \"track\":\"fi\",\"start\":0,\"duration\":1,\"name\":\"雪\" | track |"
            + " wrong-track",
        "video_effect | \"track\":\"fx\",\"start\":0,\"name\":\"雪\" | duration | missing",
        "video_effect | \"track\":\"fx\",\"start\":0,\"duration\":1,\"name\":\"雪\",\"speed\":2 |"
            + " speed | does-not-apply",
        "video_effect | \"track\":\"fx\",\"start\":0,\"duration\":1,\"name\":\"雪\","
            + "\"effectType\":\"tone\" | effectType | unknown-type",
        "filter | \"track\":\"fi\",\"start\":0,\"duration\":1,\"name\":\"雪\" | name |"
            + " unknown-effect",
        "filter | \"track\":\"fi\",\"start\":0,\"duration\":1,\"name\":\"暖\",\"x\":1 | x |"
            + " unknown-field",
        "sticker | \"track\":\"st\",\"start\":0,\"duration\":1 | name | missing",
        "sticker | \"track\":\"st\",\"start\":0,\"duration\":1,\"resourceId\":\"7\","
            + "\"volume\":1 | volume | unknown-field",
      })
  void namesWhatIsWrongWithItemsThatAreEffects(
      String type, String data, String place, String code) {
    tracks();
    Recipes.with(
        recipe, "/testData/items/-", "{\"type\":\"" + type + "\",\"data\":{" + data + "}}");

    assertThat(reader.read(recipe).faults())
        .extracting(Fault::pointer, Fault::code)
        .contains(org.assertj.core.groups.Tuple.tuple("/testData/items/4/data/" + place, code));
  }

  @Test
  void tellsWhatToDoWhereTheCatalogueHasNothing() {
    RecipeReader shipped = new RecipeReader(Catalogue::shipped, LinkRule.any());
    Recipes.with(recipe, "/testData/items/0/data/filters", "[{\"name\":\"暖\"}]");
    assertThat(shipped.read(recipe).faults().getFirst().detail())
        .contains("\"暖\" is no filter")
        .contains("give resourceId and effectId");
  }
}
