package dev.millrace.apps.crew.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with everything that it has started. Children whose parent has ended are no descendants
 * any more, so they are also known by a mark that they inherit in their environment, where the
 * system shows it (Linux).
 */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");
  private static final int ROUNDS = 5;

  private ProcessTree() {}

  /**
   * Ends whatever carries {@code mark} in its environment, and the descendants of {@code process}.
   *
   * @param mark such as {@code CREW_TASK_ID=0192…}
   */
  static void kill(Process process, String mark) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    // By its handle: the process itself would close the output, which may not be read yet.
    process.toHandle().destroyForcibly();
    killMarked(mark);
  }

  /** Ends whatever carries {@code mark}, also what a process left that was killed itself. */
  static void killMarked(String mark) {
    // What starts another one while it is looked for is found in the next round.
    for (int round = 0; round < ROUNDS; round++) {
      List<ProcessHandle> marked = marked(mark);
      if (marked.isEmpty()) {
        return;
      }
      marked.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static List<ProcessHandle> marked(String mark) {
    List<ProcessHandle> found = new ArrayList<>();
    long own = ProcessHandle.current().pid();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path each : all) {
        long pid = Long.parseLong(each.getFileName().toString());
        if (pid != own && carries(each, mark)) {
          ProcessHandle.of(pid).ifPresent(found::add);
        }
      }
    } catch (IOException _) {
      // No such system: what descends from the process is all that is known.
    }
    return found;
  }

  private static boolean carries(Path process, String mark) {
    try {
      String environment =
          new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
      return ('\0' + environment).contains('\0' + mark + '\0');
    } catch (IOException _) {
      return false; // It is gone, or another user's.
    }
  }
}
