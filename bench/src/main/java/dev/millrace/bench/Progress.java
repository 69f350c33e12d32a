package dev.millrace.bench;

/** What a person sees while a benchmark runs: on stderr, because stdout holds figures only. */
public final class Progress {
  private static volatile boolean failed;

  private Progress() {}

  public static void say(String text) {
    System.err.println("  " + text);
  }

  /** Reports a failure without ending the benchmark; the process will exit with 1. */
  public static void failed(String what, Exception cause) {
    failed = true;
    System.err.println("  FAILED " + what);
    cause.printStackTrace(System.err);
  }

  static boolean anyFailed() {
    return failed;
  }
}
