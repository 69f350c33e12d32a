package dev.millrace.contracts.tasks;

import dev.millrace.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A {@link Mill} in a process of its own, and what it has said. */
final class MillProcess {
  private final Process process;
  private final Thread reader;
  final Signal ready = new Signal("the process is ready");
  private final Signal idle = new Signal("nothing is unfinished");
  private volatile int lines;

  /** Kind of each acknowledged submission by its id. */
  final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  final Set<String> signalled = ConcurrentHashMap.newKeySet();
  final Set<String> bodies = ConcurrentHashMap.newKeySet();
  final Set<String> steps = ConcurrentHashMap.newKeySet();

  MillProcess(Path folder, int rounds, long seed) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Mill.class.getName(),
                folder.toString(),
                String.valueOf(rounds),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("mill.log").toFile()))
            .start();
    reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line.split(" "));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void take(String[] words) {
    lines++;
    switch (Line.valueOf(words[0])) {
      case READY -> ready.raise();
      case IDLE -> idle.raise();
      case ACK -> acknowledged.put(words[2], words[1]);
      case SIGNAL -> signalled.add(words[1]);
      case BODY -> bodies.add(words[1]);
      case STEP -> steps.add(words[1] + " " + words[2]);
    }
  }

  /** Returns when it has finished what is open; it may take its time, but not stand still. */
  void awaitIdle() throws InterruptedException {
    while (!idle.isRaised()) {
      int before = lines;
      Signal.awaitUntil("it goes on", () -> idle.isRaised() || lines > before);
    }
  }

  /** Has it finish what is open; see {@link #awaitIdle}. */
  void askToFinish() throws IOException {
    process.getOutputStream().write("finish\n".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  /** SIGKILL; returns when all that it has said before is taken. */
  void kill() throws InterruptedException {
    boolean _ = process.toHandle().destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("a killed process goes on");
    }
    reader.join();
  }
}
