package dev.millrace.expression;

import dev.millrace.expression.ExpressionException.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads words by the grammar, the loosest binding first:
 *
 * <pre>
 * choice     = either [ "?" choice ":" choice ]
 * either     = both { ( "||" | "or" ) both }
 * both       = negation { ( "&amp;&amp;" | "and" ) negation }
 * negation   = "not" negation | comparison
 * comparison = sum [ ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "in" ) sum ]
 * sum        = product { ( "+" | "-" ) product }
 * product    = sign { ( "*" | "/" ) sign }
 * sign       = ( "-" | "!" ) sign | value
 * value      = number [ "%" | unit { number unit } ] | text | "true" | "false" | name
 *            | name "(" [ choice { "," choice } ] ")" | "(" choice ")" | "[" [ choice { "," choice } ] "]"
 * </pre>
 */
final class Parser {
  private static final int OPERATIONS = 500;
  private static final Set<String> WORDS = Set.of("and", "or", "not", "in", "true", "false");

  private final String text;
  private final ExpressionLimits limits;
  private final NameTable names;
  private final List<Token> words;
  private int at;
  private int depth;
  private int operations;

  private Parser(String text, NameTable names, ExpressionLimits limits) {
    this.text = text;
    this.names = names;
    this.limits = limits;
    words = Lexer.words(text);
  }

  static Term parse(String text, NameTable names, ExpressionLimits limits) {
    var parser = new Parser(text, names, limits);
    Term term = parser.choice();
    Token rest = parser.word();
    if (rest.kind() != Token.Kind.END) {
      throw parser.unexpected(rest);
    }
    return term;
  }

  private Term choice() {
    Token start = enter();
    Term condition = either();
    Token mark = word();
    if (take("?")) {
      Term yes = choice();
      expect(":");
      condition = new Term.Choice(condition, yes, choice(), mark.position());
    }
    leave(start);
    return condition;
  }

  private Term either() {
    Term left = both();
    for (Token sign = word(); take("||") || take("or"); sign = word()) {
      count(sign);
      left = new Term.Logic(false, left, both(), sign.position());
    }
    return left;
  }

  private Term both() {
    Term left = negation();
    for (Token sign = word(); take("&&") || take("and"); sign = word()) {
      count(sign);
      left = new Term.Logic(true, left, negation(), sign.position());
    }
    return left;
  }

  private Term negation() {
    Token sign = word();
    if (!take("not")) {
      return comparison();
    }
    enter();
    Term term = new Term.Not(negation(), sign.position());
    leave(sign);
    return term;
  }

  private Term comparison() {
    Term left = sum();
    Token sign = word();
    Operator operator = comparing(sign);
    if (operator == null) {
      return left;
    }
    at++;
    count(sign);
    Term result = new Term.Operation(operator, left, sum(), sign.position());
    if (comparing(word()) != null) {
      throw syntax(
          word(),
          "a comparison compares two values",
          "Join two comparisons with &&, as in 1 < x && x < 5.");
    }
    return result;
  }

  private static @org.jspecify.annotations.Nullable Operator comparing(Token word) {
    Operator operator =
        word.kind() == Token.Kind.SYMBOL || word.is("in") ? Operator.of(word.text()) : null;
    return operator != null && operator.compares() ? operator : null;
  }

  private Term sum() {
    Term left = product();
    for (Token sign = word(); take("+") || take("-"); sign = word()) {
      left = operation(sign, left, product());
    }
    return left;
  }

  private Term product() {
    Term left = sign();
    for (Token sign = word(); take("*") || take("/"); sign = word()) {
      left = operation(sign, left, sign());
    }
    return left;
  }

  private Term operation(Token sign, Term left, Term right) {
    count(sign);
    Operator operator = Operator.of(sign.text());
    if (operator == null) {
      throw new IllegalStateException(sign + " is no operator; this is a bug");
    }
    return new Term.Operation(operator, left, right, sign.position());
  }

  private Term sign() {
    Token sign = word();
    if (!take("-") && !take("!")) {
      return value();
    }
    enter();
    Term of = sign();
    leave(sign);
    return sign.is("-")
        ? new Term.Negative(of, sign.position())
        : new Term.Not(of, sign.position());
  }

  private Term value() {
    Token word = word();
    at++;
    return switch (word.kind()) {
      case NUMBER -> number(word);
      case TEXT -> new Term.Literal(word.text(), word.position());
      case NAME -> named(word);
      case SYMBOL -> {
        if (word.is("(")) {
          Term inner = choice();
          expect(")");
          yield inner;
        }
        if (word.is("[")) {
          yield new Term.Items(terms("]"), word.position());
        }
        at--;
        throw unexpected(word);
      }
      case END -> {
        at--;
        throw unexpected(word);
      }
    };
  }

