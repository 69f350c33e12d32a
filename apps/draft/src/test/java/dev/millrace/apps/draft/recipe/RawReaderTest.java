package dev.millrace.apps.draft.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.catalogue.Catalogue;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Pieces of existing drafts, and styles for them and for items. */
class RawReaderTest {
  private static final RecipeReader READER = new RecipeReader(Catalogue::shipped, LinkRule.any());

  private final ObjectNode recipe = Recipes.example();

  /** A video on a new track, and a sound whose material stands apart. */
  @BeforeEach
  void addPieces() {
    Recipes.with(
        recipe,
        "/rawMaterials",
        """
        [{"id":"A","category":"audios","data":{"id":"A","path":"https://h/a.mp3","duration":9000000}}]\
        """);
    Recipes.with(
        recipe,
        "/rawSegments",
        """
        [{"trackId":"old","trackType":"video","trackName":"Old","materialId":"V",
          "segment":{"id":"s","material_id":"V","target_timerange":{"start":0,"duration":2000000},
            "extra_material_refs":["S"],"clip":{"alpha":0.5},"unknown_to_us":{"x":1}},
          "material":{"id":"V","path":"D:/drafts/old/v.mp4"},"materialCategory":"videos",
          "extraMaterials":{"speeds":[{"id":"S","speed":1}]}},
         {"trackId":"t_mus","trackType":"audio","materialId":"A",
          "segment":{"id":"s2","material_id":"A","target_timerange":{"start":7000000,"duration":2000000}}}]\
        """);
  }

  private Recipe good() {
    Reading reading = READER.read(recipe);
    assertThat(reading.faults()).isEmpty();
    return reading.found().orElseThrow();
  }

  @Test
  void readsPiecesAndLeavesThemAlone() {
    Recipe read = good();
    RawSegment video = read.rawSegments().get(0);
    assertThat(video.renderIndex()).isEqualTo(1);
    assertThat(video.trackName()).isEqualTo("Old");
    assertThat(video.target().durationMicros()).isEqualTo(2_000_000);
    assertThat(video.segment().at("/unknown_to_us/x").asInt()).isEqualTo(1);
    assertThat(video.extras().get("speeds")).hasSize(1);
    assertThat(video.url()).isNull();
    assertThat(video.style()).isNull();
    RawSegment sound = read.rawSegments().get(1);
    assertThat(sound.renderIndex()).isZero();
    assertThat(sound.material()).isNull();
    assertThat(read.rawMaterials().getFirst().url()).isEqualTo("https://h/a.mp3");
    assertThat(read.files())
        .extracting(FileNeed::pointer)
        .contains("/rawMaterials/0/data/path", "/testData/items/2/data/path");
  }

  @Test
  void needsNoItemsBesidePieces() {
    Recipes.with(recipe, "/testData", "null");
    assertThat(good().items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "/rawSegments/0/trackType | \"film\" | /rawSegments/0/trackType | unknown-type",
        "/rawSegments/1/trackType | \"text\" | /rawSegments/1/trackType | wrong-track",
        "/rawSegments/1/trackId | \"old\" | /rawSegments/1/trackType | wrong-track",
        "/rawSegments/0/materialId | null | /rawSegments/0/materialId | missing",
        "/rawSegments/1/materialId | \"B\" | /rawSegments/1/materialId | unknown-material",
        "/rawSegments/1/materialId | \"B\" | /rawSegments/1/segment/material_id | id-clash",
        "/rawSegments/0/material/id | \"W\" | /rawSegments/0/material/id | id-clash",
        "/rawSegments/0/materialCategory | \"video\" | /rawSegments/0/materialCategory |"
            + " unknown-type",
        "/rawSegments/0/materialCategory | \"audios\" | /rawSegments/0/materialId | wrong-track",
        "/rawSegments/0/segment | null | /rawSegments/0/segment | missing",
        "/rawSegments/0/segment | 5 | /rawSegments/0/segment | wrong-type",
        "/rawSegments/0/segment/target_timerange | null | /rawSegments/0/segment/target_timerange |"
            + " missing",
        "/rawSegments/0/segment/target_timerange/start | 0.5 |"
            + " /rawSegments/0/segment/target_timerange/start | not-a-time",
        "/rawSegments/0/segment/extra_material_refs/- | \"X\" |"
            + " /rawSegments/0/segment/extra_material_refs/1 | unknown-material",
        "/rawSegments/0/extraMaterials | {\"speed\":[]} | /rawSegments/0/extraMaterials/speed |"
            + " unknown-type",
        "/rawSegments/0/extraMaterials/speeds/0 | {} |"
            + " /rawSegments/0/extraMaterials/speeds/0/id | missing",
        "/rawSegments/0/material/path | \"file:///v.mp4\" | /rawSegments/0/material/path |"
            + " bad-link",
        "/rawSegments/0/material/path | \"D:/a/../b\" | /rawSegments/0/material/path | bad-link",
        "/rawSegments/0/start | 5 | /rawSegments/0/start | unknown-field",
        "/rawSegments/1/segment/target_timerange/start | 6000000 |"
            + " /rawSegments/1/segment/target_timerange/start | overlap",
        "/testData/items/2/data/duration | null | /testData/items/2/data/track | wrong-track",
        "/rawMaterials/0/data/id | \"B\" | /rawMaterials/0/data/id | id-clash",
        "/rawMaterials/0/category | \"audio\" | /rawMaterials/0/category | unknown-type",
        "/rawMaterials/- | {\"id\":\"A\",\"category\":\"speeds\",\"data\":{\"id\":\"A\"}} |"
            + " /rawMaterials/1/id | duplicate-id",
        "/segmentStyles | {\"X\":{}} | /segmentStyles/X | unknown-material",
        "/segmentStyles | {\"V\":{\"new\":{}}} | /segmentStyles/V/new | unknown-track",
        "/segmentStyles | {\"V\":{\"old\":{\"volume\":11}}} | /segmentStyles/V/old/volume |"
            + " out-of-range",
        "/segmentStyles | {\"V\":{\"old\":{\"volumes\":1}}} | /segmentStyles/V/old/volumes |"
            + " unknown-field",
        "/segmentStyles | {\"m_bgm\":{\"__default__\":{\"clip\":{\"alpha\":0.5}}}} |"
            + " /segmentStyles/m_bgm/__default__/clip | does-not-apply",
        "/segmentStyles | {\"V\":{\"old\":{\"keyframes\":[{\"property\":\"alpha\"}]}}} |"
            + " /segmentStyles/V/old/keyframes/0/time | missing",
      })
  void namesWhatIsWrongAndWhere(String place, String json, String pointer, String code) {
    Reading reading = READER.read(Recipes.with(recipe, place, json));

    assertThat(reading.faults())
        .extracting(Fault::pointer, Fault::code)
        .contains(org.assertj.core.groups.Tuple.tuple(pointer, code));
  }

