package dev.millrace.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which failures are of one kind. */
class FingerprintTest {
  private static Throwable here(Function<String, Throwable> made, String message) {
    return made.apply(message);
  }

  private static Throwable elsewhere(Function<String, Throwable> made, String message) {
    return made.apply(message);
  }

  private static String of(Throwable thrown) {
    return Fingerprint.of(thrown, FingerprintTest.class);
  }

  @Test
  void takesOutWhatChangesFromOneMessageToTheNext() {
    assertThat(Fingerprint.normal("order 42 of user7: 1,204.50 EUR"))
        .isEqualTo("order # of #: # EUR");
    assertThat(Fingerprint.normal("no 'Anna' in \"a b\", «kept»"))
        .isEqualTo("no '…' in '…', «kept»");
    assertThat(Fingerprint.normal("can't open the user's file"))
        .isEqualTo("can't open the user's file");
    assertThat(Fingerprint.normal("task 0193f0e2-abcd-7bcd-aabb-ccddeeffaabb is gone"))
        .isEqualTo("task # is gone");
    assertThat(Fingerprint.normal("hash deadbeefcafe at 0x7fff, node 10.0.0.1:8080"))
        .isEqualTo("hash # at #, node #");
    assertThat(Fingerprint.normal("第3个订单“甲”失败")).isEqualTo("第#个订单'…'失败");
  }

  @Test
  void valuesAndLinesMakeNoOtherKind() {
    Throwable one = here(IllegalStateException::new, "order 1 is gone");
    Throwable two = here(IllegalStateException::new, "order 2 is gone");
    assertThat(of(one)).isEqualTo(of(two)).matches("[0-9a-f]{16}");
  }

  @Test
  void exceptionMessageCauseAndPlaceDo() {
    String known = of(here(IllegalStateException::new, "gone"));
    assertThat(of(here(IllegalArgumentException::new, "gone"))).isNotEqualTo(known);
    assertThat(of(here(IllegalStateException::new, "late"))).isNotEqualTo(known);
    assertThat(of(elsewhere(IllegalStateException::new, "gone"))).isNotEqualTo(known);
    String caused = of(here(m -> new UncheckedIOException("read", new IOException(m)), "gone"));
    assertThat(of(here(m -> new UncheckedIOException("read", new IOException(m)), "reset")))
        .isNotEqualTo(caused);
  }

  @Test
  void longMessagesTakeNoTime() {
    long began = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      Fingerprint.normal("x".repeat(5_000) + '\'' + "y_".repeat(5_000));
    }
    assertThat(System.nanoTime() - began).isLessThan(3_000_000_000L);
  }
}
