package dev.millrace.expression;

import java.util.ArrayList;
import java.util.List;

/** Takes a condition apart where {@code &&} joins it, outside of all brackets. */
final class Conjunction {
  private Conjunction() {}

  /** The parts of a condition that compiles; itself, if something binds looser than "and". */
  static List<String> parts(String condition) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    for (Token word : Lexer.words(condition)) {
      if (word.is("(") || word.is("[")) {
        depth++;
      } else if (word.is(")") || word.is("]")) {
        depth--;
      } else if (depth == 0 && (word.is("||") || word.is("or") || word.is("?"))) {
        return List.of(condition);
      } else if (depth == 0 && (word.is("&&") || word.is("and"))) {
        parts.add(condition.substring(start, word.position()).strip());
        start = word.position() + word.text().length();
      }
    }
    parts.add(condition.substring(start).strip());
    return parts;
  }
}
