package dev.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Expressions GATES =
      Expressions.over(
          Map.of(
              "coverage", ValueType.PERCENT,
              "tests_passed", ValueType.NUMBER,
              "wait", ValueType.DURATION,
              "branch", ValueType.TEXT,
              "urgent", ValueType.BOOLEAN,
              "scores", ValueType.listOf(ValueType.NUMBER),
              "labels", ValueType.listOf(ValueType.TEXT)));
  private static final Map<String, Object> VALUES =
      Map.of(
          "coverage",
          85.5,
          "tests_passed",
          97,
          "wait",
          Duration.ofSeconds(90),
          "branch",
          "release/1",
          "urgent",
          false,
          "scores",
          List.of(8, 9.5, 7),
          "labels",
          List.of("api", "数据库"));

  private static Object value(String text) {
    return GATES.compile(text).evaluate(VALUES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coverage >= 80 && tests_passed > 95",
        "coverage >= 80% and tests_passed > 95",
        "coverage == 85.50 %",
        "not urgent",
        "!urgent && not false",
        "not urgent == true",
        "wait < 5 min",
        "wait == 1min30s",
        "wait == 1 min 30 s",
        "wait > 89_999 ms && wait <= 1.5 min",
        "wait * 2 == 3 min && 2 * wait == wait + wait",
        "1 d / 8 h == 3 && 10 min * 50% == 5 min && 10 min / 4 == 150 s",
        "2 + 3 * 4 - 10 / 4 == 11.5",
        "-2 - -3 == 1 && -(2 + 3) == -5 && - -1 == 1",
        "(2 + 3) * 4 == 20",
        "0.1 + 0.2 == 0.3",
        "1 / 3 * 3 < 1 && round(1 / 3 * 3, 10) == 1",
        "200 * 5% == 10 && 50% * 50% == 25% && 80% / 2 == 40% && 80% / 20% == 4",
        "40% + 45.5% == coverage && 90% - 4.5% == coverage",
        "branch == 'release/1' && branch != \"main\"",
        "branch + '!' == 'release/1!' && 'a' < 'b'",
        "'it\\'s' == \"it's\" && \"\\n\\t\\\\\\\"\" == '\\n\\t\\\\\"'",
        "branch in ['main', 'release/1']",
        "not (3 in scores) && 9.5 in scores && contains(scores, 8)",
        "'数据库' in labels && size(labels) == 2 && size('数据库') == 3",
        "scores == [8.0, 9.50, 7] && scores != [8] && labels != ['api', 'x'] && [] == []",
        "(urgent ? 1 : 2) == 2 && (tests_passed > 95 ? 'a' : 'b') == 'a'",
        "false ? false : true ? true : false",
        "min(3, 1, 2) == 1 && max(scores) == 9.5 && sum(scores) == 24.5 && avg([1, 2]) == 1.5",
        "min(1 min, 30 s) == 30 s && max(10%, 20%) == 20% && sum([1 s, 2 s]) == 3 s",
        "max('a', 'b') == 'b'",
        "abs(-3) == 3 && abs(-1 s) == 1 s && abs(-5%) == 5% && abs(3) == 3",
        "round(2.5) == 3 && floor(-1.5) == -2 && ceil(1.2) == 2 && round(1.255, 2) == 1.26",
        "mod(7, 3) == 1 && mod(-7, 3) == 2 && mod(7.5, 2) == 1.5",
        "percent(0.855) == coverage && seconds(wait) == 90",
        "startsWith(branch, 'release') && endsWith(branch, '1') && contains(branch, 'ease')",
        "lower('ABC') == 'abc' && upper('abc') == 'ABC'",
        "has(coverage)",
        "true || 1 / 0 > 1",
        "-wait < 0 s && -coverage < 0%",
      })
  void holds(String condition) {
    assertThat(GATES.condition(condition).test(VALUES)).as(condition).isTrue();
  }

  @Test
  void answersTheValuesOfEachType() {
    assertThat(value("1_000.50")).isEqualTo(new BigDecimal("1000.50"));
    assertThat(value("coverage")).isEqualTo(Percent.of(85.5)).hasToString("85.5%");
    assertThat(value("wait + 1 w")).isEqualTo(Duration.ofDays(7).plusSeconds(90));
    assertThat(value("[branch]")).isEqualTo(List.of("release/1"));
    assertThat(GATES.formula("tests_passed / 2").number(VALUES)).isEqualByComparingTo("48.5");
    assertThat(Percent.of(50)).hasSameHashCodeAs(new Percent(new BigDecimal("50.00")));
  }

  @Test
  void tellsTheNamesThatItReadsAndItsType() {
    Expression expression =
        GATES.compile("urgent ? has(coverage) : tests_passed > 1 && 3 in scores");
    assertThat(expression.names()).containsExactly("coverage", "scores", "tests_passed", "urgent");
    assertThat(expression.type()).isEqualTo(ValueType.BOOLEAN);
    assertThat(GATES.compile("[1 s]").type()).isEqualTo(ValueType.listOf(ValueType.DURATION));
    assertThat(GATES.compile("wait / 2 s").type()).isEqualTo(ValueType.NUMBER);
    assertThat(expression).hasToString(expression.text());
    assertThat(GATES.names()).startsWith("branch", "coverage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "coverag >= 80 | 1 | there is no name 'coverag' | Did you mean coverage?",
        "1 > 0 && Coverage > 1 | 10 | there is no name 'Coverage' | Did you mean coverage?",
        "xyzzy | 1 | there is no name 'xyzzy' | Use one of the names branch, coverage",
        "wait < 5 mins | 10 | there is no unit 'mins' | Did you mean min?",
        "wait < 5 m | 10 | there is no unit 'm' | Write min for minutes",
        "wait < 5 parsecs | 10 | there is no unit 'parsecs' | Use one of the units",
        "rond(2) | 1 | there is no function 'rond' | Did you mean round?",
        "wait < 5 | 6 | '<' does not go with a duration and a number | Give the number a unit",
        "coverage > 'x' | 10 | '>' does not go with a percent and a text | of one type",
        "branch + 1 | 8 | '+' does not go with a text and a number | Calculate with",
        "branch in branch | 8 | 'in' does not go with a text and a text | in a list",
        "1 && true | 1 | a number is neither true nor false | Compare it",
        "not wait | 5 | a duration is neither true nor false | Compare it",
        "-branch | 1 | a text has no negative | Remove the minus",
        "[1, 'a'] | 5 | there is a text in a list that begins with a number | one type",
        "urgent ? 1 : 'a' | 14 | one choice is a number, the other one a text | of one type",
        "round('a') | 1 | round does not take a text | round(number, digits)",
        "min() | 1 | min does not take nothing | min(a, b, …)",
        "1 +  | 4 | the expression ends too early | Write a value",
        "coverage >= | 12 | the expression ends too early | Write a value",
        "1 2 | 3 | '2' is not expected here | an operator",
        "(1 | 3 | the end stands where ')' is missing | Close",
        "1 < 2 < 3 | 7 | a comparison compares two values | 1 < x && x < 5",
        "a = 1 | 3 | '=' means nothing here | Compare with ==",
        "urgent & urgent | 8 | '&' means nothing here | Write &&",
        "urgent # 1 | 8 | '#' means nothing here | Remove it",
        "'abc | 1 | this text does not end | Close it with '",
        "'a\\q' | 3 | a backslash begins nothing known | Use",
        "wait % 3 | 6 | '%' stands behind something that is no number | mod(a, b)",
        "has(1) | 5 | has looks for a name, not '1' | Write has(coverage)",
        "and | 1 | 'and' is not expected here | Write a value",
        "9999 w | 1 | this is longer than a hundred years | shorter",
      })
  void saysWhatIsWrongWhereAndWhatToWrite(String text, int character, String what, String remedy) {
    assertThatThrownBy(() -> GATES.compile(text))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused -> {
              assertThat(refused)
                  .hasMessageContaining("at character " + character + ":")
                  .hasMessageContaining(what);
              assertThat(refused.remedy()).contains(remedy);
              assertThat(refused.position()).isEqualTo(character - 1);
              assertThat(refused.text()).isEqualTo(text);
              assertThat(refused.reason().code()).startsWith("expression-");
            });
  }

  @Test
  void showsThePlaceBelowItsLine() {
    assertThatThrownBy(() -> GATES.compile("urgent &&\n  coverag > 1\n&& urgent"))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused -> assertThat(refused.excerpt()).isEqualTo("  coverag > 1\n  ^"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n"})
  void refusesTheEmptyText(String text) {
    assertThatThrownBy(() -> GATES.compile(text)).hasMessageContaining("the expression is empty");
  }

  @Test
  void wantsAConditionOrAFormula() {
    assertThatThrownBy(() -> GATES.condition("tests_passed + 1"))
        .hasMessageContaining("this is a number, and a condition is wanted");
    assertThatThrownBy(() -> GATES.formula("urgent"))
        .hasMessageContaining("a formula of a number is wanted");
    Expression open = Expressions.open().compile("x");
    assertThatThrownBy(() -> open.test(Map.of("x", 1)))
        .hasMessageContaining("a number is neither true nor false");
    assertThatThrownBy(() -> open.number(Map.of("x", true)))
        .hasMessageContaining("boolean and no number");
  }

  @Test
  void namesTheValueThatIsMissingOrOfAnotherType() {
    Expression gate = GATES.condition("urgent || coverage >= 80");
    assertThatThrownBy(() -> gate.test(Map.of("urgent", false, "coverge", 3)))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(ExpressionException.Reason.MISSING_VALUE);
              assertThat(refused)
                  .hasMessageContaining("at character 11: 'coverage' has no value")
                  .hasMessageContaining("Did you mean coverge?");
            });
    assertThat(gate.test(Map.of("urgent", true))).as("what is not reached is not missed").isTrue();
    assertThat(GATES.condition("has(coverage) && coverage > 1").test(Map.of())).isFalse();
    var empty = new HashMap<String, Object>();
    empty.put("coverage", null);
    assertThat(GATES.condition("has(coverage)").test(empty)).isFalse();
    assertThatThrownBy(() -> gate.test(Map.of("urgent", "yes")))
        .hasMessageContaining("'urgent' is declared as a boolean and is a text");
    assertThatThrownBy(() -> gate.test(Map.of("urgent", new Object())))
        .hasMessageContaining("'urgent' is a Object");
    assertThatThrownBy(() -> gate.test(Map.of("urgent", false, "coverage", Double.NaN)))
        .hasMessageContaining("'coverage' is NaN");
  }

  @Test
  void findsDottedNamesInMapsWithinMaps() {
    Expression gate = Expressions.open().condition("quality.tests.passed > 95 && 覆盖率 >= 80");
    assertThat(gate.names()).containsExactly("quality.tests.passed", "覆盖率");
    assertThat(gate.test(Map.of("quality", Map.of("tests", Map.of("passed", 96)), "覆盖率", 80)))
        .isTrue();
    assertThat(gate.test(Map.of("quality.tests.passed", 96L, "覆盖率", 79.9f))).isFalse();
    assertThatThrownBy(() -> gate.test(Map.of("quality", 3)))
        .hasMessageContaining("'quality.tests.passed' has no value");
  }

  @Test
  void checksTypesAtEvaluationWhereNoneWereDeclared() {
    Expressions open = Expressions.open();
    assertThat(open.compile("x + 1").type()).isEqualTo(ValueType.ANY);
    assertThatThrownBy(() -> open.condition("x > 1").test(Map.of("x", "text")))
        .hasMessageContaining("at character 3: '>' does not go with a text and a number");
    assertThatThrownBy(() -> open.compile("-x").evaluate(Map.of("x", "text")))
        .hasMessageContaining("a text has no negative");
    assertThatThrownBy(() -> open.compile("[x, 1]").evaluate(Map.of("x", "text")))
        .hasMessageContaining("there is a number in a list that begins with a text");
    assertThatThrownBy(() -> open.compile("max(x, 1)").evaluate(Map.of("x", "text")))
        .hasMessageContaining("max does not take a text, a number");
    assertThatThrownBy(() -> open.compile("sum(x)").evaluate(Map.of("x", List.of(1, "a"))))
        .hasMessageContaining("'x' is a list of values of several types");
    assertThatThrownBy(() -> open.compile("x").evaluate(Map.of("x", List.of(List.of()))))
        .hasMessageContaining("list of lists");
    assertThatThrownBy(() -> open.compile("x && true").evaluate(Map.of("x", 1)))
        .hasMessageContaining("neither true nor false");
  }

  @ParameterizedTest
  @CsvSource({
    "1 / n, the divisor is 0",
    "wait / n, the divisor is 0",
    "'mod(1, n)', the divisor is 0",
    "avg(none), the list is empty",
    "max(none), the list is empty",
    "'round(1, 31)', not 0 to 30",
    "wait * large, longer than 292 years",
    "large * large * large, too large or too small",
    "1 / large / large / large, too large or too small"
  })
  void saysWhatCannotBeCalculated(String text, String what) {
    var values =
        Map.of(
            "n",
            0,
            "none",
            List.of(),
            "wait",
            Duration.ofDays(1),
            "large",
            new BigDecimal("1e400"));
    assertThatThrownBy(() -> Expressions.open().compile(text).evaluate(values))
        .isInstanceOfSatisfying(
            ExpressionException.class,
            refused ->
                assertThat(refused.reason()).isEqualTo(ExpressionException.Reason.ARITHMETIC))
        .hasMessageContaining(what);
  }

  @Test
  void takesEveryKindOfNumber() {
    Expression same = Expressions.open().condition("x == 7");
    for (Number seven :
        List.of((byte) 7, (short) 7, 7, 7L, 7f, 7d, BigInteger.valueOf(7), new BigDecimal("7.0"))) {
      assertThat(same.test(Map.of("x", seven))).isTrue();
    }
    assertThatThrownBy(() -> same.test(Map.of("x", BigInteger.TWO.pow(10_000))))
        .hasMessageContaining("cannot be calculated with");
    assertThatThrownBy(() -> same.test(Map.of("x", new BigDecimal("1e999999999"))))
        .hasMessageContaining("cannot be calculated with");
  }

  @Test
  void refusesNamesThatNobodyCouldWrite() {
    for (String name : List.of("", "a b", "1a", "in", "true", "a.", "a-b", "f()", "(a)")) {
      assertThatThrownBy(() -> Expressions.over(Map.of(name, ValueType.TEXT)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
    }
    Expressions.over(Map.of("stage_1.ok", ValueType.BOOLEAN));
  }

  @Test
  void manyThreadsMayUseOneExpression() {
    Expression gate = GATES.condition("sum(scores) > 24 && coverage > 80");
    assertThat(IntStream.range(0, 10_000).parallel().allMatch(_ -> gate.test(VALUES))).isTrue();
  }
}
