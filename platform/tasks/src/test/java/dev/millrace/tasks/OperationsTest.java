package dev.millrace.tasks;

import dev.millrace.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations of all kinds at once, on real engines and databases that are closed and killed
 * in between, with a model beside them: what features do to each other. {@code
 * -Dmillrace.soak=true} goes on for minutes; the seed that a failure names is tried first when it
 * is given.
 */
class OperationsTest {
  private static final Duration SLICE = Duration.ofSeconds(5);
  private static final Duration SOAK = Duration.ofMinutes(8);

  @TempDir Path folder;

  @Test
  void whateverIsAskedForAtOnceComesToAGoodEnd() throws Exception {
    Duration time = Boolean.getBoolean("millrace.soak") ? SOAK : SLICE;
    long end = System.nanoTime() + time.toNanos();
    long first = Seed.current().value();
    for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
      Path root = Files.createDirectory(folder.resolve("round-" + i));
      new Seed(first + i)
          .run(random -> {
            try (var logged = new Logged();
                var round = new OperationsRound(root, random, logged)) {
              round.play();
            }
          });
    }
  }
}
