package dev.millrace.store;

import java.util.Set;

/** Finds who asked: the first frame of a stack that is not the store itself. */
final class Callers {
  private static final Set<String> OURS =
      Set.of("dev.millrace.store", "dev.millrace.store.journal", "dev.millrace.store.spi");
  private static final StackWalker WALKER = StackWalker.getInstance();

  private Callers() {}

  /** The caller of the store on this thread. */
  static String current() {
    return WALKER.walk(frames ->
        frames
            .map(StackWalker.StackFrame::toStackTraceElement)
            .filter(Callers::isOutside)
            .findFirst()
            .map(StackTraceElement::toString)
            .orElse("unknown"));
  }

  /** The caller of the store on a thread that waits for it. */
  static String of(Thread waiting) {
    for (StackTraceElement frame : waiting.getStackTrace()) {
      if (isOutside(frame)) {
        return frame + " on " + (waiting.getName().isEmpty() ? waiting : waiting.getName());
      }
    }
    return waiting.toString();
  }

  private static boolean isOutside(StackTraceElement frame) {
    String type = frame.getClassName();
    int dot = type.lastIndexOf('.');
    String home = dot < 0 ? "" : type.substring(0, dot);
    return !OURS.contains(home) && !home.startsWith("java.") && !home.startsWith("jdk.");
  }
}
