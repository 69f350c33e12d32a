package dev.millrace.apps.draft.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void shipsTheStartSet() {
    Catalogue catalogue = Catalogue.shipped();
    assertThat(catalogue.names(EffectKind.TRANSITION)).hasSize(9);
    for (EffectKind kind : EffectKind.values()) {
      for (String name : catalogue.names(kind)) {
        Effect effect = catalogue.find(kind, name).orElseThrow();
        assertThat(effect.resourceId()).matches("\\d{19}");
        assertThat(effect.effectId()).matches("\\d{6,7}");
        assertThat(effect.defaultMicros()).isBetween(500_000L, 1_000_000L);
      }
    }
    assertThat(catalogue.kindsWith("渐显"))
        .containsExactlyInAnyOrder(EffectKind.VIDEO_INTRO, EffectKind.TEXT_INTRO);
  }

  @Test
  void findsTheNearestWords() {
    assertThat(Nearest.to("imgae", List.of("music", "image", "video"), 1)).containsExactly("image");
    assertThat(Nearest.to("打字机", List.of("渐显", "打字机 I", "弹入"), 2)).startsWith("打字机 I");
    assertThat(Nearest.sentence("x".repeat(10_000), List.of("a", "b"))).isEqualTo("\"a\" or \"b\"");
  }
}
