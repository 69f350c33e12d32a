package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.ArrayList;
import java.util.List;

/** One evaluation of an expression. Confined to its thread. */
final class Evaluation {
  private final String text;
  private final Checker checker;
  private final GivenValues given;
  private final ExpressionLimits limits;
  private int steps;

  Evaluation(String text, Checker checker, GivenValues given, ExpressionLimits limits) {
    this.text = text;
    this.checker = checker;
    this.given = given;
    this.limits = limits;
  }

  Object value(Term term) {
    step(term, 1);
    return switch (term) {
      case Term.Literal literal -> literal.value();
      case Term.Name name -> given.require(name);
      case Term.Has has -> given.has(has.name());
      case Term.Items items -> items(items);
      case Term.Not not -> !condition(not.term());
      case Term.Negative negative -> {
        Object value = value(negative.term());
        checker.check(new Term.Negative(new Term.Literal(value, 0), negative.position()));
        yield Operator.negative(value);
      }
      case Term.Logic logic ->
          logic.both()
              ? condition(logic.left()) && condition(logic.right())
              : condition(logic.left()) || condition(logic.right());
      case Term.Choice choice -> value(condition(choice.condition()) ? choice.yes() : choice.no());
      case Term.Operation operation -> operation(operation);
      case Term.Call call -> call(call);
    };
  }

  private boolean condition(Term term) {
    Object value = value(term);
    if (value instanceof Boolean holds) {
      return holds;
    }
    throw checker.noCondition(term.position(), Values.typeOf(value));
  }

  private List<Object> items(Term.Items items) {
    List<Object> values = values(items.terms());
    for (Object value : values) {
      ValueType first = Values.typeOf(values.getFirst());
      if (!first.takes(Values.typeOf(value))) {
        throw checker.mixed(items.position(), first, Values.typeOf(value));
      }
    }
    return values;
  }

  private List<Object> values(List<Term> terms) {
    var values = new ArrayList<Object>(terms.size());
    for (Term term : terms) {
      values.add(value(term));
    }
    return values;
  }

  private Object operation(Term.Operation operation) {
    Object left = value(operation.left());
    Object right = value(operation.right());
    checker.result(operation, Values.typeOf(left), Values.typeOf(right));
    charge(operation, left);
    charge(operation, right);
    try {
      return operation.operator().apply(left, right);
    } catch (ArithmeticException none) {
      throw arithmetic(operation, none);
    }
  }

  private Object call(Term.Call call) {
    List<Object> values = values(call.arguments());
    checker.result(call, values.stream().map(Values::typeOf).toList());
    values.forEach(value -> charge(call, value));
    try {
      return call.function().apply(values);
    } catch (ArithmeticException none) {
      throw arithmetic(call, none);
    }
  }

  /** Lists and texts cost what it takes to go through them. */
  private void charge(Term term, Object value) {
    if (value instanceof List<?> list) {
      step(term, list.size());
    } else if (value instanceof String string) {
      if (string.length() > limits.textSize()) {
        throw new ExpressionException(
            Reason.LIMIT,
            text,
            term.position(),
            "a text has more than " + limits.textSize() + " characters",
            "Shorten it.");
      }
      step(term, string.length() / 100);
    }
  }

  private void step(Term term, int count) {
    steps += count;
    if (steps > limits.steps()) {
      throw new ExpressionException(
          Reason.LIMIT,
          text,
          term.position(),
          "the evaluation takes more than " + limits.steps() + " steps",
          "Look through fewer or shorter lists.");
    }
  }

  private ExpressionException arithmetic(Term term, ArithmeticException none) {
    return new ExpressionException(
        Reason.ARITHMETIC,
        text,
        term.position(),
        none.getMessage() == null || none.getMessage().startsWith("long")
            ? "the result is out of range"
            : none.getMessage(),
        "Guard it with a condition, as in n > 0 ? x / n : 0.");
  }
}
