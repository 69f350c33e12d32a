package dev.millrace.apps.draft.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  @TempDir Path folder;

  private Catalogue with(String json) throws Exception {
    return Catalogue.shipped().with(Files.writeString(folder.resolve("mine.json"), json));
  }

  @Test
  void shipsTheStartSet() {
    Catalogue catalogue = Catalogue.shipped();
    assertThat(catalogue.names(EffectKind.TRANSITION)).hasSize(9);
    assertThat(catalogue.names(EffectKind.MASK)).hasSize(6);
    for (EffectKind kind : EffectKind.values()) {
      for (Effect effect : catalogue.effects(kind)) {
        assertThat(catalogue.find(kind, effect.name())).contains(effect);
        assertThat(effect.resourceId()).matches("\\d{19}");
        assertThat(effect.effectId()).matches(kind.hasEffectId() ? "\\d{6,7}" : "");
        if (kind.hasLength()) {
          assertThat(effect.defaultMicros()).isBetween(500_000L, 1_000_000L);
        }
      }
    }
    assertThat(catalogue.kindsWith("渐显"))
        .containsExactlyInAnyOrder(EffectKind.VIDEO_INTRO, EffectKind.TEXT_INTRO);
  }

  @Test
  void isExtendedByAFileWhoseEntriesReplaceThoseOfTheSameName() throws Exception {
    Catalogue catalogue =
        with(
            """
            {"transition": [
               {"name": "叠化", "seconds": 0.75, "resourceId": "1", "effectId": "2"},
               {"name": "mine", "seconds": 2, "resourceId": "3", "effectId": "4", "overlap": true},
               {"name": "mine", "seconds": 3, "resourceId": "5", "effectId": "6"}],
             "filter": [{"name": "f", "resourceId": "7", "effectId": "8"}],
             "tone": [{"name": "t", "resourceId": "9", "params": [
               {"name": "pitch", "default": 0.5, "min": -1, "max": 2},
               {"name": "timbre", "index": 4}]}]}\
            """);

    assertThat(catalogue.names(EffectKind.TRANSITION)).hasSize(10);
    assertThat(catalogue.find(EffectKind.TRANSITION, "叠化").orElseThrow().resourceId())
        .isEqualTo("1");
    assertThat(catalogue.find(EffectKind.TRANSITION, "mine").orElseThrow().defaultMicros())
        .isEqualTo(3_000_000);
    assertThat(catalogue.find(EffectKind.FILTER, "f").orElseThrow().effectId()).isEqualTo("8");
    assertThat(catalogue.find(EffectKind.TONE, "t").orElseThrow().params())
        .containsExactly(
            new Effect.Param("pitch", 0, 0.5, -1, 2), new Effect.Param("timbre", 4, 0, 0, 1));
    assertThat(Catalogue.shipped().names(EffectKind.TRANSITION)).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"fliter\":[]} | /fliter | \"filter\"",
        "{\"filter\":{}} | /filter | list",
        "{\"filter\":[{\"name\":\"f\",\"resourceId\":7,\"effectId\":\"8\"}]} |"
            + " /filter/0/resourceId | is 7",
        "{\"filter\":[{\"name\":\"f\",\"resourceId\":\"7\"}]} | /filter/0/effectId | missing",
        "{\"filter\":[{\"name\":\" \",\"resourceId\":\"7\",\"effectId\":\"8\"}]} |"
            + " /filter/0/name | name",
        "{\"filter\":[{\"name\":\"f\",\"resourceId\":\"7\",\"effectId\":\"8\",\"params\":[]}]} |"
            + " /filter/0/params | leave it out",
        "{\"filter\":[{\"nam\":\"f\",\"resourceId\":\"7\",\"effectId\":\"8\"}]} | /filter/0/nam |"
            + " \"name\"",
        "{\"mask\":[{\"name\":\"m\",\"resourceId\":\"7\"}]} | /mask/0/resourceType | missing",
        "{\"transition\":[{\"name\":\"t\",\"resourceId\":\"7\",\"effectId\":\"8\",\"seconds\":0}]}"
            + " | /transition/0/seconds | is 0",
        "{\"tone\":[{\"name\":\"t\",\"resourceId\":\"7\",\"params\":[{\"name\":\"p\",\"min\":3}]}]}"
            + " | /tone/0/params/0/max | more than min",
        "{\"tone\":[{\"name\":\"t\",\"resourceId\":\"7\",\"params\":[{\"name\":\"p\",\"default\":3}]}]}"
            + " | /tone/0/params/0/default | is 3",
        "[] | as a whole | no object",
        "{ | mine.json | no JSON"
      })
  void namesFilePlaceValueAndRemedyOfWhatIsWrong(String json, String pointer, String remedy) {
    assertThatThrownBy(() -> with(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mine.json")
        .hasMessageContaining(pointer)
        .hasMessageContaining(remedy);
  }

  @Test
  void tellsAllFaultsOfAFileAtOnceAndThatAFileIsMissing() {
    assertThatThrownBy(() -> with("{\"font\":[{\"name\":\"a\"},{\"resourceId\":\"1\"}]}"))
        .hasMessageContaining("/font/0/resourceId")
        .hasMessageContaining("/font/1/name");
    assertThatThrownBy(() -> Catalogue.shipped().with(folder.resolve("none.json")))
        .hasMessageContaining("none.json cannot be read");
  }

  @Test
  void findsTheNearestWords() {
    assertThat(Nearest.to("imgae", List.of("music", "image", "video"), 1)).containsExactly("image");
    assertThat(Nearest.to("打字机", List.of("渐显", "打字机 I", "弹入"), 2)).startsWith("打字机 I");
    assertThat(Nearest.sentence("x".repeat(10_000), List.of("a", "b"))).isEqualTo("\"a\" or \"b\"");
  }

  @Test
  @Timeout(10)
  void findsTheNearestOfThousandsInAMoment() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      names.add("滤镜" + i);
    }
    assertThat(Nearest.to("滤竟4321", names, 1)).containsExactly("滤镜4321");
    List<String> some = names.stream().map(name -> name.repeat(8)).toList();
    for (int i = 0; i < 500; i++) {
      assertThat(Nearest.to("x".repeat(1_000) + i, some, 3)).hasSize(3);
    }
  }
}
