package dev.millrace.bench.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A load as {@code millrace tasks record} writes it. Immutable.
 *
 * @param name where it was read
 * @param tasks in the order of their submission
 */
record RecordedLoad(String name, List<Task> tasks) {
  /** The file to read instead of the one that comes with the benchmarks. */
  private static final String PROPERTY = "millrace.bench.load";

  private static final String OURS = "/loads/calls.jsonl";

  /**
   * A task.
   *
   * @param at ms after the first was submitted
   * @param ms how long it ran
   */
  record Task(int at, int ms) {}

  static RecordedLoad load() throws IOException {
    String file = System.getProperty(PROPERTY);
    if (file != null) {
      return of(file, Files.readString(Path.of(file)));
    }
    try (InputStream in = RecordedLoad.class.getResourceAsStream(OURS)) {
      if (in == null) {
        throw new IOException(OURS + " is not on the class path; this is a bug");
      }
      return of(OURS, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static RecordedLoad of(String name, String lines) {
    JsonMapper json = JsonMapper.builder().build();
    List<Task> tasks =
        lines
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> {
              JsonNode task = json.readTree(line);
              return new Task(task.path("at").asInt(), task.path("ms").asInt());
            })
            .toList();
    return new RecordedLoad(name, tasks);
  }
}
