package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeedTest {
  @Test
  void repeatsTheSameChoices() {
    assertThat(new Seed(7).random().nextLong()).isEqualTo(new Seed(7).random().nextLong());
  }

  @Test
  void namesTheSeedWhenTheBodyFails() {
    assertThatThrownBy(() ->
            new Seed(42)
                .run(random -> {
                  throw new IllegalStateException("boom");
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dmillrace.seed=42")
        .hasRootCauseMessage("boom");
  }
}
