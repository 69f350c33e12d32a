package dev.millrace.server.samples;

import dev.millrace.tasks.Chunk;
import dev.millrace.tasks.ChunkTask;
import dev.millrace.tasks.Chunking;
import dev.millrace.tasks.LogLine;
import dev.millrace.tasks.RetryPolicy;
import dev.millrace.tasks.Run;
import dev.millrace.tasks.TaskType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The task types {@code sample.*}: each shows one thing, and says in its log what it does. */
public final class SampleTasks {
  private static final int LONGEST_MS = 3_600_000;

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final TaskType<Millis, Millis> SLEEP =
      TaskType.io("sample.sleep", Millis.class, Millis.class, SampleTasks::sleep);

  private SampleTasks() {}

  /** Nothing to be told. */
  record Nothing() {}

  /** How long to take, in milliseconds. */
  record Millis(long ms) {
    Millis {
      check("ms", ms, LONGEST_MS);
    }
  }

  /** How often to fail before it succeeds. */
  record Times(int times) {
    Times {
      check("times", times, 1_000);
    }
  }

  /** How many steps to take, and how long each lasts, in milliseconds. */
  record Steps(int steps, long ms) {
    Steps {
      check("steps", steps, 1_000);
      check("ms", ms, LONGEST_MS);
    }
  }

  /** The signal to wait for. */
  record Awaited(String name) {
    Awaited {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("name is empty; give the name of a signal");
      }
    }
  }

  /** What the signal said; null if it said nothing. */
  record Heard(@Nullable JsonNode payload) {}

  /** How many children to have, and how long each sleeps, in milliseconds. */
  record Many(int children, long ms) {
    Many {
      check("children", children, 10_000);
      check("ms", ms, LONGEST_MS);
    }
  }

  /** How many children succeeded. */
  record Counted(long succeeded) {}

  /** How many tasks were handled in the same call. */
  record Together(int tasks) {}

  /** The attempt that did it. */
  record Succeeded(int attempt) {}

  /** How many steps were taken by this run, and how many there are. */
  record Stepped(int steps) {}

  /** How many turns the loop made. */
  record Turns(long turns) {}

  /** All of them. */
  public static List<TaskType<?, ?>> all() {
    return List.of(
        TaskType.io("sample.noop", Nothing.class, Nothing.class, (_, nothing) -> nothing),
        SLEEP,
        TaskType.io("sample.signal", Awaited.class, Heard.class, SampleTasks::await),
        TaskType.io("sample.children", Many.class, Counted.class, SampleTasks::children),
        TaskType.io("sample.fail", Times.class, Succeeded.class, SampleTasks::fail)
            .withRetry(
                RetryPolicy.defaults()
                    .withAttempts(5)
                    .withDelays(Duration.ofMillis(200), Duration.ofSeconds(5))),
        TaskType.chunks(
            "sample.chunk",
            Times.class,
            Together.class,
            Chunking.of(100, Duration.ofSeconds(1)),
            SampleTasks::together),
        TaskType.io("sample.steps", Steps.class, Stepped.class, SampleTasks::steps),
        TaskType.cpu("sample.cpu", Millis.class, Turns.class, SampleTasks::compute));
  }

  private static Millis sleep(Run run, Millis input) throws InterruptedException {
    run.log(LogLine.Level.INFO, "sleeping for " + input.ms + " ms");
    TimeUnit.MILLISECONDS.sleep(input.ms);
    return input;
  }

  private static Heard await(Run run, Awaited input) throws InterruptedException {
    return new Heard(
        run.awaitSignal(input.name, JsonNode.class, LONGEST_WAIT)
            .orElseThrow(() -> new IllegalStateException("nobody sent '" + input.name + "'")));
  }

  private static Counted children(Run run, Many input) throws InterruptedException {
    List<Millis> inputs = Collections.nCopies(input.children, new Millis(input.ms));
    return new Counted(run.children("sleepers", SLEEP, inputs).batch().succeeded());
  }

  private static Succeeded fail(Run run, Times input) {
    if (run.attempt() <= input.times) {
      throw new IllegalStateException(
          "attempt " + run.attempt() + " fails, as asked for the first " + input.times);
    }
    return new Succeeded(run.attempt());
  }

  /** Each answers how many it was handled with; those that have not failed often enough fail. */
  private static void together(Chunk<Times, Together> chunk) {
    for (ChunkTask<Times, Together> task : chunk.tasks()) {
      task.log(LogLine.Level.INFO, "one of " + chunk.tasks().size());
      if (task.attempt() <= task.input().times) {
        task.fail(new IllegalStateException("attempt " + task.attempt() + " fails, as asked for"));
      } else {
        task.succeed(new Together(chunk.tasks().size()));
      }
    }
  }

  private static Stepped steps(Run run, Steps input) throws Exception {
    for (int i = 1; i <= input.steps; i++) {
      int number = i;
      run.progress(number - 1L, input.steps, "step " + number + " of " + input.steps);
      run.step(
          "step-" + number,
          () -> {
            TimeUnit.MILLISECONDS.sleep(input.ms);
            run.log(LogLine.Level.INFO, "step " + number + " of " + input.steps + " is done");
          });
    }
    run.progress(input.steps, input.steps, "all steps are done");
    return new Stepped(input.steps);
  }

  private static Turns compute(Run run, Millis input) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(input.ms);
    long turns = 0;
    while (System.nanoTime() - end < 0 && !run.cancelled()) {
      turns++;
    }
    return new Turns(turns);
  }

  private static void check(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(field + " is " + value + "; use 0 to " + max);
    }
  }
}
