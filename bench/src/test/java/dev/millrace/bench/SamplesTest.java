package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void takesTheMiddleOfAnOddAndBetweenTheMiddlesOfAnEvenCount() {
    assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
    assertThat(Samples.of(9, 1, 5, 7).median()).isEqualTo(6);
  }

  @Test
  void aQuantileIsAValueThatWasMeasured() {
    Samples samples = Samples.of(4, 3, 2, 1);
    assertThat(samples.quantile(0.5)).isEqualTo(2);
    assertThat(samples.quantile(0.99)).isEqualTo(4);
    assertThat(samples.quantile(0)).isEqualTo(1);
  }
}
