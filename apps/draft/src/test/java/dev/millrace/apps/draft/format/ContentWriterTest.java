package dev.millrace.apps.draft.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.timeline.Timeline;
import dev.millrace.testkit.media.Media;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ContentWriterTest {
  @TempDir Path folder;
  private final ObjectNode recipe = Recipes.example();

  private JsonNode written() throws Exception {
    Timeline.Built built =
        new Bench(folder)
            .file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 1))
            .file("https://cdn.example.com/2.jpg", Media.png(40, 60, 1))
            .missing("https://cdn.example.com/bgm.mp3")
            .built(Recipes.with(recipe, "/onMissing", "\"placeholder\""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentWriter.write(built.draft(), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .as("characters stand as they are")
        .contains("渐显")
        .doesNotContain("\\u");
    return Recipes.JSON.readTree(out.toByteArray());
  }

  @Test
  void writesEveryTopLevelField() throws Exception {
    JsonNode content = written();
    assertThat(content.propertyNames())
        .containsExactlyInAnyOrder(
            ("canvas_config color_space config cover create_time duration extra_info fps"
                    + " free_render_index_mode_on group_container id keyframe_graph_list keyframes"
                    + " last_modified_platform materials mutable_config name new_version platform"
                    + " relationships render_index_track_mode_on retouch_cover source"
                    + " static_cover_image_path time_marks tracks update_time version")
                .split(" "));
    assertThat(content.path("materials").propertyNames()).hasSize(45);
    assertThat(content.path("config").propertyNames()).hasSize(24);
    assertThat(content.at("/fps").toString()).isEqualTo("30.0");
    assertThat(content.at("/canvas_config").toString())
        .isEqualTo("{\"height\":1920,\"ratio\":\"original\",\"width\":1080}");
    assertThat(content.at("/materials/videos/0/duration").asLong()).isEqualTo(10_800_000_000L);
    assertThat(content.at("/id").stringValue())
        .matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");
  }

  @Test
  void letsARecipeChangeSettings() throws Exception {
    Recipes.with(recipe, "/draftConfig/config", "{\"maintrack_adsorb\":false,\"mine\":{\"a\":1}}");
    JsonNode config = written().path("config");
    assertThat(config.path("maintrack_adsorb").booleanValue()).isFalse();
    assertThat(config.at("/mine/a").asInt()).isEqualTo(1);
    assertThat(config.propertyNames()).hasSize(25);
  }

  @Test
  void keepsTheIdsOfTheClientsEffects() throws Exception {
    JsonNode content = written();
    JsonNode transition = content.at("/materials/transitions/0");
    assertThat(transition.path("effect_id").stringValue()).isEqualTo("322577");
    assertThat(transition.path("resource_id").stringValue()).isEqualTo("6724845717472416269");
    assertThat(transition.path("is_overlap").booleanValue()).isTrue();
    JsonNode animation = content.at("/materials/material_animations/0/animations/0");
    assertThat(animation.path("id").stringValue()).isEqualTo("624705");
    assertThat(animation.path("type").stringValue()).isEqualTo("in");
    assertThat(animation.path("material_type").stringValue()).isEqualTo("video");
  }

  @Test
  void writesStyledTextByCodePoints() throws Exception {
    Recipes.with(recipe, "/testData/items/3/data/text", "\"a😀bc\"");
    Recipes.with(
        recipe,
        "/testData/items/3/data/style",
        """
        {"size":12,"color":"#FF8000","bold":true,"align":"right","letterSpacing":2,"lineSpacing":1,
         "vertical":true,"border":{"color":"#000000","width":50},"shadow":{"diffuse":30},
         "background":{"color":"#112233","alpha":0.5,"horizontalOffset":0.75},
         "ranges":[{"start":1,"end":2,"size":20}]}\
        """);
    JsonNode text = written().at("/materials/texts/0");

    assertThat(text.path("alignment").asInt()).isEqualTo(2);
    assertThat(text.path("typesetting").asInt()).isEqualTo(1);
    assertThat(text.path("letter_spacing").asDouble()).isEqualTo(0.1);
    assertThat(text.path("line_spacing").asDouble()).isCloseTo(0.07, Offset.offset(1e-9));
    assertThat(text.path("check_flag").asInt()).isEqualTo(7 + 8 + 16 + 32);
    assertThat(text.path("background_color").stringValue()).isEqualTo("#112233");
    assertThat(text.path("background_horizontal_offset").asDouble()).isEqualTo(0.5);
    JsonNode content = Recipes.JSON.readTree(text.path("content").stringValue());
    assertThat(content.path("styles"))
        .extracting(style -> style.path("range").toString() + style.path("size"))
        .containsExactly("[0,1]12.0", "[1,2]20.0", "[2,4]12.0");
    JsonNode first = content.at("/styles/0");
    assertThat(first.at("/fill/content/solid/color/0").asDouble()).isEqualTo(1);
    assertThat(first.at("/strokes/0/width").asDouble()).isEqualTo(0.1);
    assertThat(first.at("/shadows/0/diffuse").asDouble()).isCloseTo(0.05, Offset.offset(1e-9));
    assertThat(first.path("bold").booleanValue()).isTrue();
  }

  @Test
  void placesClips() throws Exception {
    Recipes.with(
        recipe,
        "/testData/items/0/data/clip",
        "{\"alpha\":0.5,\"rotation\":90,\"flip\":{\"horizontal\":true},\"scale\":{\"x\":2,\"y\":1}}");
    Recipes.with(recipe, "/testData/items/0/data/x", "0.25");
    JsonNode segment = written().at("/tracks/0/segments/0");
    assertThat(segment.at("/clip/alpha").asDouble()).isEqualTo(0.5);
    assertThat(segment.at("/clip/flip/horizontal").booleanValue()).isTrue();
    assertThat(segment.at("/clip/transform/x").asDouble()).isEqualTo(0.25);
    assertThat(segment.at("/uniform_scale/on").booleanValue()).isFalse();
    assertThat(written().at("/tracks/1/segments/0/clip").isNull()).isTrue();
    assertThat(written().at("/tracks/2/segments/0/source_timerange").isNull()).isTrue();
  }

  @Test
  void laysOutAndWritesAThousandItemsInAMoment() throws Exception {
    Recipes.with(recipe, "/testData/items", "[]");
    for (int i = 0; i < 1_000; i++) {
      Recipes.with(
          recipe,
          "/testData/items/-",
          """
          {"type":"image","data":{"track":"t_img","path":"https://cdn.example.com/1.jpg",
           "start":%d,"duration":2,"transitions":[%s],
           "animations":[{"type":"video_intro","name":"渐显"}]}}\
          """
              .formatted(2 * i, i < 999 ? "{\"name\":\"叠化\"}" : ""));
    }
    Bench bench = new Bench(folder).file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 1));
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      ContentWriter.write(bench.built(recipe).draft(), OutputStream.nullOutputStream());
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(best / 1_000_000).as("ms, with reading the recipe").isLessThan(2_000);
  }
}
