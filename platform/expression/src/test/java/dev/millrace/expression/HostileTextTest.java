package dev.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.Seed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of people who mean harm, or of programs that went wrong. */
class HostileTextTest {
  private static final Expressions OPEN = Expressions.open();

  private static void assertLimit(Runnable work, String what) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused -> assertThat(refused.reason()).isEqualTo(ExpressionException.Reason.LIMIT))
        .hasMessageContaining(what);
  }

  @Test
  void boundsLengthDepthAndNumberOfOperations() {
    assertLimit(() -> OPEN.compile("x".repeat(4_001)), "has 4001 characters");
    assertLimit(() -> OPEN.compile("(".repeat(60) + "1" + ")".repeat(60)), "deeper than 50");
    assertLimit(() -> OPEN.compile("[".repeat(60)), "deeper than 50");
    assertLimit(() -> OPEN.compile("-".repeat(60) + "1"), "deeper than 50");
    assertLimit(() -> OPEN.compile("not ".repeat(60) + "true"), "deeper than 50");
    assertLimit(() -> OPEN.compile("a ? ".repeat(60)), "deeper than 50");
    assertLimit(() -> OPEN.compile("1" + "+1".repeat(1_001)), "more than 500 operations");
    assertLimit(() -> OPEN.compile("[1" + ",1".repeat(1_001) + "]"), "more than 500 operations");
    assertLimit(() -> OPEN.compile("1".repeat(35)), "35 digits");
  }

  @Test
  void boundsWhatAnEvaluationTakes() {
    var limits = new ExpressionLimits(4_000, 50, 5_000, 1_000, 10_000);
    Expressions narrow = OPEN.withLimits(limits);
    List<Integer> thousand = Collections.nCopies(1_000, 1);
    assertLimit(
        () ->
            narrow
                .compile("sum(x) + sum(x) + sum(x) + sum(x) + sum(x)")
                .evaluate(Map.of("x", thousand)),
        "more than 5000 steps");
    assertLimit(
        () -> narrow.compile("x").evaluate(Map.of("x", Collections.nCopies(1_001, 1))),
        "1001 elements; up to 1000");
    assertLimit(
        () -> narrow.compile("x").evaluate(Map.of("x", "a".repeat(10_001))),
        "10001 characters; up to 10000");
    assertLimit(
        () -> narrow.compile("x + x + x").evaluate(Map.of("x", "a".repeat(9_000))),
        "more than 10000 characters");
    assertThatThrownBy(() -> new ExpressionLimits(0, 50, 1, 1, 1))
        .hasMessageContaining("characters is 0; use 1 to 100000");
  }

  @Test
  void theLongestChainFitsOnASmallStack() throws Exception {
    Expression chain = OPEN.compile("1" + "+1".repeat(499));
    var result = new AtomicReference<Object>();
    var thread = new Thread(null, () -> result.set(chain.evaluate(Map.of())), "small", 512 << 10);
    thread.start();
    thread.join();
    assertThat(result.get()).hasToString("500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System.exit(1)",
        "x.getClass()",
        "x.class.forName('java.lang.Runtime')",
        "new java.io.File('/etc/passwd')",
        "#{T(java.lang.Runtime)}",
        "${jndi:ldap://x}",
        "x[0]",
        "x = 1",
        "() -> 1"
      })
  void reachesNothingOfJava(String text) {
    assertThatThrownBy(() -> OPEN.compile(text)).isInstanceOf(ExpressionException.class);
  }

  @Test
  void doesNotCallMethodsOfStrangeValues() {
    var strange =
        new Object() {
          @Override
          public String toString() {
            throw new AssertionError("called");
          }
        };
    assertThatThrownBy(() -> OPEN.compile("x == 1").evaluate(Map.of("x", strange)))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void randomTextsAreRefusedOrAnsweredAndNothingElse() {
    String[] words = {
      "1", "2.5", "80%", "5 min", "x", "y.z", "'t'", "true", "(", ")", "[", "]", ",", "+", "-", "*",
      "/", "%", "<", ">=", "==", "!=", "&&", "||", "!", "not", "and", "or", "in", "?", ":", "min",
      "size(", "round(", "has(", "sum(", "s", "\\", "\"", "é", "\uD83D\uDE00", "\u0000"
    };
    Map<String, Object> values =
        Map.of("x", 3, "y", Map.of("z", List.of(1, 2)), "s", Duration.ofSeconds(1));
    Seed.current()
        .run(random -> {
          int answered = 0;
          for (int i = 0; i < 50_000; i++) {
            String text = text(random, words);
            try {
              Object value = OPEN.compile(text).evaluate(values);
              assertThat(value).isNotNull();
              answered++;
            } catch (ExpressionException refused) {
              assertThat(refused.position()).as(text).isBetween(0, text.length());
              assertThat(refused.remedy())
                  .as(text)
                  .endsWith(refused.remedy().endsWith("?") ? "?" : ".");
              assertThat(refused.excerpt()).isNotEmpty();
            }
          }
          assertThat(answered).as("texts that mean something").isGreaterThan(100);
        });
  }

  private static String text(SplittableRandom random, String[] words) {
    var text = new StringBuilder();
    int count = random.nextInt(1, 9);
    for (int i = 0; i < count; i++) {
      text.append(words[random.nextInt(words.length)]).append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }
}
