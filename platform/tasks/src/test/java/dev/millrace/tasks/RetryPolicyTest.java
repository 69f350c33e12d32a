package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Seed;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy PLAIN = RetryPolicy.defaults().withJitter(0);

  @Test
  void pausesGrowUpToTheLongest() {
    var random = Seed.current().random();
    assertThat(PLAIN.delayAfter(1, random)).isEqualTo(Duration.ofSeconds(1));
    assertThat(PLAIN.delayAfter(4, random)).isEqualTo(Duration.ofSeconds(8));
    assertThat(PLAIN.delayAfter(500, random)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void jitterStaysWithinItsShare() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(PLAIN.withJitter(0.5).delayAfter(1, random))
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
          }
        });
  }

  @Test
  void lastAttemptFatalFailuresAndErrorsAreNotRetried() {
    assertThat(PLAIN.allowsAfter(4, new IOException())).isTrue();
    assertThat(PLAIN.allowsAfter(5, new IOException())).isFalse();
    assertThat(PLAIN.allowsAfter(1, new FatalFailure("no"))).isFalse();
    assertThat(PLAIN.allowsAfter(1, new OutOfMemoryError())).isFalse();
  }

  @Test
  void excludedClassesAreRecognisedAsCauses() {
    RetryPolicy policy = PLAIN.except(IOException.class);
    assertThat(policy.allowsAfter(1, new RuntimeException(new IOException()))).isFalse();
    assertThat(policy.allowsAfter(1, new RuntimeException())).isTrue();
  }

  @Test
  void refusesWrongValuesByName() {
    assertThatThrownBy(() -> PLAIN.withAttempts(0)).hasMessageContaining("attempts is 0");
    assertThatThrownBy(() -> PLAIN.withFactor(0.5)).hasMessageContaining("factor is 0.5");
    assertThatThrownBy(() -> PLAIN.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("maxDelay");
  }
}
