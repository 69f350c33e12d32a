package dev.millrace.store.behaviour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of the same Java and class path, which a test can kill. */
public final class Child {
  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static Child start(Class<?> main, String... args) throws IOException {
    return startUnder(List.of(), main, args);
  }

  /** Starts it as the argument of another command, such as a tracer. */
  public static Child startUnder(List<String> tracer, Class<?> main, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(tracer);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public long pid() {
    return process.pid();
  }

  /** The next line it printed, null after its end. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** Kills it without a chance to tidy up, and returns the lines it had still printed. */
  public List<String> kill() throws Exception {
    process.destroyForcibly();
    process.waitFor();
    List<String> rest = new ArrayList<>();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        rest.add(line);
      }
    } catch (IOException closed) {
      // The pipe may be gone with the process.
    }
    return rest;
  }

  /** All lines until its end. */
  public List<String> lines() throws Exception {
    List<String> lines = out.readAllLines();
    process.waitFor();
    return lines;
  }

  public int end() throws InterruptedException {
    return process.waitFor();
  }
}
