package dev.millrace.apps.crew.analysis;

/** How hard a request is, in three steps. */
public enum Complexity {
  SIMPLE(2, 30, 1, 0.5),
  MEDIUM(4, 100, 2, 2),
  COMPLEX(8, 300, 4, 5);

  /** The most roles that work on it. */
  public final int roles;

  final int lines;
  final int modules;
  final double hours;

  Complexity(int roles, int lines, int modules, double hours) {
    this.roles = roles;
    this.lines = lines;
    this.modules = modules;
    this.hours = hours;
  }

  static Complexity of(int points) {
    return points <= 2 ? SIMPLE : points <= 5 ? MEDIUM : COMPLEX;
  }
}