  @Test
  void takesTheItemBeforeTheTrackBeforeTheDefaultBeforeTheRule() {
    Recipes.with(recipe, "/rawSegments", "[]");
    Recipes.with(recipe, "/materials/-", "{\"id\":\"pic\",\"path\":\"https://h/p.jpg\"}");
    Recipes.with(recipe, "/ruleGroup/rules/0/meta", "{\"clip\":{\"rotation\":10,\"alpha\":0.1}}");
    Recipes.with(
        recipe,
        "/segmentStyles",
        """
        {"pic":{"__default__":{"volume":0.2,"speed":2,"clip":{"alpha":0.2,"scale":{"x":2,"y":2}},
                 "animations":[{"type":"video_outro","name":"渐隐"}]},
                "t_img":{"volume":0.3,"clip":{"scale":{"x":3,"y":3}},
                 "keyframes":[{"property":"alpha","time":60,"value":1}]}},
         "m_bgm":{"t_mus":{"volume":0.9}}}\
        """);
    Recipes.with(recipe, "/testData/tracks/-", "{\"id\":\"up\",\"type\":\"video\"}");
    for (String data :
        List.of(
            "\"track\":\"t_img\",\"start\":7,\"duration\":1",
            "\"track\":\"t_img\",\"start\":8,\"duration\":1,\"volume\":0.4,\"x\":0.5,\"speed\":3,"
                + "\"keyframes\":[],\"animations\":[]",
            "\"track\":\"up\",\"start\":0,\"duration\":1")) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          "{\"type\":\"image\",\"data\":{\"material\":\"pic\"," + data + "}}");
    }
    List<Item> items = good().items();

    assertThat(items.get(2).volume()).as("the item goes before").isEqualTo(0.6);
    Item plain = items.get(4);
    assertThat(plain.volume()).isEqualTo(0.3);
    assertThat(plain.speed()).isEqualTo(2);
    assertThat(plain.clip().scaleX()).isEqualTo(3);
    assertThat(plain.clip().alpha()).isEqualTo(0.2);
    assertThat(plain.clip().rotation()).isEqualTo(10);
    assertThat(plain.animations().getFirst().effect().name()).isEqualTo("渐隐");
    assertThat(plain.decoration().keyframes()).hasSize(1);
    Item own = items.get(5);
    assertThat(own.volume()).isEqualTo(0.4);
    assertThat(own.speed()).isEqualTo(3);
    assertThat(own.clip().x()).isEqualTo(0.5);
    assertThat(own.clip().scaleX()).isEqualTo(3);
    assertThat(own.animations()).isEmpty();
    assertThat(own.decoration().keyframes()).isEmpty();
    Item other = items.get(6);
    assertThat(other.volume()).isEqualTo(0.2);
    assertThat(other.clip().scaleX()).isEqualTo(2);
    assertThat(other.decoration().keyframes()).isEmpty();
  }

  @Test
  void stylesPieces() {
    Recipes.with(
        recipe,
        "/segmentStyles",
        "{\"V\":{\"__default__\":{\"volume\":0.5,\"clip\":{\"rotation\":90}}}}");
    RawStyle style = good().rawSegments().getFirst().style();

    assertThat(style.volume()).isEqualTo(0.5);
    assertThat(style.clip().rotation()).isEqualTo(90);
    assertThat(style.clip().alpha()).as("as it was").isEqualTo(0.5);
    assertThat(style.speed()).isNull();
  }
}
