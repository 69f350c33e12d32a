package dev.millrace.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Which groups of errors; null means any. Immutable.
 *
 * @param dead whether tasks are dead of it now
 * @param type struck a task of this type
 * @param text within exception, message or newest error; upper and lower case are the same
 */
public record ErrorFilter(@Nullable Boolean dead, @Nullable String type, @Nullable String text) {
  private static final ErrorFilter ALL = new ErrorFilter(null, null, null);

  /** Every group. */
  public static ErrorFilter all() {
    return ALL;
  }
}
