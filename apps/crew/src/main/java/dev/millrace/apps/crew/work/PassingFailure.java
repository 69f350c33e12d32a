package dev.millrace.apps.crew.work;

import org.jspecify.annotations.Nullable;

/** Something that may be gone the next time: time ran out, or the network failed. */
final class PassingFailure extends Exception {
  private static final long serialVersionUID = 1;

  PassingFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