  private Term number(Token word) {
    var number = new BigDecimal(word.text());
    if (take("%")) {
      return new Term.Literal(new Percent(number), word.position());
    }
    if (!isUnit(word())) {
      return new Term.Literal(number, word.position());
    }
    Duration sum = amount(word, number);
    while (word().kind() == Token.Kind.NUMBER && isUnit(words.get(at + 1))) {
      Token more = word();
      at++;
      sum = sum.plus(amount(more, new BigDecimal(more.text())));
    }
    return new Term.Literal(sum, word.position());
  }

  private static boolean isUnit(Token word) {
    return word.kind() == Token.Kind.NAME && !WORDS.contains(word.text());
  }

  private Duration amount(Token number, BigDecimal count) {
    Token word = word();
    at++;
    Unit unit = Unit.of(word.text());
    if (unit == null) {
      throw new ExpressionException(
          Reason.UNKNOWN_UNIT,
          text,
          word.position(),
          "there is no unit " + word.shown(),
          word.is("m")
              ? "Write min for minutes or ms for milliseconds."
              : Nearest.remedy("units", word.text(), Unit.allWords()));
    }
    Duration duration = unit.times(count);
    if (duration == null || duration.toDays() > 36_500) {
      throw new ExpressionException(
          Reason.LIMIT,
          text,
          number.position(),
          "this is longer than a hundred years",
          "Use a shorter duration.");
    }
    return duration;
  }

  private Term named(Token word) {
    if (word.is("true") || word.is("false")) {
      return new Term.Literal(word.is("true"), word.position());
    }
    if (WORDS.contains(word.text())) {
      at--;
      throw unexpected(word);
    }
    if (!take("(")) {
      return new Term.Name(word.text(), names.require(text, word), word.position());
    }
    if (word.is(Function.HAS)) {
      Token name = word();
      at++;
      if (name.kind() != Token.Kind.NAME) {
        throw syntax(name, "has looks for a name, not " + name.shown(), "Write has(coverage).");
      }
      names.require(text, name);
      expect(")");
      return new Term.Has(name.text(), word.position());
    }
    Function function = Function.of(word.text());
    if (function == null) {
      throw new ExpressionException(
          Reason.UNKNOWN_FUNCTION,
          text,
          word.position(),
          "there is no function " + word.shown(),
          Nearest.remedy("functions", word.text(), Function.words()));
    }
    return new Term.Call(function, terms(")"), word.position());
  }

  /** Terms with commas between them, up to the bracket that closes them. */
  private List<Term> terms(String close) {
    var terms = new ArrayList<Term>();
    if (take(close)) {
      return terms;
    }
    do {
      count(word());
      terms.add(choice());
    } while (take(","));
    expect(close);
    return List.copyOf(terms);
  }

  private Token word() {
    return words.get(at);
  }

  private boolean take(String symbol) {
    if (word().is(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!take(symbol)) {
      throw syntax(
          word(), word().shown() + " stands where '" + symbol + "' is missing", "Close with it.");
    }
  }

  private Token enter() {
    depth++;
    if (depth > limits.depth()) {
      throw limit("it is nested deeper than " + limits.depth() + " levels");
    }
    return word();
  }

  private void leave(Token from) {
    depth--;
    if (depth < 0) {
      throw new IllegalStateException("left more than entered at " + from + "; this is a bug");
    }
  }

  private void count(Token sign) {
    operations++;
    if (operations > OPERATIONS) {
      throw limit("it has more than " + OPERATIONS + " operations, from " + sign.shown() + " on");
    }
  }

  private ExpressionException limit(String what) {
    return new ExpressionException(
        Reason.LIMIT, text, word().position(), what, "Split it into several expressions.");
  }

  private ExpressionException unexpected(Token word) {
    if (word.is("%")) {
      return syntax(
          word,
          "'%' stands behind something that is no number",
          "Write a percentage as 80%, the rest of a division as mod(a, b).");
    }
    if (word.kind() == Token.Kind.END) {
      return text.isBlank()
          ? syntax(word, "the expression is empty", "Write a condition, such as coverage >= 80.")
          : syntax(word, "the expression ends too early", "Write a value behind it.");
    }
    return syntax(
        word, word.shown() + " is not expected here", "Write a value, or an operator between two.");
  }

  private ExpressionException syntax(Token word, String what, String remedy) {
    return new ExpressionException(Reason.SYNTAX, text, word.position(), what, remedy);
  }
}
