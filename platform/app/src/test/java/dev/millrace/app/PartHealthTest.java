package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.PartHealth.State;
import dev.millrace.store.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartHealthTest {
  private static final Finding LITTLE = new Finding("disk-little", Map.of("bytes", 7), "7 B free.");
  private static final Finding SLOW = new Finding("disk-slow", Map.of(), "It is slow.");

  @Test
  void saysInWordsWhatWasFound() {
    PartHealth health = PartHealth.of(State.DEGRADED, List.of(LITTLE, SLOW));
    assertThat(health.detail()).isEqualTo("7 B free. It is slow.");
    assertThat(health.findings()).containsExactly(LITTLE, SLOW);
  }

  @Test
  void hasAStateForEachFinding() {
    assertThat(PartHealth.ok(LITTLE))
        .isEqualTo(new PartHealth(State.OK, "7 B free.", List.of(LITTLE)));
    assertThat(PartHealth.degraded(LITTLE).state()).isEqualTo(State.DEGRADED);
    assertThat(PartHealth.failed(SLOW).state()).isEqualTo(State.FAILED);
  }

  @Test
  void mayHaveWordsAlone() {
    assertThat(PartHealth.ok("fine")).isEqualTo(new PartHealth(State.OK, "fine", List.of()));
    assertThat(PartHealth.degraded("so so").state()).isEqualTo(State.DEGRADED);
    assertThat(PartHealth.failed("no").detail()).isEqualTo("no");
    assertThat(HealthCheck.ALWAYS_OK.health().state()).isEqualTo(State.OK);
  }
}
