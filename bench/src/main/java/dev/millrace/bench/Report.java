package dev.millrace.bench;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes figures to stdout, one JSON object a line. */
public final class Report {
  private final PrintStream out;
  private final JsonMapper json = JsonMapper.builder().build();

  Report(PrintStream out) {
    this.out = out;
  }

  public void add(Figure figure) {
    out.println(json.writeValueAsString(figure));
    out.flush();
  }

  /**
   * Adds the samples of {@code ours} beside each of the others, a line a comparison, or one line
   * without a comparison where nobody else could be measured.
   */
  public void add(String name, String unit, String sync, String ours, Map<String, Samples> all) {
    Samples own = all.get(ours);
    if (own == null) {
      Progress.say("%s: no figure, because %s failed".formatted(name, ours));
      return;
    }
    Figure figure = Figure.alone(name, unit, sync, own);
    if (all.size() == 1) {
      add(figure);
      return;
    }
    all.forEach((label, samples) -> {
      if (!label.equals(ours)) {
        add(figure.against(label, samples));
      }
    });
  }
}
