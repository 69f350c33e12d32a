package dev.millrace.apps.draft.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.media.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Every single way of breaking a draft is found, and told by the rule that it breaks. */
class DraftCheckerTest {
  @TempDir static Path shared;

  private static Map<String, byte[]> whole;

  @TempDir Path folder;

  @BeforeAll
  static void makeTheDraftToBreak() throws Exception {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items/2/data/fades", "{\"in\":1,\"out\":2}");
    Recipes.with(
        recipe,
        "/testData/items/3/data/animations",
        "[{\"type\":\"text_intro\",\"name\":\"打字机 I\"},{\"type\":\"text_loop\",\"name\":\"跳动\"}]");
    Path draft =
        new Bench(shared)
            .file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 0xFF0000))
            .file("https://cdn.example.com/2.jpg", Media.mp4(64, 48, Duration.ofSeconds(4)))
            .file("https://cdn.example.com/bgm.mp3", Media.wav(Duration.ofSeconds(8), 440))
            .written(recipe);
    whole = new java.util.HashMap<>();
    try (var tree = Files.walk(draft)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        whole.put(draft.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private Path copy() throws Exception {
    Path draft = folder.resolve("demo");
    for (Map.Entry<String, byte[]> file : whole.entrySet()) {
      Path path = draft.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    // The paths name the folder that the draft was made in, which is as good as another machine.
    return draft;
  }

  private static ObjectNode json(Path file) throws Exception {
    return (ObjectNode) Recipes.JSON.readTree(Files.readAllBytes(file));
  }

  private static void writeBoth(Path draft, ObjectNode content) throws Exception {
    Files.write(draft.resolve(DraftRoot.CONTENT), Recipes.JSON.writeValueAsBytes(content));
    Files.write(draft.resolve(DraftRoot.INFO), Recipes.JSON.writeValueAsBytes(content));
  }

  @Test
  void findsNothingWrongWithADraftOfOurs() throws Exception {
    assertThat(DraftChecker.check(copy())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "/id | null | FIELD_REQUIRED | /id",
        "/duration | null | FIELD_REQUIRED | /duration",
        "/duration | 7000001 | DURATION_TOTAL | /duration",
        "/duration | 7000000.5 | TIME_WHOLE | /duration",
        "/fps | null | FIELD_REQUIRED | /fps",
        "/fps | 0 | CANVAS_SANE | /fps",
        "/canvas_config | null | FIELD_REQUIRED | /canvas_config",
        "/canvas_config/width | 0 | CANVAS_SANE | /canvas_config/width",
        "/config | null | FIELD_REQUIRED | /config",
        "/config/maintrack_adsorb | null | FIELD_REQUIRED | /config/maintrack_adsorb",
        "/tracks | null | FIELD_REQUIRED | /tracks",
        "/materials | null | FIELD_REQUIRED | /materials",
        "/materials/hsl | null | LIST_REQUIRED | /materials/hsl",
        "/materials/vocal_separations | {} | LIST_REQUIRED | /materials/vocal_separations",
        "/materials/videos/0/path | null | FIELD_REQUIRED | /materials/videos/0/path",
        "/materials/videos/0/material_name | null | FIELD_REQUIRED |"
            + " /materials/videos/0/material_name",
        "/materials/audios/0/duration | \"8\" | FIELD_REQUIRED | /materials/audios/0/duration",
        "/materials/texts/0/content | null | FIELD_REQUIRED | /materials/texts/0/content",
        "/materials/texts/0/content | \"{oops\" | TEXT_READABLE | /materials/texts/0/content",
        "/materials/texts/0/content | \"{\\\"text\\\":\\\"a\\\"}\" | TEXT_READABLE |"
            + " /materials/texts/0/content",
        "/materials/texts/0/content |"
            + " \"{\\\"text\\\":\\\"ab\\\",\\\"styles\\\":[{\\\"range\\\":[0,3],\\\"size\\\":8,\\\"fill\\\":{}}]}\""
            + " | TEXT_RANGES | /materials/texts/0/content",
        "/materials/texts/0/content |"
            + " \"{\\\"text\\\":\\\"ab\\\",\\\"styles\\\":[{\\\"range\\\":[1,2],\\\"size\\\":8,\\\"fill\\\":{}}]}\""
            + " | TEXT_RANGES | /materials/texts/0/content",
        "/tracks/0/name | null | FIELD_REQUIRED | /tracks/0/name",
        "/tracks/0/type | \"film\" | TRACK_TYPE | /tracks/0/type",
        "/tracks/0/segments | null | FIELD_REQUIRED | /tracks/0/segments",
        "/tracks/0/segments/0/id | null | FIELD_REQUIRED | /tracks/0/segments/0/id",
        "/tracks/0/segments/0/material_id | null | FIELD_REQUIRED |"
            + " /tracks/0/segments/0/material_id",
        "/tracks/0/segments/0/material_id | \"NOWHERE\" | MATERIAL_RESOLVES |"
            + " /tracks/0/segments/0/material_id",
        "/tracks/0/segments/0/render_index | null | FIELD_REQUIRED |"
            + " /tracks/0/segments/0/render_index",
        "/tracks/0/segments/1/render_index | 1 | RENDER_INDEX |"
            + " /tracks/0/segments/1/render_index",
        "/tracks/2/segments/0/render_index | -5 | RENDER_INDEX | /tracks/2",
        "/tracks/0/segments/0/target_timerange | null | FIELD_REQUIRED |"
            + " /tracks/0/segments/0/target_timerange",
        "/tracks/0/segments/0/target_timerange/start | 0.5 | TIME_WHOLE |"
            + " /tracks/0/segments/0/target_timerange/start",
        "/tracks/0/segments/0/target_timerange/start | -1 | TIME_WHOLE |"
            + " /tracks/0/segments/0/target_timerange/start",
        "/tracks/0/segments/0/target_timerange/duration | 0 | TIME_WHOLE |"
            + " /tracks/0/segments/0/target_timerange/duration",
        "/tracks/0/segments/1/target_timerange/start | 3400000 | NO_OVERLAP |"
            + " /tracks/0/segments/1/target_timerange/start",
        "/tracks/0/segments/1/target_timerange/start | 3600000 | TRANSITION_TOUCHES |"
            + " /materials/transitions/0",
        "/tracks/0/segments/1/target_timerange/start | 3600000 | MAIN_TRACK_GAP |"
            + " /tracks/0/segments/1/target_timerange/start",
        "/tracks/0/segments/1/source_timerange/start | 600000 | SOURCE_FITS |"
            + " /tracks/0/segments/1/source_timerange",
        "/tracks/0/segments/1/source_timerange | null | FIELD_REQUIRED |"
            + " /tracks/0/segments/1/source_timerange",
        "/tracks/0/segments/1/source_timerange/duration | 3000000 | SOURCE_SPEED |"
            + " /tracks/0/segments/1/source_timerange/duration",
        "/tracks/0/segments/0/speed | 2.0 | SPEED_AGREES | /materials/speeds/0/speed",
        "/tracks/0/segments/0/speed | 200 | VALUE_RANGE | /tracks/0/segments/0/speed",
        "/tracks/1/segments/0/volume | 11 | VALUE_RANGE | /tracks/1/segments/0/volume",
        "/tracks/0/segments/0/clip/alpha | 1.5 | VALUE_RANGE | /tracks/0/segments/0/clip/alpha",
        "/tracks/0/segments/0/clip/scale/x | 0 | VALUE_RANGE |"
            + " /tracks/0/segments/0/clip/scale/x",
        "/tracks/0/segments/0/clip | null | CLIP_FITS | /tracks/0/segments/0/clip",
        "/tracks/1/segments/0/clip | {} | CLIP_FITS | /tracks/1/segments/0/clip",
        "/tracks/0/segments/0/extra_material_refs/0 | \"NOWHERE\" | REFERENCE_RESOLVES |"
            + " /tracks/0/segments/0/extra_material_refs/0",
        "/tracks/0/segments/0/extra_material_refs | null | FIELD_REQUIRED |"
            + " /tracks/0/segments/0/extra_material_refs",
        "/materials/transitions/0/duration | 2000000 | TRANSITION_SHORT |"
            + " /materials/transitions/0/duration",
        "/materials/transitions/0/duration | 0.5 | TIME_WHOLE |"
            + " /materials/transitions/0/duration",
        "/materials/transitions/0/effect_id | null | FIELD_REQUIRED |"
            + " /materials/transitions/0/effect_id",
        "/materials/material_animations/0/animations/0/duration | 9000000 | ANIMATION_FITS |"
            + " /materials/material_animations/0/animations/0",
        "/materials/material_animations/1/animations/1/type | \"in\" | ANIMATION_FITS |"
            + " /materials/material_animations/1/animations/1/type",
        "/materials/material_animations/1/animations/1/type | \"group\" | ANIMATION_FITS |"
            + " /materials/material_animations/1/animations",
        "/materials/audio_fades/0/fade_in_duration | 6000000 | FADE_FITS |"
            + " /materials/audio_fades/0",
        "/materials/videos/0/path | \"/x/demo/Resources/none.jpg\" | FILE_EXISTS |"
            + " /materials/videos/0/path",
        "/materials/videos/0/path | \"https://cdn.example.com/1.jpg\" | PATH_FORM |"
            + " /materials/videos/0/path",
        "/materials/videos/0/path | \"C:\\\\drafts\\\\demo\\\\1.jpg\" | PATH_FORM |"
            + " /materials/videos/0/path",
        "/materials/videos/0/path | \"/etc/passwd\" | FILE_EXISTS | /materials/videos/0/path",
        "/materials/speeds/- | {\"id\":\"S\",\"type\":\"speed\",\"speed\":1} | UNUSED_MATERIAL |"
            + " /materials/speeds/4",
      })
  void findsOneThingThatIsWrong(String place, String value, Rule rule, String pointer)
      throws Exception {
    Path draft = copy();
    writeBoth(draft, Recipes.with(json(draft.resolve(DraftRoot.CONTENT)), place, value));

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule, Finding::pointer)
        .contains(org.assertj.core.groups.Tuple.tuple(rule, pointer));
  }

  @Test
  void findsSharedIdsAndReferences() throws Exception {
    Path draft = copy();
    ObjectNode content = json(draft.resolve(DraftRoot.CONTENT));
    String first = content.at("/tracks/0/segments/0/extra_material_refs/0").toString();
    Recipes.with(content, "/tracks/0/segments/1/extra_material_refs/0", first);
    Recipes.with(content, "/tracks/1/id", content.at("/tracks/0/id").toString());
    writeBoth(draft, content);

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(Rule.IDS_UNIQUE, Rule.REFERENCE_UNSHARED, Rule.UNUSED_MATERIAL);
  }

  @Test
  void findsReferencesOutOfOrder() throws Exception {
    Path draft = copy();
    ObjectNode content = json(draft.resolve(DraftRoot.CONTENT));
    String refs = "/tracks/0/segments/0/extra_material_refs/";
    String speed = content.at(refs + "0").toString();
    Recipes.with(content, refs + "0", content.at(refs + "1").toString());
    Recipes.with(content, refs + "1", speed);
    writeBoth(draft, content);

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactly(Rule.REFERENCE_ORDER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/draft_name | \"other\" | META_AGREES",
        "/draft_fold_path | \"/x/other\" | META_AGREES",
        "/draft_id | \"7F2C4B1E-0000-4000-8000-000000000000\" | META_AGREES",
        "/draft_id | null | FIELD_REQUIRED",
        "/tm_duration | 1 | META_AGREES",
        "/tm_draft_create | 1700000000 | META_AGREES",
        "/draft_materials | null | FIELD_REQUIRED",
        "/draft_materials/0/value/0/file_Path | \"/x/y\" | META_AGREES"
      })
  void findsAMetaFileThatDisagrees(String place, String value, Rule rule) throws Exception {
    Path draft = copy();
    Path meta = draft.resolve(DraftRoot.META);
    Files.write(meta, Recipes.JSON.writeValueAsBytes(Recipes.with(json(meta), place, value)));

    assertThat(DraftChecker.check(draft)).extracting(Finding::rule).contains(rule);
  }

  @Test
  void findsFilesThatAreMissingOrLeftOver() throws Exception {
    Path draft = copy();
    Path resources = draft.resolve(DraftRoot.RESOURCES);
    try (var files = Files.list(resources)) {
      Files.delete(files.findFirst().orElseThrow());
    }
    Files.writeString(resources.resolve("left.over"), "x");
    Files.writeString(draft.resolve(DraftRoot.INFO), "{}");

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(Rule.FILE_EXISTS, Rule.UNUSED_FILE, Rule.DOCUMENTS_EQUAL);
  }

  @Test
  void reportsDocumentsThatAreNone() throws Exception {
    Path draft = copy();
    Files.write(draft.resolve(DraftRoot.CONTENT), "encrypted!".getBytes(StandardCharsets.UTF_8));
    Files.delete(draft.resolve(DraftRoot.META));

    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .containsExactly(Rule.DOCUMENT_READABLE, Rule.META_READABLE);

    Files.writeString(draft.resolve(DraftRoot.CONTENT), "[]");
    Files.delete(draft.resolve(DraftRoot.INFO));
    assertThat(DraftChecker.check(draft))
        .extracting(Finding::rule)
        .contains(Rule.DOCUMENT_READABLE);

    Files.delete(draft.resolve(DraftRoot.CONTENT));
    List<Finding> none = DraftChecker.check(draft);
    assertThat(none.getFirst().detail()).contains("missing");
  }

  @Test
  void namesEveryRule() {
    assertThat(Rule.values())
        .allSatisfy(rule -> assertThat(rule.holds()).isNotBlank())
        .extracting(Rule::word)
        .contains("no-overlap");
  }
}
