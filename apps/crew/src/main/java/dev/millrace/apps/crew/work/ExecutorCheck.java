package dev.millrace.apps.crew.work;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.http.schema.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds what is wrong with executors before anything runs. Thread-safe. */
public final class ExecutorCheck {
  /** The code of faults about programs that may not run. */
  public static final String PROGRAM = "program-not-allowed";

  private static final String INVALID = "executor-invalid";

  private final Programs programs;
  private final Predicate<String> isType;

  /**
   * @param isType whether a task type of a name is registered
   */
  public ExecutorCheck(Programs programs, Predicate<String> isType) {
    this.programs = programs;
    this.isType = isType;
  }

  /**
   * Everything that is wrong.
   *
   * @param pointer where the executor stands
   */
  public List<Fault> faults(Executor executor, String pointer) {
    List<Fault> faults = new ArrayList<>();
    switch (executor.kind()) {
      case PERSON -> {
        // Somebody will answer.
      }
      case SHELL -> shell(executor, pointer, faults);
      case HTTP -> {
        String url = executor.url();
        if (url == null || !url.matches("https?://.+")) {
          faults.add(
              new Fault(
                  pointer + "/url",
                  (url == null ? "there is no address" : "'" + url + "' is no address")
                      + "; use one that begins with http:// or https://",
                  INVALID));
        }
      }
      case JAVA -> {
        String type = executor.type();
        if (type == null || !isType.test(type)) {
          faults.add(
              new Fault(
                  pointer + "/type",
                  "'" + type + "' is no registered task type; look them up at /api/v1/task-types",
                  INVALID));
        }
      }
    }
    if (executor.timeLimit() != null && !executor.timeLimit().isPositive()) {
      faults.add(
          new Fault(
              pointer + "/timeLimit",
              executor.timeLimit() + " is no time to work in; use more than none, such as PT5M",
              INVALID));
    }
    return faults;
  }

  private void shell(Executor executor, String pointer, List<Fault> faults) {
    if (executor.command().isEmpty()) {
      faults.add(
          new Fault(
              pointer + "/command",
              "[] names no program; begin with one, such as [\"mvn\", \"verify\"]",
              INVALID));
    } else {
      programs
          .refusal(executor.command().getFirst())
          .ifPresent(why -> faults.add(new Fault(pointer + "/command/0", why, PROGRAM)));
    }
    String folder = executor.folder();
    if (folder != null && !WorkFolders.isName(folder)) {
      faults.add(
          new Fault(
              pointer + "/folder",
              "'"
                  + folder
                  + "' is no folder below the application's folder work; use names of letters,"
                  + " digits, dots, dashes and _, parted by /",
              INVALID));
    }
    executor.environment().keySet().stream()
        .filter(name -> !name.matches(ShellWork.VARIABLE))
        .forEach(name ->
            faults.add(
                new Fault(
                    pointer + "/environment/" + name.replace("~", "~0").replace("/", "~1"),
                    "'" + name + "' is no name for a variable here; use one such as CREW_REF",
                    INVALID)));
  }
}
