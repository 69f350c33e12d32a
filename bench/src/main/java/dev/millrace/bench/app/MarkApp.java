package dev.millrace.bench.app;

import dev.millrace.app.App;
import dev.millrace.app.AppParts;
import dev.millrace.app.Platform;
import dev.millrace.store.Migrations;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One type of task, {@code bench.mark}, whose body leaves a mark outside the database when it
 * starts and when it ends. The marks are what a benchmark that kills the server checks the
 * database's word against: the file survives SIGKILL as every written file does.
 */
public final class MarkApp implements App {
  /** The file with the marks, in the application's folder. */
  public static final String MARKS = "marks.log";

  /** How long a body takes. */
  public record Mark(int ms) {}

  /** Nothing to set. */
  public record Nothing() {}

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public Class<? extends Record> settings() {
    return Nothing.class;
  }

  @Override
  public List<Migrations> migrations() {
    return List.of();
  }

  @Override
  public AppParts open(Platform platform) throws IOException {
    FileChannel marks =
        FileChannel.open(
            platform.folder().resolve(MARKS), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    TaskType<Mark, Nothing> type =
        TaskType.io("bench.mark", Mark.class, Nothing.class, (run, mark) -> body(run, mark, marks));
    return new AppParts(List.of(type), List.of());
  }

  private static @Nullable Nothing body(Run run, Mark mark, FileChannel marks) throws Exception {
    write(marks, MarkLine.Kind.START, run);
    Thread.sleep(Duration.ofMillis(mark.ms()));
    write(marks, MarkLine.Kind.END, run);
    return null;
  }

  private static void write(FileChannel marks, MarkLine.Kind kind, Run run) {
    String line = new MarkLine(kind, run.id().toString(), Instant.now()).format();
    try {
      marks.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
