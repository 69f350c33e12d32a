package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Seed;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy PLAIN = RetryPolicy.defaults().withJitter(0);

  @Test
  void pausesGrowUpToTheLongest() {
    var random = Seed.current().random();
    assertThat(PLAIN.delayAfter(1, null, random)).isEqualTo(Duration.ofSeconds(1));
    assertThat(PLAIN.delayAfter(4, null, random)).isEqualTo(Duration.ofSeconds(8));
    assertThat(PLAIN.delayAfter(500, null, random)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void jitterStaysWithinItsShare() {
    Seed.current()
        .run(random -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(PLAIN.withJitter(0.5).delayAfter(1, null, random))
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
  void theMostSpecificClassDecidesAlsoAsACause() {
    RetryPolicy policy =
        PLAIN
            .on(Exception.class, 2, Duration.ofSeconds(7))
            .on(IOException.class, 9, Duration.ofMinutes(1), Duration.ofMinutes(2))
            .on(FileNotFoundException.class, 1, Duration.ZERO);
    var random = Seed.current().random();
    assertThat(policy.allowsAfter(8, new IOException())).isTrue();
    assertThat(policy.allowsAfter(9, new IOException())).isFalse();
    assertThat(policy.allowsAfter(8, new RuntimeException(new IOException()))).isTrue();
    assertThat(policy.allowsAfter(1, new FileNotFoundException())).isFalse();
    assertThat(policy.allowsAfter(1, new IllegalStateException())).isTrue();
    assertThat(policy.allowsAfter(2, new IllegalStateException())).isFalse();
    assertThat(policy.delayAfter(1, new IOException(), random)).isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.delayAfter(5, new IOException(), random)).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.delayAfter(1, new IllegalStateException(), random))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(policy.delayAfter(1, null, random)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void casesYieldToWhatIsNeverRetriedAndToAttemptsSetAtRunTime() {
    RetryPolicy policy = PLAIN.on(IOException.class, 9, Duration.ofMinutes(1));
    assertThat(policy.except(IOException.class).allowsAfter(1, new IOException())).isFalse();
    assertThat(policy.onlyFor(_ -> false).allowsAfter(1, new IOException())).isFalse();
    assertThat(policy.allowsAfter(1, new FatalFailure("no", new IOException()))).isFalse();
    RetryPolicy bounded = TypeSettings.NONE.withAttempts(3).retry(policy);
    assertThat(bounded.allowsAfter(2, new IOException())).isTrue();
    assertThat(bounded.allowsAfter(3, new IOException())).isFalse();
    RetryPolicy raised = TypeSettings.NONE.withAttempts(20).retry(policy);
    assertThat(raised.allowsAfter(9, new IOException())).isFalse();
    assertThat(raised.allowsAfter(19, new RuntimeException())).isTrue();
    assertThatThrownBy(() -> PLAIN.on(StackOverflowError.class, 2, Duration.ZERO))
        .hasMessageContaining("failure is java.lang.StackOverflowError");
    assertThatThrownBy(() -> PLAIN.on(IOException.class, 0, Duration.ZERO))
        .hasMessageContaining("attempts is 0");
  }

  @Test
  void refusesWrongValuesByName() {
    assertThatThrownBy(() -> PLAIN.withAttempts(0)).hasMessageContaining("attempts is 0");
    assertThatThrownBy(() -> PLAIN.withFactor(0.5)).hasMessageContaining("factor is 0.5");
    assertThatThrownBy(() -> PLAIN.withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("maxDelay");
  }
}
