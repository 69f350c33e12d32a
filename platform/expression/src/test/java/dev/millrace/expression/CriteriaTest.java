package dev.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.expression.Verdict.Detail;
import dev.millrace.expression.Verdict.Failure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {
  @ParameterizedTest
  @CsvSource({
    ">90, 90, false",
    ">90, 90.01, true",
    ">=90, 90, true",
    ">=90, 89.9, false",
    ">= 90, 90, true",
    "<5, 5, false",
    "<5, 4, true",
    "<=5, 5, true",
    "<=5, 5.1, false",
    "==100, 100.0, true",
    "==100, 99, false",
    "!=0, 1, true",
    "!=0, 0, false",
    ">-5, -4, true",
    "100, 100, true",
    "100, 99, false",
    ">=80%, 85, true",
    ">=80%, 79.9, false",
  })
  void rulesCompareNumbers(String rule, double actual, boolean holds) {
    Verdict verdict = Criteria.of(Map.of("metric", rule)).check(Map.of("metric", actual));
    assertThat(verdict.success()).isEqualTo(holds);
    assertThat(verdict.failed()).hasSize(holds ? 0 : 1);
    assertThat(verdict.details())
        .containsExactly(Map.entry("metric", new Detail(rule, actual, holds)));
  }

  @Test
  void rulesCompareTextsBooleansAndDurations() {
    Criteria criteria =
        Criteria.of(
            Map.of(
                "build", "green",
                "state", "==release candidate",
                "branch", "!=main",
                "quoted", "=='>5'",
                "reviewed", "true",
                "blocked", false,
                "wait", "<5 min",
                "count", 3));
    assertThat(
            criteria
                .check(
                    Map.of(
                        "build",
                        "green",
                        "state",
                        "release candidate",
                        "branch",
                        "feature",
                        "quoted",
                        ">5",
                        "reviewed",
                        true,
                        "blocked",
                        false,
                        "wait",
                        Duration.ofMinutes(4),
                        "count",
                        3L))
                .failed())
        .isEmpty();
    assertThat(
            criteria
                .check(
                    Map.of(
                        "build",
                        "red",
                        "state",
                        "release",
                        "branch",
                        "main",
                        "quoted",
                        "5",
                        "reviewed",
                        false,
                        "blocked",
                        true,
                        "wait",
                        Duration.ofMinutes(5),
                        "count",
                        4))
                .failed())
        .hasSize(8);
  }

  @Test
  void aVerdictSaysWhatFailedAndWhy() {
    var rules = new LinkedHashMap<String, Object>();
    rules.put("tests_passed", ">95");
    rules.put("coverage", ">=80");
    rules.put("api", "==100");
    rules.put("reviewed", true);
    Verdict verdict =
        Criteria.of(rules).check(Map.of("tests_passed", 97, "coverage", 79.5, "api", "all"));
    assertThat(verdict.success()).isFalse();
    assertThat(verdict.failed())
        .satisfiesExactly(
            coverage ->
                assertThat(coverage)
                    .isEqualTo(new Failure("coverage", ">=80", 79.5, "79.5 is not >= 80")),
            api ->
                assertThat(api.reason())
                    .isEqualTo("'all' is a text, and the rule compares with a number"),
            reviewed -> {
              assertThat(reviewed.actual()).isNull();
              assertThat(reviewed.reason()).contains("'reviewed' has no value");
            });
    assertThat(verdict.details().keySet())
        .containsExactly("tests_passed", "coverage", "api", "reviewed");
    assertThat(verdict.details().get("tests_passed")).isEqualTo(new Detail(">95", 97, true));
  }

  @Test
  void aFreeConditionIsJudgedPartByPart() {
    Criteria gate = Criteria.where("coverage >= 80 && (a > 1 || b > 1) and tests_passed > 95");
    assertThat(gate.names()).containsExactly("a", "b", "coverage", "tests_passed");
    Verdict verdict = gate.check(Map.of("coverage", 85, "a", 1, "b", 0, "tests_passed", 95));
    assertThat(verdict.failed())
        .extracting(Failure::criterion, Failure::actual)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("(a > 1 || b > 1)", Map.of("a", 1, "b", 0)),
            org.assertj.core.groups.Tuple.tuple("tests_passed > 95", 95));
    assertThat(verdict.failed().getLast().reason()).isEqualTo("does not hold with 95");
    assertThat(verdict.details()).hasSize(3);
    assertThat(gate.check(Map.of("coverage", 85, "a", 2, "b", 0, "tests_passed", 96)).success())
        .isTrue();
    Verdict missing = gate.check(Map.of("coverage", 85, "a", 2));
    assertThat(missing.failed())
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("'tests_passed' has no value"));
    assertThat(Criteria.where("a > 1 || b > 1 && c > 1").check(Map.of("a", 2)).details())
        .as("what binds looser than 'and' stays whole")
        .hasSize(1);
  }

  @Test
  void rulesAndConditionsJoin() {
    Criteria both = Criteria.of(Map.of("coverage", ">80")).and(Criteria.where("tests > 95"));
    assertThat(both.names()).containsExactly("coverage", "tests");
    assertThat(both.check(Map.of("coverage", 81, "tests", 96)).success()).isTrue();
    assertThat(both.check(Map.of("coverage", 80, "tests", 95)).failed()).hasSize(2);
    assertThat(Criteria.of(Map.of()).check(Map.of()).success()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "=90, Use ==",
    "=>90, Use ==",
    "'>=', Write a rule such as >=90",
    "'', Write a rule such as >=90",
    ">abc, 'Write a number, percentage or duration behind >'",
    "<5 mins, Did you mean min",
    "==5 mins, Did you mean min",
    ">90 90, Write a value"
  })
  void refusesRulesThatNobodyUnderstands(String rule, String remedy) {
    assertThatThrownBy(() -> Criteria.of(Map.of("metric", rule)))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused -> {
              assertThat(refused.remedy()).contains(remedy);
              assertThat(refused.text()).isEqualTo(rule.strip());
              assertThat(refused.position()).isBetween(0, rule.length());
            });
  }

  @Test
  void refusesConditionsOverUnknownNamesAndTooManyRules() {
    Expressions declared = Expressions.over(Map.of("coverage", ValueType.PERCENT));
    assertThat(Criteria.where(declared, "coverage > 80").check(Map.of("coverage", 81)).success())
        .isTrue();
    assertThatThrownBy(() -> Criteria.where(declared, "coverage > 80 && covrage > 90"))
        .hasMessageContaining("at character 18")
        .hasMessageContaining("Did you mean coverage?");
    assertThatThrownBy(() ->
            Criteria.of(
                IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "m" + i, i -> ">1"))))
        .hasMessageContaining("101 criteria");
  }
}
