package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.util.List;
import java.util.Set;

/** Finds the type of a term, and what in it does not go together, before anything is evaluated. */
record Checker(String text, Set<String> read) {
  ValueType check(Term term) {
    return switch (term) {
      case Term.Literal literal -> Values.typeOf(literal.value());
      case Term.Name name -> {
        read.add(name.name());
        yield name.type();
      }
      case Term.Has has -> {
        read.add(has.name());
        yield ValueType.BOOLEAN;
      }
      case Term.Items items -> items(items);
      case Term.Not not -> condition(not.term());
      case Term.Negative negative -> {
        ValueType type = check(negative.term());
        if (Function.ABS.result(List.of(type)) == null) {
          throw wrong(negative.position(), "a " + type + " has no negative", "Remove the minus.");
        }
        yield type;
      }
      case Term.Logic logic -> {
        condition(logic.left());
        yield condition(logic.right());
      }
      case Term.Operation operation ->
          result(operation, check(operation.left()), check(operation.right()));
      case Term.Choice choice -> choice(choice);
      case Term.Call call -> result(call, call.arguments().stream().map(this::check).toList());
    };
  }

  private ValueType condition(Term term) {
    ValueType type = check(term);
    if (!ValueType.BOOLEAN.takes(type)) {
      throw noCondition(term.position(), type);
    }
    return ValueType.BOOLEAN;
  }

  ExpressionException noCondition(int position, ValueType type) {
    return wrong(
        position,
        "a " + type + " is neither true nor false",
        "Compare it with something, as in x > 0.");
  }

  private ValueType items(Term.Items items) {
    ValueType common = ValueType.ANY;
    for (Term item : items.terms()) {
      ValueType type = check(item);
      if (!common.takes(type)) {
        throw mixed(item.position(), common, type);
      }
      common = common.equals(ValueType.ANY) ? type : common;
    }
    return ValueType.listOf(common);
  }

  ExpressionException mixed(int position, ValueType first, ValueType other) {
    return wrong(
        position,
        "there is a " + other + " in a list that begins with a " + first,
        "Put values of one type into a list.");
  }

  private ValueType choice(Term.Choice choice) {
    condition(choice.condition());
    ValueType yes = check(choice.yes());
    ValueType no = check(choice.no());
    if (!yes.takes(no)) {
      throw wrong(
          choice.no().position(),
          "one choice is a " + yes + ", the other one a " + no,
          "Choose between two values of one type.");
    }
    return yes.equals(ValueType.ANY) ? no : yes;
  }

  ValueType result(Term.Operation operation, ValueType left, ValueType right) {
    ValueType result = operation.operator().result(left, right);
    if (result == null) {
      throw wrong(
          operation.position(),
          "'" + operation.operator().sign() + "' does not go with a " + left + " and a " + right,
          remedy(operation.operator(), left, right));
    }
    return result;
  }

  private static String remedy(Operator operator, ValueType left, ValueType right) {
    boolean duration = left.equals(ValueType.DURATION) || right.equals(ValueType.DURATION);
    boolean number = left.equals(ValueType.NUMBER) || right.equals(ValueType.NUMBER);
    if (duration && number) {
      return "Give the number a unit, as in 5 min.";
    }
    if (operator == Operator.IN) {
      return "Look for a value in a list of values like it, as in x in [1, 2].";
    }
    if (operator.compares()) {
      return "Compare two values of one type.";
    }
    return "Calculate with values that go together.";
  }

  ValueType result(Term.Call call, List<ValueType> types) {
    ValueType result = call.function().result(types);
    if (result == null) {
      String given =
          types.isEmpty()
              ? "nothing"
              : "a " + String.join(", a ", types.stream().map(ValueType::toString).toList());
      throw wrong(
          call.position(),
          call.function().word() + " does not take " + given,
          "Use it as " + call.function().usage() + ".");
    }
    return result;
  }

  private ExpressionException wrong(int position, String what, String remedy) {
    return new ExpressionException(Reason.TYPE, text, position, what, remedy);
  }
}
