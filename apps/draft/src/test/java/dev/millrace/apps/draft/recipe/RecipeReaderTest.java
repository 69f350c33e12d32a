package dev.millrace.apps.draft.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.catalogue.Catalogue;
import dev.millrace.apps.draft.format.Canvas;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecipeReaderTest {
  private static final RecipeReader READER = new RecipeReader(Catalogue::shipped, LinkRule.any());

  private static Recipe good(JsonNode json) {
    Reading reading = READER.read(json);
    assertThat(reading.faults()).isEmpty();
    return reading.found().orElseThrow();
  }

  private static Recipe with(String pointer, String json) {
    return good(Recipes.with(Recipes.example(), pointer, json));
  }

  @Test
  void readsTheExample() {
    Recipe recipe = good(Recipes.example());

    assertThat(recipe.title()).isEqualTo("竖屏人物图片");
    assertThat(recipe.canvas()).isEqualTo(new Canvas(1080, 1920, "original"));
    assertThat(recipe.tracks()).extracting(TrackRequest::renderIndex).containsExactly(0, 0, 15_000);
    assertThat(recipe.items()).hasSize(4);
    Item first = recipe.items().getFirst();
    assertThat(first.durationMicros()).isEqualTo(3_500_000);
    assertThat(first.transition().effect().effectId()).isEqualTo("322577");
    Item music = recipe.items().get(2);
    assertThat(music.url()).isEqualTo("https://cdn.example.com/bgm.mp3");
    assertThat(music.fileName()).isEqualTo("bgm.mp3");
    assertThat(music.volume()).isEqualTo(0.6);
    assertThat(recipe.items().get(3).text()).isEqualTo("新品上市");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "/testData/items/0/data/start | -1 | /testData/items/0/data/start | out-of-range",
        "/testData/items/0/data/start | \"x\" | /testData/items/0/data/start | not-a-time",
        "/testData/items/0/data/start | 1e400000000 | /testData/items/0/data/start | out-of-range",
        "/testData/items/0/data/start | null | /testData/items/0/data/start | missing",
        "/testData/items/0/data/duration | 0 | /testData/items/0/data/duration | out-of-range",
        "/testData/items/0/data/duration | 0.0000001 | /testData/items/0/data/duration |"
            + " out-of-range",
        "/testData/items/0/data/duration | null | /testData/items/0/data/duration | missing",
        "/testData/items/0/data/duration | 90000 | /testData/items/0/data/duration | out-of-range",
        "/testData/items/0/data/duration | 3.6 | /testData/items/1/data/start | overlap",
        "/testData/items/1/data/start | 3.4 | /testData/items/1/data/start | overlap",
        "/testData/items/1/data/start | 4 | /testData/items/0/data/transitions/0 | transition-gap",
        "/testData/items/1/data/transitions | [{\"name\":\"叠化\"}] |"
            + " /testData/items/1/data/transitions/0 | transition-gap",
        "/testData/items/0/data/transitions/0/duration | 2 |"
            + " /testData/items/0/data/transitions/0/duration | transition-too-long",
        "/testData/items/0/data/transitions/0/name | \"叠花\" |"
            + " /testData/items/0/data/transitions/0/name | unknown-effect",
        "/testData/items/0/data/transitions/- | {\"name\":\"叠化\"} |"
            + " /testData/items/0/data/transitions | too-many",
        "/testData/items/2/data/transitions | [{\"name\":\"叠化\"}] |"
            + " /testData/items/2/data/transitions | does-not-apply",
        "/testData/items/1/data/animations/0/name | \"渐隐\" |"
            + " /testData/items/1/data/animations/0/name | unknown-effect",
        "/testData/items/1/data/animations/0/type | \"video_in\" |"
            + " /testData/items/1/data/animations/0/type | unknown-type",
        "/testData/items/1/data/animations/0/duration | 4 | /testData/items/1/data/animations |"
            + " animation-too-long",
        "/testData/items/1/data/animations/- | {\"type\":\"video_group\",\"name\":\"缩放\"} |"
            + " /testData/items/1/data/animations/1 | animation-clash",
        "/testData/items/1/data/animations/- | {\"type\":\"video_intro\",\"name\":\"放大\"} |"
            + " /testData/items/1/data/animations/1 | animation-clash",
        "/testData/items/3/data/animations | [{\"type\":\"video_intro\",\"name\":\"放大\"}] |"
            + " /testData/items/3/data/animations/0/type | does-not-apply",
        "/testData/items/2/data/volume | 10.5 | /testData/items/2/data/volume | out-of-range",
        "/testData/items/2/data/speed | 0.05 | /testData/items/2/data/speed | out-of-range",
        "/testData/items/2/data/speed | 101 | /testData/items/2/data/speed | out-of-range",
        "/testData/items/2/data/x | 0.5 | /testData/items/2/data/x | does-not-apply",
        "/testData/items/2/data/fades | {\"in\":4,\"out\":4} | /testData/items/2/data/fades |"
            + " fade-too-long",
        "/testData/items/0/data/fades | {\"in\":1} | /testData/items/0/data/fades | does-not-apply",
        "/testData/items/0/data/track | \"t_imgs\" | /testData/items/0/data/track | unknown-track",
        "/testData/items/0/data/track | \"t_mus\" | /testData/items/0/data/track | wrong-track",
        "/testData/items/0/data/path | \"ftp://host/1.jpg\" | /testData/items/0/data/path |"
            + " bad-link",
        "/testData/items/0/data/path | \"/etc/passwd\" | /testData/items/0/data/path | bad-link",
        "/testData/items/0/data/path | \"http://host/a b.jpg\" | /testData/items/0/data/path |"
            + " bad-link",
        "/testData/items/0/data/path | null | /testData/items/0/data/path | missing",
        "/testData/items/0/data/pth | \"x\" | /testData/items/0/data/pth | unknown-field",
        "/testData/items/0/type | \"imag\" | /testData/items/0/type | unknown-type",
        "/testData/items/0/type | \"sticker\" | /testData/items/0/data/track | wrong-track",
        "/testData/tracks/0/type | \"adjust\" | /testData/tracks/0/type | not-supported",
        "/testData/items/0/data | null | /testData/items/0/data | missing",
        "/testData/items/0 | 5 | /testData/items/0 | wrong-type",
        "/testData/items | [] | /testData/items | missing",
        "/testData/tracks/0/type | \"vidio\" | /testData/tracks/0/type | unknown-type",
        "/testData/tracks/1/id | \"t_img\" | /testData/tracks/1/id | duplicate-id",
        "/testData | null | /testData | missing",
        "/materials/0/path | null | /materials/0/path | missing",
        "/materials/- | {\"id\":\"m_bgm\",\"path\":\"http://h/x\"} | /materials/1/id |"
            + " duplicate-id",
        "/ruleGroup/rules/2/materialIds/0 | \"m_bg\" | /ruleGroup/rules/2/materialIds/0 |"
            + " unknown-material",
        "/ruleGroup/rules/0/type | \"imagee\" | /ruleGroup/rules/0/type | unknown-type",
        "/ruleGroup/rules/0/meta | {\"clips\":{}} | /ruleGroup/rules/0/meta/clips | unknown-field",
        "/ruleGroup/rules/1/type | \"image\" | /ruleGroup/rules/1/type | duplicate-id",
        "/ruleGroup/title | 5 | /ruleGroup/title | wrong-type",
        "/draftConfig/fps | 0 | /draftConfig/fps | out-of-range",
        "/draftConfig/canvas/width | 1.5 | /draftConfig/canvas/width | out-of-range",
        "/draftConfig/canvas/width | 100.5 | /draftConfig/canvas/width | wrong-type",
        "/draftConfig/config | {\"maintrack_adsorb\":\"yes\"} |"
            + " /draftConfig/config/maintrack_adsorb | wrong-type",
        "/onMissing | \"skp\" | /onMissing | unknown-word",
        "/rawSegments | [{}] | /rawSegments/0/trackId | missing",
        "/cover | {} | /cover | missing",
        "/cover | {\"material\":\"m_x\"} | /cover/material | unknown-material",
        "/cover | {\"path\":\"file:///x.jpg\"} | /cover/path | bad-link",
        "/testdata | {} | /testdata | unknown-field",
        "/testData/items/3/data/text | \"  \" | /testData/items/3/data/text | missing",
        "/testData/items/3/data/style | {\"color\":\"red\"} | /testData/items/3/data/style/color |"
            + " bad-color",
        "/testData/items/3/data/style | {\"align\":\"centre\"} |"
            + " /testData/items/3/data/style/align | unknown-word",
        "/testData/items/3/data/style | {\"ranges\":[{\"start\":2,\"end\":5}]} |"
            + " /testData/items/3/data/style | text-range",
        "/testData/items/3/data/style |"
            + " {\"ranges\":[{\"start\":0,\"end\":2},{\"start\":1,\"end\":3}]} |"
            + " /testData/items/3/data/style/ranges | text-range",
        "/testData/items/0/data/clip | {\"alpha\":2} | /testData/items/0/data/clip/alpha |"
            + " out-of-range",
        "/testData/items/0/data/scale | 0 | /testData/items/0/data/scale | out-of-range",
        "/testData/items/0/data/text | \"hello\" | /testData/items/0/data/text | does-not-apply",
      })
  void namesWhatIsWrongAndWhere(String place, String json, String pointer, String code) {
    Reading reading = READER.read(Recipes.with(Recipes.example(), place, json));

    assertThat(reading.faults())
        .extracting(Fault::pointer, Fault::code)
        .contains(org.assertj.core.groups.Tuple.tuple(pointer, code));
    assertThat(reading.faults()).allSatisfy(fault -> assertThat(fault.detail()).isNotBlank());
  }

  @Test
  void answersAllProblemsAtOnce() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items/0/data/start", "-1");
    Recipes.with(recipe, "/testData/items/1/data/track", "\"nowhere\"");
    Recipes.with(recipe, "/testData/items/2/data/volume", "11");
    Recipes.with(recipe, "/materials/0/path", "\"file:///etc/passwd\"");

    assertThat(READER.read(recipe).faults())
        .extracting(Fault::pointer)
        .contains(
            "/testData/items/0/data/start",
            "/testData/items/1/data/track",
            "/testData/items/2/data/volume",
            "/materials/0/path");
  }

  @Test
  void namesTheNearestKnownWords() {
    Reading reading =
        READER.read(
            Recipes.with(Recipes.example(), "/testData/items/0/data/transitions/0/name", "\"叠花\""));

    assertThat(reading.faults().getFirst().detail()).contains("叠花").contains("\"叠化\"");
  }

  @Test
  void boundsTheListOfProblemsAndOfItems() {
    ObjectNode recipe = Recipes.example();
    for (int i = 0; i < 2_000; i++) {
      Recipes.with(recipe, "/testData/items/-", "{\"type\":\"nope\"}");
    }
    List<Fault> faults = READER.read(recipe).faults();
    assertThat(faults).hasSize(501);
    assertThat(faults.getLast().code()).isEqualTo("more-problems");

    for (int i = 0; i < 8_100; i++) {
      Recipes.with(recipe, "/testData/items/-", "{\"type\":\"nope\"}");
    }
    assertThat(READER.read(recipe).faults()).extracting(Fault::code).contains("too-many");
  }

  /** Hints are for people; a recipe made to make the server think must not succeed. */
  @Test
  @Timeout(20)
  void answersSoonHoweverMuchIsWrong() {
    ObjectNode recipe = Recipes.example();
    String many = "m".repeat(180);
    for (int i = 0; i < 5_000; i++) {
      Recipes.with(
          recipe, "/materials/-", "{\"id\":\"%s%d\",\"path\":\"http://h/x\"}".formatted(many, i));
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"image\",\"data\":{\"track\":\"t_img\",\"start\":%d,\"duration\":1,\"material\":\"%s?\",\"%s\":1}}"
              .formatted(10 + i, many, many));
    }
    assertThat(READER.read(recipe).faults()).hasSize(501);
  }

  @Test
  void readsTenThousandItems() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items", "[]");
    for (int i = 0; i < 10_000; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"music\",\"data\":{\"track\":\"t_mus\",\"start\":%d,\"duration\":1}}"
              .formatted(i));
    }
    assertThat(good(recipe).items()).hasSize(10_000);
  }

  @Test
  void refusesLinksThatTheRuleRefuses() {
    RecipeReader strict =
        new RecipeReader(
            Catalogue::shipped,
            link ->
                link.getHost().equals("cdn.example.com")
                    ? Optional.of("is not public; use another host")
                    : Optional.empty());

    assertThat(strict.read(Recipes.example()).faults())
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder(
            "/materials/0/path", "/testData/items/0/data/path", "/testData/items/1/data/path");
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, 3500000",
    "0.0000005, 1",
    "1.0000004, 1000000",
    "\"1h52m3s\", 6723000000",
    "\"0.15s\", 150000",
    "\"2m\", 120000000",
    "\"1.5h\", 5400000000",
    "\"1s250ms\", 1250000",
    "\"0.5ms\", 500",
    "\"1:02:03.5\", 3723500000",
    "\"2:30\", 150000000",
    "\" 3.5 \", 3500000"
  })
  void turnsSecondsIntoWholeMicroseconds(String json, long micros) {
    assertThat(with("/testData/items/3/data/duration", json).items().get(3).durationMicros())
        .isEqualTo(micros);
  }

  @Test
  void worksOutTheThirdOfDurationSourceAndSpeed() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items/2/data/sourceDuration", "14");
    Recipes.with(recipe, "/testData/items/2/data/sourceStart", "1");
    Item item = good(recipe).items().get(2);
    assertThat(item.speed()).isEqualTo(2.0);
    assertThat(item.sourceStartMicros()).isEqualTo(1_000_000);

    Recipes.with(recipe, "/testData/items/2/data/speed", "4");
    assertThat(READER.read(recipe).faults()).extracting(Fault::code).containsExactly("speed-clash");

    Recipes.with(recipe, "/testData/items/2/data/duration", "null");
    assertThat(good(recipe).items().get(2).durationMicros()).isEqualTo(3_500_000);

    Recipes.with(recipe, "/testData/items/2/data/sourceDuration", "null");
    assertThat(good(recipe).items().get(2).durationMicros()).isNull();
  }

  @Test
  void givesMaterialsOfARuleToItsItemsInTurn() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(
        recipe, "/materials/-", "{\"id\":\"m2\",\"path\":\"http://h/2.mp3\",\"mood\":[1]}");
    Recipes.with(recipe, "/ruleGroup/rules/2/materialIds/-", "\"m2\"");
    for (int i = 1; i <= 2; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"music\",\"data\":{\"track\":\"t_mus\",\"start\":%d,\"duration\":1}}"
              .formatted(i * 10));
    }

    assertThat(good(recipe).items().stream().filter(item -> item.type() == ItemType.MUSIC))
        .extracting(Item::url)
        .containsExactly(
            "https://cdn.example.com/bgm.mp3", "http://h/2.mp3", "https://cdn.example.com/bgm.mp3");
  }

  @Test
  void appliesWhatARuleSaysWhereAnItemSaysNothing() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(
        recipe,
        "/ruleGroup/rules/0/meta",
        """
        {"track":"t_img","clip":{"scale":{"x":2,"y":2}},"transition":{"name":"闪白"},
         "animations":[{"type":"video_outro","name":"渐隐"}]}\
        """);
    Recipes.with(recipe, "/testData/items/1/data/track", "null");
    Recipes.with(recipe, "/testData/items/1/data/x", "0.5");
    List<Item> items = good(recipe).items();

    assertThat(items.get(0).transition().effect().name()).isEqualTo("叠化");
    assertThat(items.get(0).animations().getFirst().effect().name()).isEqualTo("渐隐");
    assertThat(items.get(1).track()).isEqualTo("t_img");
    assertThat(items.get(1).clip().scaleX()).isEqualTo(2);
    assertThat(items.get(1).clip().x()).isEqualTo(0.5);
    assertThat(items.get(1).transition().whereItFits()).isTrue();
    assertThat(items.get(1).animations().getFirst().effect().name()).isEqualTo("渐显");
  }

  @Test
  void putsEachTrackOfATypeAboveTheLast() {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"v2\",\"type\":\"video\"}");
    Recipes.with(
        recipe, "/testData/tracks/-", "{\"id\":\"v3\",\"type\":\"video\",\"relativeIndex\":7}");
    Recipes.with(
        recipe, "/testData/tracks/-", "{\"id\":\"x\",\"type\":\"text\",\"absoluteIndex\":42}");

    assertThat(good(recipe).tracks())
        .extracting(TrackRequest::renderIndex)
        .containsExactly(0, 0, 15_000, 1, 7, 42);
  }
}
