package dev.millrace.bench.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One line of the file of marks: what a body did, and when. */
public record MarkLine(Kind kind, String task, Instant at) {

  /** What is marked. */
  public enum Kind {
    START,
    END
  }

  String format() {
    return kind + " " + task + " " + ChronoUnit.MICROS.between(Instant.EPOCH, at) + "\n";
  }

  /** All whole lines; a process that is killed may leave the beginning of another one. */
  public static List<MarkLine> read(Path file) throws IOException {
    List<MarkLine> marks = new ArrayList<>();
    if (!Files.exists(file)) {
      return marks;
    }
    String text = Files.readString(file);
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      String[] words = line.split(" ", 3);
      marks.add(
          new MarkLine(
              Kind.valueOf(words[0]),
              words[1],
              Instant.EPOCH.plus(Long.parseLong(words[2]), ChronoUnit.MICROS)));
    }
    return marks;
  }
}
