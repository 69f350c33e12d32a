package dev.millrace.apps.crew.analysis;

import java.util.List;

/**
 * One rule of a rule book.
 *
 * @param place its index among all rules of the book
 * @param worth points, a level, a change or modules, as its kind has it; else 0
 * @param factor of the lines of code; 1 for none
 * @param perOccurrence whether its worth counts for every occurrence and not once
 * @param roles that it asks for
 * @param agents the domain of agents that belongs to it; may be empty
 * @param effect what it does when it applies once, in words for people
 */
record Rule(
    int place,
    Kind kind,
    String name,
    double worth,
    double factor,
    boolean perOccurrence,
    List<String> roles,
    String agents,
    String effect) {

  Rule(
      int place,
      Kind kind,
      String name,
      double worth,
      double factor,
      boolean perOccurrence,
      List<String> roles,
      String agents) {
    this(
        place,
        kind,
        name,
        worth,
        factor,
        perOccurrence,
        roles,
        agents,
        effect(kind, name, worth, factor, roles));
  }

  private static String effect(
      Kind kind, String name, double worth, double factor, List<String> roles) {
    return switch (kind) {
      case KEYWORDS, DOMAINS -> name;
      case COMPLEXITY, INDEX -> signed(worth);
      case PREMIUM -> "premium";
      case ROLES -> String.join(", ", roles);
      case SIZE -> worth == 0 ? "lines × " + plain(factor) : "modules " + signed(worth);
      case PRIORITY -> "level " + plain(worth);
    };
  }

  /** {@code +1}, {@code -0.5}. */
  static String signed(double value) {
    return value < 0 ? plain(value) : "+" + plain(value);
  }

  private static String plain(double value) {
    long whole = (long) value;
    return whole == value ? Long.toString(whole) : Double.toString(value);
  }
}
