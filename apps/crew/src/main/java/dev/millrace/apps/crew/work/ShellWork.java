package dev.millrace.apps.crew.work;

import dev.millrace.apps.crew.agents.Executor;
import dev.millrace.apps.crew.gates.ReportException;
import dev.millrace.http.Json;
import dev.millrace.tasks.FatalFailure;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs programs that the configuration allows, in a folder of their own, with little environment
 * and bounded time and output. A program ends with everything that it has started, also when the
 * task is cancelled, out of time, or the server stops. Thread-safe.
 *
 * <p>It finds the request, the description and the results before it as JSON in the file that
 * CREW_CONTEXT names, and may write an answer to the one that CREW_RESULT names.
 */
final class ShellWork {
  /** What programs leave behind is known by it. */
  private static final String MARK = "CREW_TASK_ID";

  private static final String OWN = ".crew";
  static final String VARIABLE = "CREW_[A-Z0-9_]{1,60}";
  private static final int MOST_RESULT = 256 * 1024;
  private static final int MOST_LINES = 2_000;

  private final Programs programs;
  private final WorkFolders folders;
  private final ShellLimits limits;

  ShellWork(Programs programs, WorkFolders folders, ShellLimits limits) {
    this.programs = programs;
    this.folders = folders;
    this.limits = limits;
  }

  /** A program that has ended. */
  private record Ended(int code, String output) {}

  Outcome run(Run run, Work work) throws Exception {
    Executor executor = work.executor();
    if (executor.command().isEmpty()) {
      throw new FatalFailure("the executor of " + work.agent() + " names no command");
    }
    String program = executor.command().getFirst();
    programs
        .refusal(program)
        .ifPresent(why -> {
          throw new FatalFailure(why);
        });
    String name = executor.folder() == null ? work.workflow() : executor.folder();
    Path folder = folders.folder(name);
    Path own = folder.resolve(OWN);
    Files.createDirectories(own);
    WorkFolders.inside(folder, own);
    Path result = own.resolve(work.task() + ".result.json");
    Files.deleteIfExists(result);
    Path context = own.resolve(work.task() + ".json");
    Files.write(context, Json.mapper().writeValueAsBytes(work));
    Instant begin = Instant.now();
    Ended ended =
        execute(run, work, folder, Map.of("CREW_CONTEXT", context, "CREW_RESULT", result));
    return outcome(work, folder, result, begin, ended);
  }

  private Ended execute(Run run, Work work, Path folder, Map<String, Path> files) throws Exception {
    String mark = MARK + "=" + run.id();
    // What a killed server has left of this very task would work beside it.
    ProcessTree.killMarked(mark);
    Process process = builder(run, work, folder, files).start();
    try {
      process.getOutputStream().close();
      var lines = new AtomicInteger();
      var tail =
          new Tail(
              process.getInputStream(),
              limits.keptOutput(),
              limits.mostOutput(),
              line -> {
                if (lines.incrementAndGet() <= MOST_LINES) {
                  run.log(LogLine.Level.INFO, line);
                }
              },
              process::destroyForcibly);
      Thread reader = Thread.ofVirtual().name("crew-output").start(tail);
      boolean inTime = process.waitFor(work.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
      // What it left running would hold the output open.
      ProcessTree.kill(process, mark);
      reader.join();
      if (!inTime) {
        throw new PassingFailure(
            "the program ran longer than " + work.timeLimit() + " and was ended" + end(tail), null);
      }
      if (tail.isOver()) {
        throw new FatalFailure(
            "the program wrote more than "
                + limits.mostOutput()
                + " characters and was ended; have it write less, or raise crew.shell.most-output");
      }
      return new Ended(process.waitFor(), tail.text());
    } finally {
      ProcessTree.kill(process, mark);
    }
  }

  private static String end(Tail tail) {
    return tail.text().isBlank() ? "" : "; its output ends with: " + tail.text().strip();
  }

  private ProcessBuilder builder(Run run, Work work, Path folder, Map<String, Path> files) {
    var command = new java.util.ArrayList<>(work.executor().command());
    programs.find(command.getFirst()).ifPresent(path -> command.set(0, path.toString()));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    Map<String, String> server = new LinkedHashMap<>(environment);
    environment.clear();
    for (String name : limits.environment()) {
      String value = server.get(name.strip());
      if (value != null) {
        environment.put(name.strip(), value);
      }
    }
    environment.put("PATH", limits.path());
    environment.put("HOME", folder.toString());
    environment.put("LANG", "C.UTF-8");
    work.executor()
        .environment()
        .forEach((name, value) -> {
          if (!name.matches(VARIABLE)) {
            throw new FatalFailure(
                "the variable '" + name + "' is not allowed; use names such as CREW_REF");
          }
          environment.put(name, value);
        });
    files.forEach((name, file) -> environment.put(name, file.toString()));
    environment.put(MARK, run.id().toString());
    return builder;
  }

  private Outcome outcome(Work work, Path folder, Path result, Instant begin, Ended ended)
      throws IOException, WorkFailure {
    boolean good = ended.code() == 0;
    Answer answer = AnswerReader.read(written(folder, result), good ? "passed" : "failed");
    Map<String, Double> metrics = new LinkedHashMap<>(answer.metrics());
    if (work.executor().reports().isEmpty() && !good) {
      throw new WorkFailure(
          "the program ended with " + ended.code() + ": " + ended.output().strip());
    }
    try {
      metrics.putAll(
          FreshReports.read(folder, work.executor().reports(), begin)
              .addExit(work.task(), ended.code())
              .metrics());
    } catch (ReportException | IOException unreadable) {
      throw new WorkFailure(
          "the program ended with "
              + ended.code()
              + ", and its reports cannot be read: "
              + unreadable.getMessage()
              + "; its output ends with: "
              + ended.output().strip());
    }
    return new Outcome(
        work.agent(),
        answer.conclusion(),
        answer.confidence(),
        answer.outputs(),
        metrics,
        ended.code(),
        ended.output(),
        null,
        null,
        null);
  }

  private static String written(Path folder, Path result) throws IOException {
    if (!Files.exists(result)) {
      return "";
    }
    Path file = WorkFolders.inside(folder, result);
    if (Files.size(file) > MOST_RESULT) {
      throw new FatalFailure(
          "the result of the program has "
              + Files.size(file)
              + " bytes; up to "
              + MOST_RESULT
              + " are read, so leave the rest in a file");
    }
    return Files.readString(file);
  }
}
