package dev.millrace.expression;

import java.util.List;

/** A part of a compiled expression. Immutable. */
sealed interface Term {
  /** Where it is written, in characters from 0; of an operation, where its sign is. */
  int position();

  record Literal(Object value, int position) implements Term {}

  record Name(String name, ValueType type, int position) implements Term {}

  record Items(List<Term> terms, int position) implements Term {}

  record Not(Term term, int position) implements Term {}

  record Negative(Term term, int position) implements Term {}

  /** Both or either; the right one is only looked at if the left one does not decide. */
  record Logic(boolean both, Term left, Term right, int position) implements Term {}

  record Operation(Operator operator, Term left, Term right, int position) implements Term {}

  record Choice(Term condition, Term yes, Term no, int position) implements Term {}

  record Call(Function function, List<Term> arguments, int position) implements Term {}

  /** Whether a name has a value. */
  record Has(String name, int position) implements Term {}
}
