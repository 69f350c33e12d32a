package dev.millrace.server.command;

import dev.millrace.server.config.Configuration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the effective configuration with the source of each value. */
@Command(name = "config")
final class ConfigCommand implements Callable<Integer> {
  @Mixin private DataOptions options = new DataOptions();

  @Override
  public Integer call() {
    var entries = options.configuration().entries();
    int width = entries.stream().mapToInt(e -> line(e).length()).max().orElse(0);
    for (Configuration.Entry entry : entries) {
      System.out.println(
          line(entry) + " ".repeat(width - line(entry).length()) + "  # " + entry.source());
    }
    return 0;
  }

  private static String line(Configuration.Entry entry) {
    String value = entry.shown();
    return entry.key().name() + ": " + (value.isEmpty() ? "\"\"" : value);
  }
}
