package dev.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child process that runs another main class of the benchmarks' class path. */
public final class Java {
  private final List<String> words;

  private Java(List<String> words) {
    this.words = words;
  }

  public static Java command(Class<?> main, String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(options));
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    return new Java(words);
  }

  public Java with(String... arguments) {
    words.addAll(List.of(arguments));
    return this;
  }

  /** Starts it, its stderr being ours. It is killed with this process at the latest. */
  public Process start() throws IOException {
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }
}
