package dev.millrace.tasks;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Failures of handlers as text, without what is hidden. */
final class Failures {
  private static final int SHORT = 1_000;
  private static final int CAUSES = 5;

  private Failures() {}

  /** One line: the failure and its causes, by simple names. */
  static String inShort(Throwable failure, UnaryOperator<String> veil) {
    var text = new StringBuilder();
    @Nullable Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      if (depth > 0) {
        text.append("; caused by ");
      }
      text.append(at.getClass().getSimpleName());
      if (at.getMessage() != null) {
        text.append(": ").append(at.getMessage());
      }
    }
    return Texts.shortened(veil.apply(text.toString()), SHORT);
  }

  /** With the stack, within the limit of what is kept. */
  static String atLength(Throwable failure, UnaryOperator<String> veil) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return Texts.shortened(veil.apply(text.toString()), Limits.ERROR);
  }
}
