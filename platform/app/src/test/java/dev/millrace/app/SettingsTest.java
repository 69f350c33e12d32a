package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.app.Settings.Given;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  enum Mode {
    FULL_SYNC,
    NORMAL
  }

  record Inner(@Setting(value = "false", doc = "Lifts the guard.") boolean allowPrivateAddresses) {}

  record Sample(
      @Setting(value = "50", min = 1, max = 500, doc = "At once.") int concurrency,
      @Setting(value = "30m", doc = "The longest run.") Duration timeLimit,
      @Setting(value = "64 MB", doc = "Bound.") DataSize cache,
      @Setting(value = "full-sync", doc = "Mode.") Mode mode,
      @Setting(value = "a, b", doc = "Names.") List<String> names,
      @Setting(value = "drafts", doc = "Folder.") Path root,
      @Setting(value = "0.5", min = 0, max = 1, doc = "Share.") double share,
      @Setting(value = "", doc = "Text.") String prefix,
      @Setting(value = "9000000000", doc = "Long.") long big,
      Inner downloads) {}

  private static Sample bind(String key, String text) {
    return new Settings(Map.of(key, new Given(text, "--set"))).bind("draft", Sample.class);
  }

  @Test
  void takesDefaultsWhereNothingIsGiven() {
    Sample sample = Settings.defaults().bind("draft", Sample.class);
    assertThat(sample)
        .isEqualTo(
            new Sample(
                50,
                Duration.ofMinutes(30),
                new DataSize(64L << 20),
                Mode.FULL_SYNC,
                List.of("a", "b"),
                Path.of("drafts"),
                0.5,
                "",
                9_000_000_000L,
                new Inner(false)));
  }

  @Test
  void readsNestedKeysInKebabCase() {
    assertThat(bind("draft.downloads.allow-private-addresses", "yes").downloads())
        .isEqualTo(new Inner(true));
    assertThat(bind("draft.time-limit", "PT1H30M").timeLimit()).isEqualTo(Duration.ofMinutes(90));
    assertThat(bind("draft.mode", "normal").mode()).isEqualTo(Mode.NORMAL);
    assertThat(bind("draft.cache", "1.5 GB").cache().bytes()).isEqualTo(3L << 29);
  }

  @Test
  void namesKeyValueSourceAndRemedyOfAWrongValue() {
    assertThatThrownBy(() -> bind("draft.concurrency", "0"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("draft.concurrency")
        .hasMessageContaining("'0'")
        .hasMessageContaining("--set")
        .hasMessageContaining("at least 1 at most 500");
    assertThatThrownBy(() -> bind("draft.concurrency", "many"))
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> bind("draft.time-limit", "soon")).hasMessageContaining("30s");
    assertThatThrownBy(() -> bind("draft.cache", "big")).hasMessageContaining("64 MB");
    assertThatThrownBy(() -> bind("draft.cache", "9999999999 TB"))
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> bind("draft.mode", "fast")).hasMessageContaining("full-sync, normal");
    assertThatThrownBy(() -> bind("draft.share", "1.5")).hasMessageContaining("out of range");
    assertThatThrownBy(() -> bind("draft.share", "half")).hasMessageContaining("not a number");
    assertThatThrownBy(() -> bind("draft.downloads.allow-private-addresses", "maybe"))
        .hasMessageContaining("neither true nor false");
  }

  @Test
  void listsKeysWithTheirVariables() {
    assertThat(SettingKey.of("draft", Sample.class))
        .extracting(SettingKey::variable)
        .contains("MILLRACE_DRAFT_DOWNLOADS_ALLOW_PRIVATE_ADDRESSES", "MILLRACE_DRAFT_TIME_LIMIT")
        .hasSize(10);
  }

  @Test
  void readsDurationsInEveryUnit() {
    assertThat(bind("draft.time-limit", "250 ms").timeLimit()).isEqualTo(Duration.ofMillis(250));
    assertThat(bind("draft.time-limit", "2h").timeLimit()).isEqualTo(Duration.ofHours(2));
    assertThat(bind("draft.time-limit", "7d").timeLimit()).isEqualTo(Duration.ofDays(7));
    assertThat(bind("draft.time-limit", "9s").timeLimit()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void writesSizesInTheLargestWholeUnit() {
    assertThat(new DataSize(64L << 20)).hasToString("64 MB");
    assertThat(new DataSize(1500)).hasToString("1500 B");
    assertThat(new DataSize(0)).hasToString("0 B");
    assertThatThrownBy(() -> new DataSize(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
