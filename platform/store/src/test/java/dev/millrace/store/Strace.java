package dev.millrace.store;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Tampers with the system calls of a child: Debian's strace, where the system permits ptrace. */
final class Strace {
  private static final String SYNCS = "fdatasync,fsync";

  private Strace() {}

  /** The command to put before the child's; skips the test where there can be none. */
  static List<String> available() {
    Assumptions.assumeTrue(
        runs("strace", "-V"), "needs strace: install the Debian package 'strace'");
    Assumptions.assumeTrue(
        runs("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + SYNCS, "true"),
        "needs ptrace, which this system refuses (a container without CAP_SYS_PTRACE?)");
    return List.of("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + SYNCS);
  }

  /**
   * Has syncs return EIO without reaching the disk.
   *
   * @param nth which sync of each thread: {@code 7}, or {@code 7+} for that and all later ones
   */
  static List<String> failing(String nth) {
    // The filter lets all other calls run at full speed.
    return List.of("--seccomp-bpf", "-e", "inject=" + SYNCS + ":error=EIO:when=" + nth);
  }

  /** Kills the process as one of its threads begins its {@code nth} sync. */
  static List<String> killing(int nth) {
    // Signals are not injected behind the filter that makes failing fast.
    return List.of("-e", "inject=" + SYNCS + ":signal=SIGKILL:when=" + nth);
  }

  private static boolean runs(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
