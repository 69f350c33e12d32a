package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import dev.millrace.expression.Verdict.Detail;
import dev.millrace.expression.Verdict.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What metrics must be for a gate to open: rules by metric, a free condition, or both. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Criteria.of(Map.of("coverage", ">=80", "build", "green", "reviewed", true))
 * Criteria.where("coverage >= 80 && tests_passed > 95")
 * }</pre>
 */
public final class Criteria {
  private static final int MOST = 100;

  private final Map<String, Rule> rules;
  private final List<Expression> conditions;

  private Criteria(Map<String, Rule> rules, List<Expression> conditions) {
    this.rules = rules;
    this.conditions = conditions;
  }

  /**
   * Rules by metric: {@code ">90"}, {@code ">=90%"}, {@code "<5 min"}, {@code "<=5"}, {@code
   * "==x"}, {@code "!=x"}; anything else must be equal, as text, number or boolean.
   *
   * @throws ExpressionException naming the rule that cannot be read; its text is the rule
   */
  public static Criteria of(Map<String, ?> rules) {
    limit(rules.size());
    var parsed = new LinkedHashMap<String, Rule>();
    rules.forEach((metric, rule) -> parsed.put(metric, Rule.of(rule)));
    return new Criteria(parsed, List.of());
  }

  /**
   * A condition over metrics of any name. What is joined by {@code &&} is judged part by part, so a
   * verdict names the parts that fail.
   *
   * @throws ExpressionException if it cannot be read
   */
  public static Criteria where(String condition) {
    return where(Expressions.open(), condition);
  }

  /** As {@link #where(String)}, over the names that {@code expressions} declares. */
  public static Criteria where(Expressions expressions, String condition) {
    expressions.condition(condition);
    return new Criteria(
        Map.of(), Conjunction.parts(condition).stream().map(expressions::condition).toList());
  }

  /** Both these and those; a metric's later rule replaces its earlier one. */
  public Criteria and(Criteria other) {
    var both = new LinkedHashMap<>(rules);
    both.putAll(other.rules);
    var all = new ArrayList<>(conditions);
    all.addAll(other.conditions);
    limit(both.size() + all.size());
    return new Criteria(both, List.copyOf(all));
  }

  private static void limit(int count) {
    if (count > MOST) {
      throw new ExpressionException(
          Reason.LIMIT, "", 0, count + " criteria at once", "Use up to " + MOST + ".");
    }
  }

  /** The metrics that are looked at, sorted. */
  public Set<String> names() {
    var names = new TreeSet<>(rules.keySet());
    conditions.forEach(condition -> names.addAll(condition.names()));
    return Collections.unmodifiableSet(names);
  }

  /**
   * Judges metrics. A metric that is missing or of another type fails its criterion; it throws
   * nothing.
   */
  public Verdict check(Map<String, ?> metrics) {
    var failed = new ArrayList<Failure>();
    var details = new LinkedHashMap<String, Detail>();
    rules.forEach((metric, rule) -> {
      Object actual = metrics.get(metric);
      note(failed, details, metric, rule.text(), actual, judge(metric, rule, metrics));
    });
    for (Expression condition : conditions) {
      note(
          failed,
          details,
          condition.text(),
          condition.text(),
          read(condition, metrics),
          judge(condition, metrics));
    }
    return new Verdict(failed.isEmpty(), List.copyOf(failed), Collections.unmodifiableMap(details));
  }

  private static void note(
      List<Failure> failed,
      Map<String, Detail> details,
      String criterion,
      String rule,
      @Nullable Object actual,
      @Nullable String reason) {
    details.put(criterion, new Detail(rule, actual, reason == null));
    if (reason != null) {
      failed.add(new Failure(criterion, rule, actual, reason));
    }
  }

  /** Why the rule does not hold; null if it does. */
  private static @Nullable String judge(String metric, Rule rule, Map<String, ?> metrics) {
    var given = new GivenValues(metric, metrics, ExpressionLimits.defaults());
    Object actual;
    try {
      actual = given.require(new Term.Name(metric, ValueType.ANY, 0));
    } catch (ExpressionException refused) {
      return reason(refused);
    }
    Operator operator = rule.operator();
    if (operator.result(Values.typeOf(actual), Values.typeOf(rule.operand())) == null) {
      return Values.shown(actual)
          + " is a "
          + Values.typeOf(actual)
          + ", and the rule compares with a "
          + Values.typeOf(rule.operand());
    }
    return operator.apply(actual, rule.operand()).equals(true)
        ? null
        : Values.shown(actual) + " is not " + operator.sign() + " " + Values.shown(rule.operand());
  }

  private static @Nullable String judge(Expression condition, Map<String, ?> metrics) {
    try {
      return condition.test(metrics) ? null : "does not hold with " + read(condition, metrics);
    } catch (ExpressionException refused) {
      return reason(refused);
    }
  }

  private static String reason(ExpressionException refused) {
    return String.valueOf(refused.getMessage());
  }

  /** The values that a condition reads: the only one itself, several by name. */
  private static @Nullable Object read(Expression condition, Map<String, ?> metrics) {
    var given = new GivenValues(condition.text(), metrics, ExpressionLimits.defaults());
    var read = new LinkedHashMap<String, Object>();
    for (String name : condition.names()) {
      Object value = given.find(name);
      if (value != null) {
        read.put(name, value);
      }
    }
    return condition.names().size() == 1 ? read.get(condition.names().iterator().next()) : read;
  }
}
