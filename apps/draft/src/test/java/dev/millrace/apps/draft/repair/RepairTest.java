package dev.millrace.apps.draft.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.apps.draft.Bench;
import dev.millrace.apps.draft.Recipes;
import dev.millrace.apps.draft.check.DraftChecker;
import dev.millrace.apps.draft.check.Rule;
import dev.millrace.apps.draft.command.CheckCommand;
import dev.millrace.apps.draft.document.ClientDraft;
import dev.millrace.apps.draft.folder.DraftRoot;
import dev.millrace.testkit.media.Media;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drafts are broken in every way that can be mended, and mended by the command. */
class RepairTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();
  private Path draft;

  @BeforeEach
  void write() throws Exception {
    ObjectNode recipe = Recipes.example();
    Recipes.with(recipe, "/testData/items/2/data/fades", "{\"in\":1,\"out\":2}");
    draft =
        new Bench(folder)
            .file("https://cdn.example.com/1.jpg", Media.jpeg(40, 60, 0xFF0000))
            .file("https://cdn.example.com/2.jpg", Media.mp4(64, 48, Duration.ofSeconds(4)))
            .file("https://cdn.example.com/bgm.mp3", Media.wav(Duration.ofSeconds(8), 440))
            .written(recipe);
  }

  private int run(String... arguments) throws Exception {
    out.reset();
    error.reset();
    return new CheckCommand(InstantSource.fixed(Bench.NOW))
        .run(
            Arrays.asList(arguments),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(error, true, StandardCharsets.UTF_8));
  }

  private ObjectNode json(String name) throws Exception {
    return (ObjectNode) Recipes.JSON.readTree(Files.readAllBytes(draft.resolve(name)));
  }

  private void write(String name, ObjectNode json) throws Exception {
    Files.write(draft.resolve(name), Recipes.JSON.writeValueAsBytes(json));
  }

  private List<Rule> broken() throws Exception {
    return DraftChecker.check(draft).stream().map(finding -> finding.rule()).distinct().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "/id | null | FIELD_REQUIRED",
        "/version | null | FIELD_REQUIRED",
        "/config/maintrack_adsorb | null | FIELD_REQUIRED",
        "/tracks/0/name | null | FIELD_REQUIRED",
        "/tracks/0/segments/0/common_keyframes | null | FIELD_REQUIRED",
        "/tracks/1/segments/0/volume | null | FIELD_REQUIRED",
        "/materials/hsl | null | LIST_REQUIRED",
        "/duration | 7000001 | DURATION_TOTAL",
        "/tracks/0/segments/0/extra_material_refs/- | \"NOWHERE\" | REFERENCE_RESOLVES",
        "/materials/speeds/0/speed | 2.0 | SPEED_AGREES",
        "/tracks/0/segments/1/render_index | 1 | RENDER_INDEX",
        "/tracks/2/segments/0/render_index | -5 | RENDER_INDEX",
        "/tracks/0/segments/1/target_timerange/start | 3600000 | TRANSITION_TOUCHES",
        "/materials/transitions/0/duration | 2000000 | TRANSITION_SHORT",
        "/materials/material_animations/0/animations/0/duration | 9000000 | ANIMATION_FITS",
        "/materials/audio_fades/0/fade_in_duration | 6000000 | FADE_FITS",
        "/materials/texts/0/content |"
            + " \"{\\\"text\\\":\\\"ab\\\",\\\"styles\\\":[{\\\"range\\\":[0,3],\\\"size\\\":8,\\\"fill\\\":{}}]}\""
            + " | TEXT_RANGES",
        "/tracks/1/id | \"same\" | IDS_UNIQUE"
      })
  void mendsOneThing(String place, String value, Rule rule) throws Exception {
    ObjectNode content = json(DraftRoot.CONTENT);
    if (rule == Rule.IDS_UNIQUE) {
      Recipes.with(content, "/tracks/0/id", value);
    }
    Recipes.with(content, place, value);
    write(DraftRoot.CONTENT, content);
    write(DraftRoot.INFO, content);
    assertThat(broken()).contains(rule);
    assertThat(run(draft.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(rule.word())
        .contains(rule.explanation());

    assertThat(run(draft.toString(), "--repair", "--dry-run")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("would");
    assertThat(json(DraftRoot.CONTENT)).isEqualTo(content);

    assertThat(run(draft.toString(), "--repair")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("mended").contains(rule.word());
    assertThat(broken())
        .doesNotContain(rule)
        .allMatch(left -> left.severity() == Rule.Severity.WARNING);
    try (Stream<Path> files = Files.list(draft)) {
      Path copy =
          files
              .filter(file -> file.getFileName().toString().contains(".before-"))
              .findFirst()
              .orElseThrow();
      assertThat(Recipes.JSON.readTree(Files.readAllBytes(copy))).isEqualTo(content);
    }
    assertThat(run(draft.toString(), "--repair")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("mended");
  }

  @Test
  void mendsReferencesOutOfOrder() throws Exception {
    ObjectNode content = json(DraftRoot.CONTENT);
    String refs = "/tracks/0/segments/0/extra_material_refs/";
    String speed = content.at(refs + "0").toString();
    Recipes.with(content, refs + "0", content.at(refs + "1").toString());
    Recipes.with(content, refs + "1", speed);
    write(DraftRoot.CONTENT, content);
    write(DraftRoot.INFO, content);

    assertThat(run(draft.toString(), "--repair")).isZero();
    assertThat(DraftChecker.check(draft)).isEmpty();
  }

  @Test
  void mendsPathsAndTheMetaFile() throws Exception {
    ObjectNode content = json(DraftRoot.CONTENT);
    String path = content.at("/materials/videos/0/path").stringValue();
    String file = path.substring(path.lastIndexOf('/') + 1);
    Recipes.with(content, "/materials/videos/0/path", "\"C:\\\\old\\\\place\\\\" + file + "\"");
    write(DraftRoot.CONTENT, content);
    Files.delete(draft.resolve(DraftRoot.INFO));
    Files.delete(draft.resolve(DraftRoot.META));

    assertThat(run(draft.toString(), "--repair")).isZero();
    assertThat(DraftChecker.check(draft)).isEmpty();
    assertThat(json(DraftRoot.CONTENT).at("/materials/videos/0/path").stringValue())
        .isEqualTo(path);

    ObjectNode meta = json(DraftRoot.META);
    Recipes.with(meta, "/draft_name", "\"other\"");
    Recipes.with(meta, "/draft_materials/0/value/0/file_Path", "\"/x/y\"");
    write(DraftRoot.META, meta);
    assertThat(run(draft.toString(), "--repair")).isZero();
    assertThat(broken()).containsOnly(Rule.META_UNUSED);
  }

  @Test
  void leavesTheDraftOfAClientAsItIs() throws Exception {
    draft = ClientDraft.write(folder, "client/demo");
    byte[] before = Files.readAllBytes(draft.resolve(DraftRoot.CONTENT));

    assertThat(run(draft.toString(), "--repair")).as(out.toString()).isZero();
    assertThat(Files.readAllBytes(draft.resolve(DraftRoot.CONTENT))).isEqualTo(before);
  }

  @Test
  void answersInJson() throws Exception {
    assertThat(run(draft.toString(), "--json")).isZero();
    JsonNode answer = Recipes.JSON.readTree(out.toByteArray());
    assertThat(answer.path("valid").asBoolean()).isTrue();
    assertThat(answer.path("findings")).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() throws Exception {
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains(DraftRoot.CONTENT);
    assertThat(run(draft.toString(), "--mend")).isEqualTo(2);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("--mend");
    Files.writeString(draft.resolve(DraftRoot.CONTENT), "encrypted");
    assertThat(run(draft.toString())).isEqualTo(1);
    assertThat(run(draft.toString(), "--repair")).isEqualTo(1);
    assertThat(error.toString(StandardCharsets.UTF_8)).contains("client 5.9");
  }

  @Test
  void explainsEveryRule() {
    assertThat(Rule.values()).allSatisfy(rule -> assertThat(rule.explanation()).endsWith("."));
    assertThat(DraftRepair.repairable()).isNotEmpty();
  }
}
