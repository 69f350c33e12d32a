package dev.millrace.server.command;

import dev.millrace.server.ServerSchema;
import dev.millrace.server.config.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that works on a data folder. */
final class DataOptions {
  @Option(names = "--data", defaultValue = "data", paramLabel = "DIR")
  Path data = Path.of("data");

  @Option(names = "--set", paramLabel = "KEY=VALUE")
  List<String> sets = new ArrayList<>();

  /** The effective configuration of the data folder. */
  Configuration configuration(String... more) {
    List<String> all = new ArrayList<>(sets);
    all.addAll(List.of(more));
    return Configuration.load(ServerSchema.of(data), data, System.getenv(), all);
  }
}
