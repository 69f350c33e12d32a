package dev.millrace.apps.draft.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.recipe.Fault;
import dev.millrace.apps.draft.recipe.RawSegment;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a recipe's styles change about a segment of an existing draft. */
class RawStylerTest {
  @TempDir Path folder;
  private final ObjectNode recipe = Recipes.JSON.createObjectNode();

  @BeforeEach
  void takeAPiece() {
    Recipes.with(
        recipe,
        "/rawSegments",
        """
        [{"trackId":"old","trackType":"video","materialId":"V",
          "segment":{"id":"s","material_id":"V","target_timerange":{"start":0,"duration":2000000},
            "source_timerange":{"start":1000000,"duration":2000000},"speed":1.0,"volume":1.0,
            "extra_material_refs":["S","C","M"],"mine":[1],
            "clip":{"alpha":0.5,"theirs":1},"uniform_scale":{"on":true,"value":1.0}},
          "material":{"id":"V","path":"D:/v.mp4","type":"video","duration":6000000},
          "materialCategory":"videos",
          "extraMaterials":{"speeds":[{"id":"S","speed":1}],"canvases":[{"id":"C"}],
            "masks":[{"id":"M"}]}}]\
        """);
  }

  private Timeline.Built styled(String style) {
    Recipes.with(recipe, "/segmentStyles", "{\"V\":{\"old\":" + style + "}}");
    return new Bench(folder).built(recipe);
  }

  @Test
  void leavesAPieceWithoutStyleAsItIs() {
    RawSegment raw = new Bench(folder).built(recipe).raw().getFirst();
    assertThat(raw.segment()).isEqualTo(recipe.at("/rawSegments/0/segment"));
  }

  @Test
  void changesWhatTheStyleSaysAndNothingElse() {
    JsonNode before = recipe.at("/rawSegments/0/segment").deepCopy();
    JsonNode segment =
        styled("{\"volume\":0.3,\"clip\":{\"rotation\":90,\"scale\":{\"x\":2,\"y\":1}}}")
            .raw()
            .getFirst()
            .segment();

    assertThat(segment.path("volume").asDouble()).isEqualTo(0.3);
    assertThat(segment.at("/clip/rotation").asDouble()).isEqualTo(90);
    assertThat(segment.at("/clip/alpha").asDouble()).isEqualTo(0.5);
    assertThat(segment.at("/clip/theirs").asInt()).isEqualTo(1);
    assertThat(segment.at("/uniform_scale/on").booleanValue()).isFalse();
    assertThat(segment.path("mine")).isEqualTo(before.path("mine"));
    assertThat(segment.path("extra_material_refs")).isEqualTo(before.path("extra_material_refs"));
    assertThat(recipe.at("/rawSegments/0/segment")).as("the recipe itself").isEqualTo(before);
  }

  @Test
  void takesMoreOfTheFileForASpeedAndGivesItASpeedOfItsOwn() {
    RawSegment raw = styled("{\"speed\":2}").raw().getFirst();

    assertThat(raw.segment().at("/source_timerange/duration").asLong()).isEqualTo(4_000_000);
    assertThat(raw.extras().get("speeds").getFirst().path("speed").asDouble()).isEqualTo(2);
    assertThat(raw.segment().at("/extra_material_refs/0"))
        .isEqualTo(raw.extras().get("speeds").getFirst().path("id"));
    assertThat(raw.segment().path("extra_material_refs")).hasSize(3);
  }

  @Test
  void refusesASpeedThatTheFileHasTooLittleFor() {
    Recipes.with(recipe, "/segmentStyles", "{\"V\":{\"old\":{\"speed\":3}}}");
    Timeline timeline = new Bench(folder).timeline(recipe);
    assertThat(((Timeline.Failed) timeline).faults())
        .extracting(Fault::code)
        .containsExactly("source-beyond-end");
  }

  @Test
  void putsAnimationsWhereTheClientHasThemAndKeyframesIntoTheSegment() {
    RawSegment raw =
        styled(
                """
                {"animations":[{"type":"video_intro","name":"渐显"}],
                 "keyframes":[{"property":"scale_y","time":0,"value":2},{"property":"scale_y","time":60,"value":4}]}\
                """)
            .raw()
            .getFirst();

    JsonNode animations = raw.extras().get("material_animations").getFirst();
    assertThat(animations.at("/animations/0/resource_id").stringValue())
        .isEqualTo("6798320778182922760");
    assertThat(raw.segment().path("extra_material_refs"))
        .extracting(JsonNode::asString)
        .containsExactly("S", "C", animations.path("id").stringValue(), "M");
    assertThat(raw.segment().at("/common_keyframes/0/property_type").stringValue())
        .isEqualTo("KFTypeScaleY");
    assertThat(raw.segment().at("/common_keyframes/0/keyframe_list/1/time_offset").asLong())
        .as("cut at the end")
        .isEqualTo(2_000_000);
    assertThat(raw.segment().at("/uniform_scale/on").booleanValue()).isFalse();
  }
}
